#include "sqlite_fault.h"

#include <cerrno>
#include <string>
#include <string_view>

namespace rabatt {
namespace {

Fault constraint_fault(int code, std::string_view message) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return Fault::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return Fault::foreign_key;
    // `on delete restrict` is a trigger inside
    case SQLITE_CONSTRAINT_TRIGGER: return message.starts_with("FOREIGN KEY") ? Fault::foreign_key : Fault::check;
    default: return Fault::check;
  }
}

Fault fault_of(sqlite3* database, int code, std::string_view message) {
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return constraint_fault(code, message);
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return Fault::check;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return Fault::busy;
    case SQLITE_FULL: return Fault::full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return Fault::read_only;
    case SQLITE_CANTOPEN: {
      const int system = sqlite3_system_errno(database);
      return system == EMFILE || system == ENFILE ? Fault::io : Fault::missing;
    }
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Fault::corrupt;
    case SQLITE_IOERR: {
      const int system = sqlite3_system_errno(database);
      return system == ENOSPC || system == EDQUOT ? Fault::full : Fault::io;
    }
    case SQLITE_NOMEM: return Fault::io;
    default: return Fault::sql;
  }
}

}  // namespace

DatabaseError sqlite_error(sqlite3* database, int code) {
  const std::string message = sqlite3_errmsg(database);
  return {fault_of(database, code, message), message + " (SQLite " + std::to_string(code) + ")"};
}

}  // namespace rabatt
