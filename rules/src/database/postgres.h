// PostgreSQL as a Connection.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "connection.h"

namespace rabatt {

// Connects to `url` (postgresql://user@host:port/database?…, as libpq has it). libpq is loaded by the first call: who
// uses SQLite alone does not need it. Waits for locks as long as `patience`, then throws `busy`. Throws `missing` (no
// libpq, no server, no database, no way in), `lost`.
std::unique_ptr<Connection> open_postgres(const std::string& url,
                                          std::chrono::milliseconds patience = std::chrono::seconds(5));

}  // namespace rabatt
