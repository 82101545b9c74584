#include "order_rows.h"

#include <algorithm>

#include "cell_checks.h"
#include "rabatt/hash_map.h"
#include "rabatt/range_check.h"

namespace rabatt {
namespace {

template <Fault (*range)(const Decimal&)>
Fault check_decimal(std::string_view text) {
  const auto value = Decimal::parse(text);
  return value ? range(*value) : Fault(Code::invalid_decimal);
}

Fault no_check(std::string_view) { return std::nullopt; }

// The columns that mean something, in the order in which a missing one is reported.
enum Known : std::size_t {
  order,
  date,
  currency,
  item,
  quantity,  // required
  customer,
  organisation,
  campaign,
  code,
  payment_term,
  prices_include_tax,
  unit,
  list_price,
  manual_price,
  manual_discount,
  tax_rate,
};

struct KnownColumn {
  std::string_view name;
  Fault (*check)(std::string_view);  // of a cell that is not blank
};

constexpr std::array<KnownColumn, 16> known_columns = {{
    {"order", no_check},
    {"date", check_date},
    {"currency", check_name},
    {"item", check_name},
    {"quantity", check_decimal<check_any>},
    {"customer", check_name},
    {"organisation", check_name},
    {"campaign", check_name},
    {"code", check_code},
    {"payment_term", check_name},
    {"prices_include_tax", check_flag},
    {"unit", check_name},
    {"list_price", check_decimal<check_price>},
    {"manual_price", check_decimal<check_price>},
    {"manual_discount", check_decimal<check_discount>},
    {"tax_rate", check_decimal<check_tax_rate>},
}};
constexpr std::size_t required_columns = quantity + 1;
constexpr std::array required_in_each_row = {order, item, quantity};

void refuse_repeated_columns(const TextTable& table) {
  HashSet<std::string_view> seen;
  for (const auto& column : table) {
    if (!seen.insert(column.name).second) throw Error(Code::duplicate_field, subject_of({}, column.name));
  }
}

std::optional<Decimal> number(std::string_view text) { return text.empty() ? std::nullopt : Decimal::parse(text); }

}  // namespace

OrderRows::OrderRows(const TextTable& table) : columns_(known_columns.size()) {
  refuse_repeated_columns(table);
  if (!table.empty()) count_ = table.front().cells.size();
  for (const auto& column : table) {
    const auto known = std::find_if(known_columns.begin(), known_columns.end(),
                                    [&](const KnownColumn& entry) { return entry.name == column.name; });
    if (known == known_columns.end()) continue;
    const auto index = static_cast<std::size_t>(known - known_columns.begin());
    columns_[index] = &column;
    checked_.push_back(index);
  }
  for (std::size_t column = 0; column < required_columns; ++column) {
    if (!columns_[column]) throw Error(Code::missing_field, known_columns[column].name);
  }
}

std::string_view OrderRows::cell(std::size_t row, std::size_t known_column) const {
  const TextColumn* column = columns_[known_column];
  if (!column || !column->cells[row]) return {};
  return *column->cells[row];
}

std::string_view OrderRows::order(std::size_t row) const { return cell(row, Known::order); }

std::optional<Code> OrderRows::fault(std::size_t row) const {
  for (const auto column : checked_) {
    const auto text = cell(row, column);
    if (text.empty()) continue;
    if (const auto fault = known_columns[column].check(text)) return fault;
  }
  for (const auto column : required_in_each_row) {
    if (cell(row, column).empty()) return Code::missing_field;
  }
  return std::nullopt;
}

std::string_view OrderRows::agreed(const std::vector<std::size_t>& rows, std::size_t known_column) const {
  std::string_view agreed;
  for (const auto row : rows) {
    const auto text = cell(row, known_column);
    if (text.empty() || (known_column == Known::code && trimmed(text).empty())) continue;
    if (!agreed.empty() && agreed != text) throw Error(Code::inconsistent_order, known_columns[known_column].name);
    agreed = text;
  }
  return agreed;
}

RequestLine OrderRows::line(std::size_t row) const {
  RequestLine line;
  line.item = cell(row, Known::item);
  line.quantity = number(cell(row, Known::quantity));
  line.quantity_text = cell(row, Known::quantity);
  line.unit = cell(row, Known::unit);
  line.list_price = number(cell(row, Known::list_price));
  line.manual_price = number(cell(row, Known::manual_price));
  line.manual_discount = number(cell(row, Known::manual_discount));
  line.tax_rate = number(cell(row, Known::tax_rate));
  return line;
}

Request OrderRows::request(const std::vector<std::size_t>& rows, const std::vector<std::size_t>& good_rows) const {
  constexpr std::array document_columns = {Known::date,         Known::currency,          Known::customer,
                                           Known::organisation, Known::campaign,          Known::code,
                                           Known::payment_term, Known::prices_include_tax};
  std::array<std::string_view, known_columns.size()> fields;
  for (const auto column : document_columns) fields[column] = agreed(rows, column);
  for (const auto column : document_columns) {
    if (fields[column].empty()) continue;
    // the only row that fills the field in may be a bad one
    if (const auto fault = known_columns[column].check(fields[column])) throw Error(*fault, known_columns[column].name);
  }
  Request request;
  request.date = Date::parse(fields[Known::date]);
  request.currency = fields[Known::currency];
  request.customer = fields[Known::customer];
  request.organisation = fields[Known::organisation];
  request.campaign = fields[Known::campaign];
  request.code = fields[Known::code];
  request.payment_term = fields[Known::payment_term];
  request.prices_include_tax = flag_of(fields[Known::prices_include_tax]);
  request.explain = false;
  for (const auto row : good_rows) request.lines.push_back(line(row));
  return request;
}

}  // namespace rabatt
