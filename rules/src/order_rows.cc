#include "order_rows.h"

#include "cell_checks.h"
#include "rabatt/range_check.h"

namespace rabatt {
namespace {

template <Fault (*range)(const Decimal&)>
Fault check_decimal(std::string_view text) {
  const auto value = Decimal::parse(text);
  return value ? range(*value) : Fault(Code::invalid_decimal);
}

Fault no_check(std::string_view) { return std::nullopt; }

using Check = Fault (*)(std::string_view);

// Of a cell that is not blank, by known column.
constexpr std::array<Check, Known::count> checks = {
    no_check,    // order
    check_date,  // date
    check_name,  // currency
    check_name,  // item
    check_decimal<check_any>,  // quantity
    check_name,  // customer
    check_name,  // organisation
    check_name,  // campaign
    check_code,  // code
    check_name,  // payment_term
    check_flag,  // prices_include_tax
    check_name,  // unit
    check_decimal<check_price>,     // list_price
    check_decimal<check_price>,     // manual_price
    check_decimal<check_discount>,  // manual_discount
    check_decimal<check_tax_rate>,  // tax_rate
};
constexpr std::array required_in_each_row = {Known::order, Known::item, Known::quantity};

constexpr std::array document_columns = {Known::date,         Known::currency,          Known::customer,
                                         Known::organisation, Known::campaign,          Known::code,
                                         Known::payment_term, Known::prices_include_tax};

std::optional<Decimal> number(std::string_view text) { return text.empty() ? std::nullopt : Decimal::parse(text); }

// The cell that all rows agree on; blank where all are.
std::string_view agreed(const std::vector<RowCells>& rows, Known::Column column) {
  std::string_view agreed;
  for (const auto& row : rows) {
    const auto text = row[column];
    if (text.empty() || (column == Known::code && trimmed(text).empty())) continue;
    if (!agreed.empty() && agreed != text) throw Error(Code::inconsistent_order, Known::names[column]);
    agreed = text;
  }
  return agreed;
}

RequestLine line_of(const RowCells& row) {
  RequestLine line;
  line.item = row[Known::item];
  line.quantity = number(row[Known::quantity]);
  line.quantity_text = row[Known::quantity];
  line.unit = row[Known::unit];
  line.list_price = number(row[Known::list_price]);
  line.manual_price = number(row[Known::manual_price]);
  line.manual_discount = number(row[Known::manual_discount]);
  line.tax_rate = number(row[Known::tax_rate]);
  return line;
}

}  // namespace

std::optional<Code> fault_of(const RowCells& row, const std::vector<std::size_t>& columns) {
  for (const auto column : columns) {
    if (row[column].empty()) continue;
    if (const auto fault = checks[column](row[column])) return fault;
  }
  for (const auto column : required_in_each_row) {
    if (row[column].empty()) return Code::missing_field;
  }
  return std::nullopt;
}

Request request_of(const std::vector<RowCells>& rows, const std::vector<std::size_t>& good_rows) {
  RowCells fields;
  for (const auto column : document_columns) fields[column] = agreed(rows, column);
  for (const auto column : document_columns) {
    if (fields[column].empty()) continue;
    // the only row that fills the field in may be a bad one
    if (const auto fault = checks[column](fields[column])) throw Error(*fault, Known::names[column]);
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
  request.lines.reserve(good_rows.size());
  for (const auto row : good_rows) request.lines.push_back(line_of(rows[row]));
  return request;
}

}  // namespace rabatt
