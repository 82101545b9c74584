// Connection: one session with a database, the same words for SQLite and PostgreSQL.
//
//   auto connection = open_sqlite("shop.db", Access::create);
//   connection->begin(Mode::write);
//   connection->run("insert into item (id, name) values ($1, $2)", {"1", "Tea"});
//   connection->run("select name from item where id = $1", {"1"}, [](RowView row) { print(*row[0]); });
//   connection->commit();
//
// Values cross as text, in one spelling whatever the database: decimals as they were written, integers in digits,
// booleans as 1 and 0, days as 2026-03-01, instants as 2026-03-01T09:30:00.000Z, bytes as \x00ff, NULL as nothing. So
// 38 digits and 64 bits are exact. A value that is not UTF-8, or has the character NUL, is refused: `check`.
//
// The SQL is one text for both; the few words that differ are in `Dialect`. What to mind:
//   - $1, $2 … take the type of the column beside them. Elsewhere it is said: cast($1 as bigint), cast($1 as text); and
//     each of the parameters must occur.
//   - NULLs sort first in one and last in the other: say `nulls first` or `nulls last`.
//   - Decimals compare as numbers as columns: where amount > $1, order by amount, unique (amount). Expressions of them
//     (sum, +, coalesce) are not exact in SQLite. 1.5 and 1.50 are equal, and each keeps its places.
//   - `like` minds the case; say `escape`. A name in "quotes" is a name, never a text.
//
// After a DatabaseError in a transaction nothing more runs in it until rollback() or, if the error was in a part,
// rollback_part(); commit() rolls back then, and throws.
// A connection belongs to one thread at a time. A row's texts are valid only while it is visited; a visitor and a
// source of rows must not use their connection.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rabatt {

using Cell = std::optional<std::string>;
using CellView = std::optional<std::string_view>;
using RowView = std::span<const CellView>;

// What a database refused, in the words that both have.
enum class Fault {
  unique,  // a second row where only one may be
  foreign_key,  // a row that refers to none, or is referred to
  check,  // a CHECK or NOT NULL, or a value that its column cannot hold
  busy,  // somebody else holds the lock, and kept it
  lost,  // the connection broke, or the server went away
  full,  // no room on the disk
  read_only,  // the file, the folder or the transaction may not be written
  missing,  // there is no such file, server or database, or no way in
  corrupt,  // it is no database, or a damaged one
  io,  // reading or writing failed in another way
  sql,  // a mistake of ours
};

class DatabaseError : public std::runtime_error {
 public:
  // `message` is the database's, without the values of parameters: they may be personal.
  DatabaseError(Fault fault, const std::string& message) : std::runtime_error(message), fault_(fault) {}

  Fault fault() const noexcept { return fault_; }

 private:
  Fault fault_;
};

// The types of columns, and what else is spelled differently.
struct Dialect {
  std::string_view name;  // "sqlite", "postgresql"
  std::string_view text;  // compared and sorted by code point
  std::string_view decimal;  // compared and sorted as a number
  std::string_view integer;  // 64 bits
  std::string_view boolean;
  std::string_view day;
  std::string_view instant;
  std::string_view bytes;
};

enum class Mode {
  read,  // one state of the database for all statements of the transaction
  write,  // one writer at a time: begin() waits for the others
};

enum class Access { create, read_write, read_only };

class Connection {
 public:
  using RowVisitor = std::function<void(RowView)>;
  // Writes the next row's cells; false at the end.
  using RowSource = std::function<bool(std::span<CellView>)>;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  virtual const Dialect& dialect() const noexcept = 0;

  // Runs one statement and visits its rows as they come: memory does not grow with their number. Returns how many rows
  // were changed. Throws DatabaseError, or what `visit` throws: the rest of the rows is then dropped.
  virtual std::int64_t run(std::string_view sql, std::span<const CellView> parameters,
                           const RowVisitor& visit = {}) = 0;
  std::int64_t run(std::string_view sql, std::initializer_list<CellView> parameters = {},
                   const RowVisitor& visit = {}) {
    return run(sql, std::span(parameters.begin(), parameters.size()), visit);
  }

  // Runs several statements without parameters, separated by semicolons: what migrations are.
  // Outside a transaction it is one of its own.
  virtual void run_script(std::string_view sql) = 0;

  // Inserts rows, many at a time, in the quickest way that the database has. Returns how many. All or none, also
  // outside a transaction. Names are as declared, in lower case. A row may refer to those before it. What `next` throws
  // comes through, and is a fault of the transaction like any other.
  virtual std::int64_t load(std::string_view table, std::span<const std::string_view> columns,
                            const RowSource& next) = 0;

  // The same in a transaction, while its caller does something else where the database can: what is wrong may be thrown
  // by the next call instead, unless that goes back, and is a fault of the part or transaction that is open then.
  virtual void load_meanwhile(std::string_view table, std::span<const std::string_view> columns,
                              const RowSource& next) {
    load(table, columns, next);
  }

  virtual void begin(Mode mode) = 0;
  // The changes are on disk when it returns. Throws foreign_key (the deferred), busy, full, lost …; the transaction is
  // over then, and nothing was changed, but after `lost` or `io` in commit() itself it is not known.
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual bool in_transaction() const noexcept = 0;

  // After a commit: what was deleted cannot be read from the files any more, as far as the database can do that.
  virtual void wipe() noexcept {}

  // A part of a transaction that can be undone by itself. They nest.
  void begin_part() { run("savepoint part"); }
  void commit_part() { run("release savepoint part"); }
  void rollback_part() {
    run("rollback to savepoint part");
    run("release savepoint part");
  }

  // False once the connection is lost; it cannot be mended.
  virtual bool is_usable() const noexcept = 0;
};

}  // namespace rabatt
