// What postgres.cc is without PostgreSQL (RABATT_POSTGRES=OFF).
#include "postgres.h"

namespace rabatt {

std::unique_ptr<Connection> open_postgres(const std::string&, std::chrono::milliseconds) {
  throw DatabaseError(Fault::missing, "this rabatt was built without PostgreSQL");
}

}  // namespace rabatt
