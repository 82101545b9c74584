#include "sqlite.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <limits>
#include <string>

#include "decimal_order.h"
#include "sqlite_connection.h"
#include "sqlite_fault.h"

namespace rabatt {
namespace {

int compare_decimals(void*, int left_size, const void* left, int right_size, const void* right) {
  const auto order = compare_decimal_texts({static_cast<const char*>(left), static_cast<std::size_t>(left_size)},
                                           {static_cast<const char*>(right), static_cast<std::size_t>(right_size)});
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

// A path as SQLite is to read it: not as a URI.
std::string as_path(const std::string& path) { return path.starts_with("file:") ? "./" + path : path; }

int flags_of(Access access) {
  switch (access) {
    case Access::create: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::read_write: return SQLITE_OPEN_READWRITE;
    case Access::read_only: return SQLITE_OPEN_READONLY;
  }
  return 0;
}

// SQLite tries to read what it may not make, and tells only that there is nothing to read.
bool may_not_be_written(const std::filesystem::path& folder) {
  return faccessat(AT_FDCWD, folder.empty() ? "." : folder.c_str(), W_OK, AT_EACCESS) != 0 &&
         (errno == EACCES || errno == EROFS);
}

[[noreturn]] void throw_not_opened(sqlite3* database, int code, const std::string& path, Access access) {
  const DatabaseError error = sqlite_error(database, code);
  const std::filesystem::path file = path;
  if (error.fault() == Fault::missing && access == Access::create && may_not_be_written(file.parent_path())) {
    throw DatabaseError(Fault::read_only, error.what());
  }
  throw error;
}

SqliteHandle open_file(const std::string& path, Access access, const char* vfs) {
  if (path.empty() || path.find('\0') != std::string::npos) throw DatabaseError(Fault::missing, "no path to a file");
  sqlite3* opened = nullptr;
  const int flags = flags_of(access) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(as_path(path).c_str(), &opened, flags, vfs);
  SqliteHandle database(opened);
  if (code != SQLITE_OK) throw_not_opened(opened, code, path, access);
  if (access != Access::read_only && sqlite3_db_readonly(opened, "main") == 1) {
    throw DatabaseError(Fault::read_only, "the database file may not be written");
  }
  return database;
}

void configure(sqlite3* database, std::chrono::milliseconds patience) {
  const auto most = std::chrono::milliseconds(std::numeric_limits<int>::max());
  sqlite3_busy_timeout(database, static_cast<int>(std::clamp(patience, std::chrono::milliseconds(0), most).count()));
  // as in PostgreSQL: "name" is a name; and a file of somebody else's runs nothing of its own
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  const int code =
      sqlite3_create_collation_v2(database, "rabatt_decimal", SQLITE_UTF8, nullptr, compare_decimals, nullptr);
  if (code != SQLITE_OK) throw sqlite_error(database, code);
}

void execute(sqlite3* database, const char* sql) {
  const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return;
  const DatabaseError error = sqlite_error(database, code);
  // the file was opened; it is the log beside it that may not be made
  if (error.fault() == Fault::missing) throw DatabaseError(Fault::read_only, error.what());
  throw error;
}

// Becoming a write-ahead log needs the file alone, and SQLite does not wait for that.
void use_log(sqlite3* database, std::chrono::milliseconds patience) {
  constexpr int pause = 5;
  for (auto waited = std::chrono::milliseconds(0);; waited += std::chrono::milliseconds(pause)) {
    try {
      return execute(database, "pragma journal_mode=wal");
    } catch (const DatabaseError& error) {
      if (error.fault() != Fault::busy || waited >= patience) throw;
    }
    sqlite3_sleep(pause);
  }
}

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, Access access, std::chrono::milliseconds patience,
                                        const char* vfs) {
  SqliteHandle database = open_file(path, access, vfs);
  configure(database.get(), patience);
  // reads the header: a file that is no database is told here
  execute(database.get(),
          "pragma foreign_keys=on; pragma secure_delete=on; pragma case_sensitive_like=on; pragma cache_size=-16000; "
          "pragma schema_version");
  if (access != Access::read_only) {
    use_log(database.get(), patience);
    execute(database.get(), "pragma synchronous=full");
  }
  return std::make_unique<SqliteConnection>(std::move(database));
}

}  // namespace rabatt
