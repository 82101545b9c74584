// What SQLite says went wrong, as a DatabaseError.
#pragma once

#include <sqlite3.h>

#include "connection.h"

namespace rabatt {

// Of the last call on `database`, which returned `code`.
DatabaseError sqlite_error(sqlite3* database, int code);

}  // namespace rabatt
