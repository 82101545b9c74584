// SQLite as a Connection.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "connection.h"

namespace rabatt {

// Opens the file `path`, or a database in memory for ":memory:". Write-ahead log, foreign keys on, synchronous FULL.
// Waits for locks as long as `patience`, then throws `busy`. Throws `missing` (the file, or its folder under `create`),
// `corrupt`, `read_only`, `busy`, `io`. `path` is a path whatever it looks like, never a URI. `vfs` names what SQLite
// reads and writes files with, for tests of disks that fail; else it is the operating system.
std::unique_ptr<Connection> open_sqlite(const std::string& path, Access access,
                                        std::chrono::milliseconds patience = std::chrono::seconds(5),
                                        const char* vfs = nullptr);

}  // namespace rabatt
