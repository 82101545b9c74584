#include "read_cell.h"

#include <algorithm>

#include "rabatt/text.h"

namespace rabatt {
namespace {

ReadCell refuse(Code code, std::string message) { return {std::nullopt, code, std::move(message)}; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

ReadCell read_text(const Field& field, std::string_view text) {
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos) {
    return refuse(Code::invalid_text, "This is no UTF-8 without NUL.");
  }
  if (trimmed(text).empty()) return {field.required ? Cell() : field.blank, {}, {}};
  if (field.form != TextForm::lines && std::any_of(text.begin(), text.end(), is_control)) {
    return refuse(Code::invalid_text, "This is one line, without control characters.");
  }
  if (text.size() > field.most_bytes) {
    const auto most = std::to_string(field.most_bytes);
    if (field.form == TextForm::number)
      return refuse(Code::number_too_long, "A number has at most " + most + " bytes.");
    return refuse(Code::text_too_long, "This has at most " + most + " bytes.");
  }
  const bool is_name = field.form == TextForm::code || field.form == TextForm::number ||
                       field.form == TextForm::email || field.form == TextForm::currency;
  return {std::string(is_name ? trimmed(text) : text), {}, {}};
}

// A number out of the range that its field allows, in the words of what it is.
Code range_fault(const Field& field) {
  if (field.most_places) return Code::invalid_discount;
  return field.name == "price" ? Code::negative_price : Code::invalid_value;
}

std::string range_message(const Field& field) {
  std::string message = "This is ";
  if (field.least && field.most) {
    message += "from " + std::to_string(*field.least) + " to " + std::to_string(*field.most);
  } else {
    message += std::to_string(field.least.value_or(0)) + " or more";
  }
  if (field.most_places) message += ", with at most " + std::to_string(*field.most_places) + " places";
  return message + ".";
}

ReadCell read_decimal(const Field& field, std::string_view text) {
  const auto value = Decimal::parse(text);
  if (!value) return refuse(Code::invalid_decimal, "A decimal is [-]digits[.digits] of at most 38 digits.");
  const bool outside = (field.least && *value < Decimal(*field.least)) ||
                       (field.most && *value > Decimal(*field.most)) ||
                       (field.most_places && value->places_needed() > *field.most_places);
  if (outside) return refuse(range_fault(field), range_message(field));
  return {value->text(), {}, {}};
}

ReadCell read_integer(const Field& field, std::string_view text) {
  const auto value = integer_of(text);
  if (!value) return refuse(Code::invalid_value, "This is a whole number of at most 64 bits.");
  if ((field.least && *value < *field.least) || (field.most && *value > *field.most)) {
    return refuse(Code::invalid_value, range_message(field));
  }
  return {std::to_string(*value), {}, {}};
}

ReadCell read_choice(const Field& field, std::string_view text) {
  if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end()) {
    return {std::string(text), {}, {}};
  }
  std::string message = "This is one of ";
  for (const auto choice : field.choices) message.append(choice == field.choices.front() ? "" : ", ").append(choice);
  return refuse(Code::invalid_value, message + ".");
}

ReadCell read_reference(std::string_view text) {
  if (text.starts_with('#')) {
    const auto id = integer_of(text.substr(1));
    if (id && *id > 0) return {std::to_string(*id), {}, {}};
  }
  Field label;
  label.most_bytes = 200;
  auto read = read_text(label, text);
  if (read.cell) read.cell = "=" + std::string(trimmed(*read.cell));
  return read;
}

}  // namespace

ReadCell read_cell(const Field& field, std::string_view text) {
  if (text.empty()) return {field.required ? Cell() : field.blank, {}, {}};
  switch (field.kind) {
    case FieldKind::text: return read_text(field, text);
    case FieldKind::decimal: return read_decimal(field, text);
    case FieldKind::integer: return read_integer(field, text);
    case FieldKind::boolean:
      if (text == "true") return {"1", {}, {}};
      if (text == "false") return {"0", {}, {}};
      return refuse(Code::invalid_value, "This is true or false.");
    case FieldKind::day:
      if (const auto day = day_of(text)) return {text_of(*day), {}, {}};
      return refuse(Code::invalid_date, "A date is YYYY-MM-DD.");
    case FieldKind::instant:
      if (const auto instant = instant_of(text)) return {text_of(*instant), {}, {}};
      return refuse(Code::invalid_date, "A time is YYYY-MM-DDTHH:MM[:SS[.mmm]] and Z or an offset such as +02:00.");
    case FieldKind::choice: return read_choice(field, text);
    case FieldKind::reference: return read_reference(text);
  }
  return {};
}

ReadCell read_cell(const Field& field, JsonView value) {
  const auto text = value.text();
  const bool is_whole = value.kind() == JsonKind::number && text.find_first_of(".eE") == std::string_view::npos;
  switch (value.kind()) {
    case JsonKind::null: return read_cell(field, std::string_view());
    case JsonKind::array:
    case JsonKind::object: return refuse(Code::invalid_value, "This is one value.");
    case JsonKind::boolean:
      if (field.kind == FieldKind::boolean) return read_cell(field, text);
      return refuse(Code::invalid_value, "This is not true or false.");
    case JsonKind::number:
      if (field.kind == FieldKind::decimal && !is_whole) {
        return refuse(Code::invalid_decimal, "Write decimals as strings.");
      }
      if (field.kind == FieldKind::decimal || (field.kind == FieldKind::integer && is_whole)) {
        return read_cell(field, text);
      }
      if (field.kind == FieldKind::reference && is_whole && integer_of(text).value_or(0) > 0) {
        return {std::string(text), {}, {}};
      }
      return refuse(Code::invalid_value, "This is no number.");
    case JsonKind::string:
      if (field.kind == FieldKind::boolean || field.kind == FieldKind::integer) {
        return refuse(Code::invalid_value,
                      field.kind == FieldKind::boolean ? "This is true or false." : "This is a whole number.");
      }
      if (field.kind == FieldKind::reference && text.starts_with('#')) return {"=" + std::string(text), {}, {}};
      return read_cell(field, text);
  }
  return {};
}

}  // namespace rabatt
