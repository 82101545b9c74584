#include "value_checker.h"

#include "rabatt/money.h"
#include "rabatt/range_check.h"
#include "rabatt/text.h"

namespace rabatt {

std::string quoted(std::string_view text) { return "\"" + subject_of({}, text) + "\""; }

void ValueChecker::check_length(std::size_t length, std::size_t most, const Path& path) {
  if (length > most) problems_.add(Code::limit_exceeded, path, "At most " + std::to_string(most) + " entries.");
}

void ValueChecker::check_text(std::string_view text, const Path& path, bool required) {
  switch (check_identifier(text)) {
    case IdentifierFault::none: return;
    case IdentifierFault::empty:
      if (required) problems_.add(Code::missing_field, path, "This field is required.");
      return;
    case IdentifierFault::too_long:
      problems_.add(Code::limit_exceeded, path, "An identifier has at most 200 bytes.");
      return;
    case IdentifierFault::not_text:
      problems_.add(Code::invalid_identifier, path, "An identifier is UTF-8 without control characters.");
      return;
  }
}

void ValueChecker::check_element(std::string_view text, const Path& path) {
  if (text.empty() && !problems_.any_at(path)) {
    problems_.add(Code::invalid_identifier, path, "An identifier must not be empty.");
  }
  check_text(text, path, false);
}

bool ValueChecker::is_currency(std::string_view currency) const {
  return minor_units(currency).has_value() || policy_.currencies.contains(std::string(currency));
}

void ValueChecker::check_known_currency(std::string_view currency, const Path& path) {
  if (!currency.empty() && !is_currency(currency) && !problems_.any_at(path)) {
    problems_.add(Code::unknown_currency, path, quoted(currency) + " is neither in ISO 4217 nor in the policy.");
  }
}

void ValueChecker::check_percent(const Decimal& value, const Path& path) {
  if (const auto fault = check_discount(value)) {
    problems_.add(*fault, path, "A discount is 0 to 100 with at most 5 places.");
  }
}

void ValueChecker::check_price_at(const Decimal& value, const Path& path) {
  if (const auto fault = check_price(value)) problems_.add(*fault, path, "A price must not be negative.");
}

void ValueChecker::check_not_negative(const Decimal& value, const Path& path) {
  if (value.sign() < 0) problems_.add(Code::invalid_value, path, "It must not be negative.");
}

void ValueChecker::check_positive(const std::optional<Decimal>& value, const Path& path) {
  if (value && value->sign() <= 0 && !problems_.any_at(path)) {
    problems_.add(Code::invalid_value, path, "It must be greater than 0.");
  }
}

void ValueChecker::check_date(const std::optional<Date>& date, const Path& path) {
  if (date && !date->ok()) problems_.add(Code::invalid_date, path, "There is no such day, or no such time of day.");
}

void ValueChecker::check_window(const std::optional<Date>& from, const std::optional<Date>& until, const Path& path) {
  if (!from || !until || !from->ok() || !until->ok()) return;
  if (until->last_moment() < from->first_moment()) {
    problems_.add(Code::valid_until_before_date, path / "valid_until", "The window ends before it begins.");
  }
}

}  // namespace rabatt
