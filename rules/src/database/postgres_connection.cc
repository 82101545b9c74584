#include "postgres_connection.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>
#include <utility>

#include "in_use.h"
#include "postgres_fault.h"
#include "postgres_text.h"
#include "values.h"

namespace rabatt {
namespace {

constexpr std::size_t most_statements = 128;

constexpr Dialect postgres_dialect{
    .name = "postgresql",
    .text = "text collate \"C\"",
    .decimal = "numeric",
    .integer = "bigint",
    .boolean = "boolean",
    .day = "date",
    .instant = "timestamptz(3)",
    .bytes = "bytea",
};

// How many rows a statement changed. A SELECT's count says how many it gave.
std::int64_t changes(PGresult* result) {
  if (std::string_view(libpq().command_status(result)).starts_with("SELECT")) return 0;
  const std::string_view digits = libpq().command_tuples(result);
  std::int64_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

std::string copy_statement(std::string_view table, std::span<const std::string_view> columns) {
  std::string names;
  for (const std::string_view column : columns) names += (names.empty() ? "" : ", ") + quoted(column);
  return "copy " + quoted(table) + " (" + names + ") from stdin";
}

}  // namespace

PostgresConnection::PostgresConnection(PostgresHandle connection)
    : connection_(std::move(connection)), statements_(most_statements) {}

const Dialect& PostgresConnection::dialect() const noexcept { return postgres_dialect; }

std::int64_t PostgresConnection::run(std::string_view sql, std::span<const CellView> parameters,
                                     const RowVisitor& visit) {
  InUse::check_not(is_in_use_);
  if (sql.starts_with("rollback")) {
    drop_load();  // what was wrong with it goes too
  } else {
    finish_load();
  }
  check_values(parameters);
  send(sql, parameters);
  if (visit) libpq().set_single_row_mode(connection_.get());
  try {
    return take_results(visit);
  } catch (const DatabaseError& error) {
    // a plan may have been for a table that has other columns now
    if (error.fault() == Fault::sql) statements_.remove(sql);
    throw;
  }
}

void PostgresConnection::run_script(std::string_view sql) {
  execute(std::string(sql));
  execute("deallocate all");
  statements_.clear();
}

std::int64_t PostgresConnection::load(std::string_view table, std::span<const std::string_view> columns,
                                      const RowSource& next) {
  load_meanwhile(table, columns, next);
  is_loading_ = false;
  return take_results({});
}

void PostgresConnection::load_meanwhile(std::string_view table, std::span<const std::string_view> columns,
                                        const RowSource& next) {
  const Result result = execute(copy_statement(table, columns));  // quicker than INSERT from the second row on
  const InUse in_use(&is_in_use_);
  try {
    copy_rows(columns.size(), next);
  } catch (...) {
    libpq().put_copy_end(connection_.get(), "stopped");
    drop_results();
    throw;
  }
  is_loading_ = true;
}

void PostgresConnection::finish_load() {
  if (std::exchange(is_loading_, false)) take_results({});
}

void PostgresConnection::drop_load() noexcept {
  if (std::exchange(is_loading_, false)) drop_results();
}

void PostgresConnection::begin(Mode mode) {
  InUse::check_not(is_in_use_);
  if (in_transaction()) throw DatabaseError(Fault::sql, "a transaction has begun already");
  if (mode == Mode::read) {
    execute("begin isolation level repeatable read read only");
    return;
  }
  // Each statement sees what the writer before has committed; the number spells
  // "rabatt".
  try {
    execute("begin isolation level read committed read write; select pg_advisory_xact_lock(125762587948148)");
  } catch (...) {
    rollback();
    throw;
  }
}

void PostgresConnection::commit() {
  InUse::check_not(is_in_use_);
  if (is_usable() && !in_transaction()) throw DatabaseError(Fault::sql, "no transaction has begun");
  try {
    finish_load();
  } catch (...) {
    rollback();
    throw;
  }
  const Result result = execute("commit");
  if (std::string_view(libpq().command_status(result.get())) != "COMMIT") {
    throw DatabaseError(Fault::sql, "the transaction had failed: it was rolled back");
  }
}

void PostgresConnection::rollback() noexcept {
  drop_load();
  if (in_transaction()) libpq().clear(libpq().execute(connection_.get(), "rollback"));
}

bool PostgresConnection::in_transaction() const noexcept {
  if (is_loading_) return true;
  const PGTransactionStatusType status = libpq().transaction_status(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool PostgresConnection::is_usable() const noexcept { return libpq().status(connection_.get()) == CONNECTION_OK; }

void PostgresConnection::fail(const PGresult* result) const { throw postgres_error(connection_.get(), result); }

PostgresConnection::Result PostgresConnection::execute(const std::string& sql) {
  InUse::check_not(is_in_use_);
  finish_load();
  Result result(libpq().execute(connection_.get(), sql.c_str()));
  switch (result ? libpq().result_status(result.get()) : PGRES_FATAL_ERROR) {
    case PGRES_EMPTY_QUERY:
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_IN: return result;
    default: fail(result.get());
  }
}

const std::string& PostgresConnection::prepared_name(std::string_view sql) {
  if (const std::string* name = statements_.find(sql)) return *name;
  const std::string name = "s" + std::to_string(++named_);
  const Result result(libpq().prepare(connection_.get(), name.c_str(), std::string(sql).c_str(), 0, nullptr));
  if (!result || libpq().result_status(result.get()) != PGRES_COMMAND_OK) fail(result.get());
  if (const auto leaving = statements_.add(sql, name)) execute("deallocate " + *leaving);
  return *statements_.find(sql);
}

void PostgresConnection::send(std::string_view sql, std::span<const CellView> parameters) {
  PGconn* const connection = connection_.get();
  texts_.clear();
  for (const CellView& value : parameters) {
    if (value) texts_.append(*value).push_back('\0');
  }
  parameters_.clear();
  const char* text = texts_.data();
  for (const CellView& value : parameters) {
    parameters_.push_back(value ? text : nullptr);
    if (value) text += value->size() + 1;
  }
  const int count = static_cast<int>(parameters.size());
  // what has no parameters is mostly run once: transactions, parts, tables
  const int sent =
      count == 0 ? libpq().send_query(connection, std::string(sql).c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0)
                 : libpq().send_prepared(connection, prepared_name(sql).c_str(), count, parameters_.data(), nullptr,
                                         nullptr, 0);
  if (!sent) fail();
}

// All results are taken even when one is an error, or the visitor has had enough: only then the connection is free.
std::int64_t PostgresConnection::take_results(const RowVisitor& visit) {
  std::int64_t changed = 0;
  std::optional<DatabaseError> error;
  std::exception_ptr thrown;
  while (const Result result{libpq().get_result(connection_.get())}) {
    switch (libpq().result_status(result.get())) {
      case PGRES_EMPTY_QUERY: error.emplace(Fault::sql, "no statement"); break;
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK: changed = changes(result.get()); break;
      case PGRES_SINGLE_TUPLE:
        if (!thrown) {
          try {
            visit_row(result.get(), visit);
          } catch (...) {
            thrown = std::current_exception();
          }
        }
        break;
      case PGRES_COPY_IN:
      case PGRES_COPY_OUT:
        error.emplace(Fault::sql, "COPY is what load() does");
        libpq().clear(libpq().execute(connection_.get(), ""));  // libpq ends it for the next command
        break;
      default:
        if (!error) error = postgres_error(connection_.get(), result.get());
    }
  }
  if (thrown) std::rethrow_exception(thrown);
  if (error) throw DatabaseError(*error);
  return changed;
}

void PostgresConnection::visit_row(const PGresult* result, const RowVisitor& visit) {
  const auto& functions = libpq();  // asked for once: there may be millions of rows
  const auto width = static_cast<std::size_t>(functions.column_count(result));
  row_.resize(width);
  rooms_.resize(std::max(rooms_.size(), width));
  for (std::size_t i = 0; i < width; ++i) {
    const int column = static_cast<int>(i);
    row_[i].reset();
    if (functions.is_null(result, 0, column)) continue;
    const std::string_view value(functions.value(result, 0, column),
                                 static_cast<std::size_t>(functions.length(result, 0, column)));
    row_[i] = canonical_value(functions.column_type(result, column), value, &rooms_[i]);
  }
  const InUse in_use(&is_in_use_);
  visit(row_);
}

void PostgresConnection::drop_results() noexcept {
  while (const Result result{libpq().get_result(connection_.get())}) {
  }
}

void PostgresConnection::copy_rows(std::size_t width, const RowSource& next) {
  constexpr std::size_t enough = 64 << 10;
  std::vector<CellView> row(width);
  std::string rows;
  for (; next(row); std::fill(row.begin(), row.end(), std::nullopt)) {
    check_values(row);
    append_copy_row(row, &rows);
    if (rows.size() >= enough) put(std::exchange(rows, {}));
  }
  put(rows);
  if (libpq().put_copy_end(connection_.get(), nullptr) != 1) fail();
}

void PostgresConnection::put(const std::string& rows) {
  // 2^31 bytes are no row that PostgreSQL has room for
  constexpr std::size_t most = 1 << 30;
  if (rows.size() > most) throw DatabaseError(Fault::check, "a row of more than 2^30 bytes");
  if (libpq().put_copy_data(connection_.get(), rows.data(), static_cast<int>(rows.size())) != 1) fail();
}

}  // namespace rabatt
