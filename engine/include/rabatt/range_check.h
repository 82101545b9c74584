// Ranges of single values, said once for books, requests and readers.
#pragma once

#include <optional>

#include "rabatt/decimal.h"
#include "rabatt/error.h"

namespace rabatt {

constexpr int most_percent_places = 5;

// A discount is 0 … 100 with at most 5 places of value.
inline std::optional<Code> check_discount(const Decimal& value) {
  const bool fits = value.sign() >= 0 && value <= Decimal(100) && value.places_needed() <= most_percent_places;
  return fits ? std::nullopt : std::optional(Code::invalid_discount);
}

// A tax rate is ≥ 0 with at most 5 places of value.
inline std::optional<Code> check_tax_rate(const Decimal& value) {
  const bool fits = value.sign() >= 0 && value.places_needed() <= most_percent_places;
  return fits ? std::nullopt : std::optional(Code::invalid_tax_rate);
}

inline std::optional<Code> check_price(const Decimal& value) {
  return value.sign() >= 0 ? std::nullopt : std::optional(Code::negative_price);
}

}  // namespace rabatt
