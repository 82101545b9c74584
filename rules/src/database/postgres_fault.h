// What PostgreSQL says went wrong, as a DatabaseError.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "connection.h"

namespace rabatt {

Fault fault_of_sqlstate(std::string_view state) noexcept;

// Of a result that is an error, or of none at all: the connection's last error.
DatabaseError postgres_error(PGconn* connection, const PGresult* result);

}  // namespace rabatt
