#include "sqlite_statement.h"

#include <charconv>
#include <optional>

#include "sqlite_fault.h"

namespace rabatt {
namespace {

// "$3" is parameter 2; what else SQLite takes for a name, "$1::text" even, is nobody's.
std::optional<std::size_t> parameter_number(const char* name) {
  if (!name || *name != '$') return std::nullopt;
  const std::string_view digits(name + 1);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number == 0) return std::nullopt;
  return number - 1;
}

}  // namespace

bool is_blank(std::string_view sql) { return sql.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view* sql) : database_(database) {
  sqlite3_stmt* handle = nullptr;
  const char* end = nullptr;
  check(sqlite3_prepare_v3(database, sql->data(), static_cast<int>(sql->size()), SQLITE_PREPARE_PERSISTENT, &handle,
                           &end));
  handle_.reset(handle);
  sql->remove_prefix(static_cast<std::size_t>(end - sql->data()));
  const int count = sqlite3_bind_parameter_count(handle);
  for (int i = 1; i <= count; ++i) {
    const auto number = parameter_number(sqlite3_bind_parameter_name(handle, i));
    if (!number || *number >= static_cast<std::size_t>(count)) {
      throw DatabaseError(Fault::sql, "parameters are $1, $2 and so on");
    }
    parameters_.push_back(*number);
  }
}

SqliteStatement::Run::Run(SqliteStatement& statement, std::span<const CellView> parameters) : statement_(statement) {
  try {
    statement.bind(parameters);
  } catch (...) {
    statement.reset();
    throw;
  }
}

bool SqliteStatement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
  return code == SQLITE_ROW;
}

void SqliteStatement::read_row(std::vector<CellView>* row) {
  sqlite3_stmt* const handle = handle_.get();
  row->resize(static_cast<std::size_t>(sqlite3_column_count(handle)));
  int column = 0;
  for (CellView& cell : *row) {
    const int at = column++;
    cell.reset();
    if (sqlite3_column_type(handle, at) == SQLITE_NULL) continue;
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle, at));
    if (!text) check(SQLITE_NOMEM);
    cell.emplace(text, static_cast<std::size_t>(sqlite3_column_bytes(handle, at)));
  }
}

void SqliteStatement::bind(std::span<const CellView> parameters) {
  if (parameters.size() != parameters_.size()) throw DatabaseError(Fault::sql, "too few or too many parameters");
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const CellView& value = parameters[parameters_[i]];
    if (!value) continue;  // NULL until bound
    const char* text = value->data() ? value->data() : "";
    check(sqlite3_bind_text64(handle_.get(), static_cast<int>(i) + 1, text, value->size(), SQLITE_STATIC, SQLITE_UTF8));
  }
}

// Ready for the next run, and refers to nobody's texts.
void SqliteStatement::reset() noexcept {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

void SqliteStatement::check(int code) const {
  if (code != SQLITE_OK) throw sqlite_error(database_, code);
}

}  // namespace rabatt
