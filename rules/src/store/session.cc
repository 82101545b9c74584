#include "session.h"

#include <exception>

#include "numbers.h"
#include "rabatt/money.h"
#include "rabatt/records/base.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

constexpr std::size_t most_waiting_rows = 10'000;

std::string insert_statement(const Table& table) {
  std::string columns;
  std::string values;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    columns.append(i == 0 ? "" : ", ").append(sql_name(table.columns[i]));
    values.append(i == 0 ? "$" : ", $").append(std::to_string(i + 1));
  }
  return "insert into " + sql_name(table.plain_name) + " (" + columns + ") values (" + values + ")";
}

}  // namespace

bool Company::knows_currency(std::string_view code) const {
  return minor_units(code).has_value() || added_currencies.contains(code);
}

Session::Session(Connection& connection, const At& at, Mode mode, const std::function<void(Connection&)>& first)
    : connection_(connection), at_(at), time_(at.time), writes_(mode == Mode::write) {
  connection_.begin(mode);
  try {
    if (first) first(connection_);
    read_state();
  } catch (...) {
    connection_.rollback();
    throw;
  }
}

Session::~Session() {
  if (!committed_) connection_.rollback();
}

void Session::read_state() {
  connection_.run("select sequence, last_at from store_state", {}, [&](RowView row) {
    sequence_ = integer_of(*row[0]).value_or(0);
    const auto last = instant_of(*row[1]).value_or(Instant());
    if (writes_ && time_ < last) time_ = last + std::chrono::milliseconds(1);
  });
  first_sequence_ = sequence_;
}

void Session::write_state() {
  for (const auto& [record, next] : next_ids_) {
    connection_.run(
        "insert into record_ids (record, next) values ($1, $2) on conflict (record) do update set next = $2",
        {record, std::to_string(next)});
  }
  if (sequence_ == first_sequence_) return;
  connection_.run("update store_state set sequence = $1, last_at = $2", {std::to_string(sequence_), text_of(time_)});
}

Session::Mark Session::begin_part() {
  flush();
  connection_.begin_part();
  return {sequence_, next_ids_, numbering_.numerators};
}

void Session::end_part() {
  flush();
  connection_.commit_part();
}

// A full disk or a lost connection ends the whole transaction: there is no part to go back from then.
void Session::undo_part(Mark mark) noexcept {
  const auto cause = std::current_exception();  // what `part` has caught
  waiting_.clear();
  waiting_rows_ = 0;
  references_.clear();
  company_.reset();
  custom_fields_.clear();
  sequence_ = mark.sequence;
  next_ids_ = std::move(mark.next_ids);
  numbering_ = {std::move(mark.numerators), {}};
  try {
    connection_.rollback_part();
  } catch (const DatabaseError& after) {
    if (broken_) return;
    try {
      std::rethrow_exception(cause);
    } catch (const DatabaseError& error) {
      broken_ = error;
    } catch (...) {
      broken_ = after;
    }
  }
}

void Session::check_goes_on() const {
  if (broken_) throw DatabaseError(*broken_);
}

void Session::commit() {
  check_goes_on();
  if (writes_) save_numerators(*this);
  flush();
  if (writes_) write_state();
  connection_.commit();
  committed_ = true;
  if (wipes_) connection_.wipe();
}

void Session::require(std::string_view permission) const {
  if (!may(permission)) throw Error(Code::permission_denied, permission);
}

std::int64_t Session::next_id(const RecordType& type) {
  auto next = next_ids_.find(type.name());
  if (next == next_ids_.end()) {
    const auto stored = value("select next from record_ids where record = $1", {type.name()});
    next = next_ids_.emplace(type.name(), stored ? *integer_of(*stored) : 1).first;
  }
  return next->second++;
}

void Session::insert(const Table& table, Cells row) {
  auto waiting = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& w) { return w.table == &table; });
  if (waiting == waiting_.end()) waiting = waiting_.insert(waiting_.end(), {&table, {}});
  waiting->rows.push_back(std::move(row));
  if (++waiting_rows_ >= most_waiting_rows) flush();
}

void Session::insert_waiting(Waiting* waiting) {
  if (waiting->rows.empty()) return;
  const auto& table = *waiting->table;
  const auto& rows = waiting->rows;
  if (rows.size() == 1) {
    const std::vector<CellView> cells(rows[0].begin(), rows[0].end());
    connection_.run(insert_statement(table), cells);  // one message there and back, where a load takes two
  } else {
    std::size_t next = 0;
    const std::vector<std::string_view> columns(table.columns.begin(), table.columns.end());
    connection_.load_meanwhile(table.plain_name, columns, [&](std::span<CellView> cells) {
      if (next == rows.size()) return false;
      const auto& row = rows[next++];
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = row[i] ? CellView(*row[i]) : CellView();
      return true;
    });
  }
  waiting_rows_ -= rows.size();
  waiting->rows.clear();
}

void Session::flush() {
  check_goes_on();
  for (auto& waiting : waiting_) insert_waiting(&waiting);
}

std::int64_t Session::run(std::string_view sql, std::span<const CellView> parameters,
                          const Connection::RowVisitor& visit) {
  check_goes_on();
  for (auto& waiting : waiting_) {
    if (sql.find(waiting.table->plain_name) != std::string_view::npos) insert_waiting(&waiting);
  }
  return connection_.run(sql, parameters, visit);
}

Cell Session::value(std::string_view sql, std::initializer_list<CellView> parameters) {
  Cell found;
  bool first = true;
  run(sql, parameters, [&](RowView row) {
    if (first && row[0]) found = std::string(*row[0]);
    first = false;
  });
  return found;
}

const Company& Session::company() {
  if (company_) return *company_;
  Company company;
  company.order = TextOrder(SettingsRecord().letters);  // of a store that is being made
  run("select letters, company_currency from settings where id = 1", {}, [&](RowView row) {
    company.order = TextOrder(row[0].value_or(""));
    company.currency = row[1].value_or("");
  });
  run("select \"key\" from settings_currencies", {},
      [&](RowView row) { company.added_currencies.emplace(row[0].value_or("")); });
  return company_.emplace(std::move(company));
}

std::int64_t Session::id_labelled(const RecordType& type, std::string_view label) {
  const auto key = company().order.key(trimmed(label));
  const auto known = references_.find({&type, key});
  if (known != references_.end()) return known->second;
  std::int64_t id = 0;
  for (const auto index : type.labels()) {
    const auto& field = type.fields()[index];
    const auto found =
        value("select id from " + sql_name(type.name()) + " where " + key_column(field) + " = $1", {key});
    if (!found) continue;
    id = *integer_of(*found);
    break;
  }
  return remember(type, key, id);
}

bool Session::exists(const RecordType& type, std::int64_t id) {
  const auto text = "#" + std::to_string(id);
  const auto known = references_.find({&type, text});
  if (known != references_.end()) return known->second != 0;
  const bool found =
      value("select 1 from " + sql_name(type.name()) + " where id = $1", {std::to_string(id)}).has_value();
  return remember(type, text, found ? id : 0) != 0;
}

std::int64_t Session::remember(const RecordType& type, std::string key, std::int64_t id) {
  references_.emplace(std::pair(&type, std::move(key)), id);
  any_missing_ = any_missing_ || id == 0;
  return id;
}

}  // namespace rabatt
