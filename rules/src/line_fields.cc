#include "line_fields.h"

#include <algorithm>

#include "rabatt/exact.h"
#include "rabatt/range_check.h"

namespace rabatt {
namespace {

constexpr LineField text(std::string_view name, Id (BookIds::*find)(std::string_view) const,
                         Column<Id> LineColumns::* ids, bool required = false) {
  return {
      .name = name, .kind = FieldKind::text, .required = required, .find = find, .check_text = check_name, .ids = ids};
}

constexpr LineField number(std::string_view name, Fault (*check)(const Decimal&), NumberColumn LineColumns::* numbers) {
  return {.name = name, .kind = FieldKind::number, .check_number = check, .numbers = numbers};
}

constexpr LineField price(std::string_view name, NumberColumn LineColumns::* numbers) {
  auto field = number(name, check_price, numbers);
  field.is_price = true;
  return field;
}

constexpr LineField required(LineField field) {
  field.required = true;
  return field;
}

// A code may have blanks around it, or nothing but blanks.
constexpr LineField code() {
  auto field = text("code", &BookIds::campaign_of_code, &LineColumns::code_campaign);
  field.check_text = check_code;
  return field;
}

// The years 0001–9999.
constexpr std::int64_t first_second = -62'135'596'800;
constexpr std::int64_t last_second = 253'402'300'799;

Cell<std::int64_t> moment(Int128 second) {
  if (second < first_second || second > last_second) return {.fault = Code::invalid_date};
  return {.value = static_cast<std::int64_t>(second)};
}

constexpr int seconds_per_day = 86'400;

constexpr Int128 largest_mantissa = [] {
  Int128 power = 1;
  for (int digit = 0; digit < Decimal::max_digits; ++digit) power *= 10;
  return power - 1;
}();

bool has_38_digits(Int128 mantissa) { return mantissa >= -largest_mantissa && mantissa <= largest_mantissa; }

}  // namespace

constexpr std::array<LineField, 13> line_fields = {{
    required(text("item", &BookIds::item, &LineColumns::item)),
    required(number("quantity", check_any, &LineColumns::quantity)),
    required({.name = "date", .kind = FieldKind::date}),
    required(text("currency", &BookIds::currency, &LineColumns::currency)),
    text("customer", &BookIds::customer, &LineColumns::customer),
    text("organisation", &BookIds::organisation, &LineColumns::organisation),
    text("campaign", &BookIds::campaign, &LineColumns::campaign),
    code(),
    {.name = "prices_include_tax", .kind = FieldKind::flag},
    text("unit", &BookIds::unit, &LineColumns::unit),
    price("list_price", &LineColumns::list_price),
    price("manual_price", &LineColumns::manual_price),
    number("manual_discount", check_discount, &LineColumns::manual_discount),
}};

const LineField* line_field_named(std::string_view name) {
  const auto* found =
      std::find_if(line_fields.begin(), line_fields.end(), [&](const LineField& field) { return field.name == name; });
  return found == line_fields.end() ? nullptr : found;
}

void LineField::check_type(const ArrowType& type) const {
  const auto is = [&](ArrowType::Kind is_kind) { return type.kind == is_kind; };
  if (type.is_text() || is(ArrowType::null)) return;
  bool reads = false;
  switch (kind) {
    case FieldKind::text: reads = is(ArrowType::integer); break;
    case FieldKind::number:
      if (is(ArrowType::floating)) throw Error(Code::invalid_decimal, name);
      reads = is(ArrowType::integer) || is(ArrowType::decimal);
      break;
    case FieldKind::date:
      if (type.has_zone) throw Error(Code::invalid_date, name);
      reads = is(ArrowType::days) || is(ArrowType::milliseconds) || is(ArrowType::moment);
      break;
    case FieldKind::flag: reads = is(ArrowType::boolean) || is(ArrowType::integer); break;
  }
  if (!reads) throw Error(Code::invalid_value, name);
}

Cell<Id> id_cell(const ArrowValues& values, std::size_t row, const LineField& field, const BookIds& ids) {
  std::string room;
  const auto text = values.any_text(row, &room);
  if (text.empty()) return {};
  // first, for codes must be UTF-8 to be looked up
  if (const auto fault = field.check_text(text)) return {.value = unknown_id, .fault = fault};
  return {.value = (ids.*field.find)(text)};
}

Cell<Decimal> number_cell(const ArrowValues& values, std::size_t row, const LineField& field) {
  Cell<Decimal> cell;
  const auto& type = values.type();
  if (type.is_text()) {
    const auto text = values.text(row);
    if (text.empty()) return {};
    cell.value = Decimal::parse(text);
  } else if (const Int128 mantissa = values.integer(row); has_38_digits(mantissa)) {
    cell.value = Decimal::scaled(mantissa, std::max(type.places, 0));
    // tens, hundreds …: places below 0
    for (int zeros = type.places; zeros < 0 && cell.value; ++zeros) {
      const auto ten_times = Exact(*cell.value) * 10;
      cell.value = ten_times.narrowed();
    }
  }
  cell.fault = cell.value ? field.check_number(*cell.value) : Fault(Code::invalid_decimal);
  return cell;
}

Cell<std::int64_t> date_cell(const ArrowValues& values, std::size_t row) {
  const auto& type = values.type();
  if (type.is_text()) {
    const auto text = values.text(row);
    if (text.empty()) return {};
    const auto date = Date::parse(text);
    if (!date) return {.fault = Code::invalid_date};
    return {.value = date->first_moment().time_since_epoch().count()};
  }
  const Int128 count = values.integer(row);
  if (type.kind == ArrowType::days) return moment(count * seconds_per_day);
  if (type.kind == ArrowType::milliseconds) {  // whole days, though its unit is finer
    constexpr int per_day = seconds_per_day * 1'000;
    const Int128 day = count / per_day - (count % per_day < 0 ? 1 : 0);
    return moment(day * seconds_per_day);
  }
  if (count % type.units_per_second != 0) return {.fault = Code::invalid_date};
  return moment(count / type.units_per_second);
}

Cell<std::uint8_t> flag_cell(const ArrowValues& values, std::size_t row) {
  if (values.type().kind == ArrowType::boolean) return {.value = static_cast<std::uint8_t>(values.flag(row) ? 1 : 0)};
  std::string room;
  const auto text = values.any_text(row, &room);
  if (text.empty()) return {};
  const auto flag = flag_of(text);
  if (!flag) return {.fault = Code::invalid_value};
  return {.value = static_cast<std::uint8_t>(*flag ? 1 : 0)};
}

}  // namespace rabatt
