#include "sqlite_connection.h"

#include <algorithm>
#include <utility>

#include "in_use.h"
#include "sqlite_fault.h"
#include "values.h"

namespace rabatt {
namespace {

constexpr std::size_t most_statements = 128;

constexpr Dialect sqlite_dialect{
    .name = "sqlite",
    .text = "text",
    .decimal = "text collate rabatt_decimal",
    .integer = "integer",
    .boolean = "integer",
    .day = "text",
    .instant = "text",
    .bytes = "text",
};

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

std::string insert_statement(std::string_view table, std::span<const std::string_view> columns) {
  std::string names, values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names += (i ? ", " : "") + quoted(columns[i]);
    values += (i ? ", $" : "$") + std::to_string(i + 1);
  }
  return "insert into " + quoted(table) + " (" + names + ") values (" + values + ")";
}

}  // namespace

SqliteConnection::SqliteConnection(SqliteHandle database)
    : database_(std::move(database)), statements_(most_statements) {}

const Dialect& SqliteConnection::dialect() const noexcept { return sqlite_dialect; }

// A fault is the transaction's too; what a visitor throws is not.
template <class Work>
decltype(auto) SqliteConnection::attempt(Work work) {
  try {
    return work();
  } catch (const DatabaseError&) {
    has_failed_ = has_begun_;
    throw;
  }
}

std::int64_t SqliteConnection::run(std::string_view sql, std::span<const CellView> parameters,
                                   const RowVisitor& visit) {
  const bool goes_back = sql.starts_with("rollback to ");
  check_ready(goes_back);
  check_values(parameters);
  SqliteStatement& statement = attempt([&]() -> SqliteStatement& { return cached(sql); });
  attempt([&] { check_may_run(statement); });
  const std::int64_t changes_before = sqlite3_total_changes64(database_.get());
  {
    const auto run = attempt([&] { return SqliteStatement::Run(statement, parameters); });
    visit_rows(statement, visit);
  }
  if (goes_back) has_failed_ = false;
  if (!has_begun_ && !sqlite3_get_autocommit(database_.get())) {
    sqlite3_exec(database_.get(), "rollback", nullptr, nullptr, nullptr);
    throw DatabaseError(Fault::sql, "begin() begins transactions, and comes before their parts");
  }
  // the count stays what it was after a statement that changes nothing
  const bool has_changed = sqlite3_total_changes64(database_.get()) != changes_before;
  return has_changed ? sqlite3_changes64(database_.get()) : 0;
}

void SqliteConnection::run_script(std::string_view sql) {
  check_ready();
  const bool alone = !has_begun_;
  if (alone) begin(Mode::write);
  try {
    while (!is_blank(sql)) {
      SqliteStatement statement(database_.get(), &sql);
      if (!statement) continue;  // a comment
      check_may_run(statement);
      const SqliteStatement::Run run(statement, {});
      while (statement.step()) {
      }
    }
    if (alone) commit();
  } catch (...) {
    has_failed_ = true;
    if (alone) rollback();
    throw;
  }
}

std::int64_t SqliteConnection::load(std::string_view table, std::span<const std::string_view> columns,
                                    const RowSource& next) {
  check_ready();
  const bool alone = !has_begun_;
  if (alone) begin(Mode::write);
  try {
    SqliteStatement& statement = cached(insert_statement(table, columns));
    check_may_run(statement);
    const std::int64_t count = load_rows(statement, columns.size(), next);
    if (alone) commit();
    return count;
  } catch (...) {
    has_failed_ = true;
    if (alone) rollback();
    throw;
  }
}

void SqliteConnection::begin(Mode mode) {
  InUse::check_not(is_in_use_);
  if (has_begun_) throw DatabaseError(Fault::sql, "a transaction has begun already");
  execute(mode == Mode::write ? "begin immediate" : "begin");
  has_begun_ = true;
  is_reading_ = mode == Mode::read;
}

void SqliteConnection::commit() {
  InUse::check_not(is_in_use_);
  if (!has_begun_) throw DatabaseError(Fault::sql, "no transaction has begun");
  if (has_failed_) {
    rollback();
    throw DatabaseError(Fault::sql, "the transaction had failed: it was rolled back");
  }
  try {
    execute("commit");
  } catch (...) {
    rollback();
    throw;
  }
  has_begun_ = is_reading_ = false;
}

void SqliteConnection::rollback() noexcept {
  if (!sqlite3_get_autocommit(database_.get())) {
    sqlite3_exec(database_.get(), "rollback", nullptr, nullptr, nullptr);
  }
  has_begun_ = has_failed_ = is_reading_ = false;
}

// Pages are overwritten as they are freed; what they were before stands in the log until it is cut off, which readers
// can keep from happening.
void SqliteConnection::wipe() noexcept {
  sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void SqliteConnection::check_ready(bool goes_back) const {
  InUse::check_not(is_in_use_);
  if (has_failed_ && !goes_back) throw DatabaseError(Fault::sql, "the transaction has failed: it must be rolled back");
}

void SqliteConnection::execute(const char* sql) {
  const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw sqlite_error(database_.get(), code);
}

SqliteStatement& SqliteConnection::cached(std::string_view sql) {
  if (SqliteStatement* found = statements_.find(sql)) return *found;
  std::string_view rest = sql;
  if (is_blank(sql)) throw DatabaseError(Fault::sql, "no statement");
  SqliteStatement statement(database_.get(), &rest);
  if (!statement) throw DatabaseError(Fault::sql, "no statement");
  while (!is_blank(rest)) {
    if (SqliteStatement(database_.get(), &rest)) throw DatabaseError(Fault::sql, "more than one statement");
  }
  statements_.add(sql, std::move(statement));
  return *statements_.find(sql);
}

void SqliteConnection::check_may_run(const SqliteStatement& statement) const {
  if (is_reading_ && !statement.is_read_only()) {
    throw DatabaseError(Fault::read_only, "the transaction is for reading only");
  }
}

void SqliteConnection::visit_rows(SqliteStatement& statement, const RowVisitor& visit) {
  while (attempt([&] { return statement.step(); })) {
    if (!visit) continue;
    attempt([&] { statement.read_row(&row_); });
    const InUse in_use(&is_in_use_);
    visit(row_);
  }
}

std::int64_t SqliteConnection::load_rows(SqliteStatement& statement, std::size_t width, const RowSource& next) {
  const InUse in_use(&is_in_use_);
  std::vector<CellView> row(width);
  std::int64_t count = 0;
  for (; next(row); ++count) {
    check_values(row);
    const SqliteStatement::Run run(statement, row);
    statement.step();
    std::fill(row.begin(), row.end(), std::nullopt);
  }
  return count;
}

}  // namespace rabatt
