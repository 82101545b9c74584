#include "decimal_column.h"

#include "arrow_export.h"
#include "rabatt/error.h"

namespace rabatt {
namespace {

// Nothing where the value does not fit.
std::optional<Int128> scaled(Int128 mantissa, int missing) {
  if (mantissa == static_cast<std::int64_t>(mantissa) && missing >= 0 && missing <= largest_power_64) {
    const auto power = powers_of_ten_64[static_cast<std::size_t>(missing)].value;
    return mantissa * static_cast<Int128>(power);  // below 2^63 · 10^18
  }
  return std::nullopt;
}

}  // namespace

DecimalColumn::DecimalColumn(std::size_t count) : memory_(arrow_buffer(count * sizeof(Int128))), places_(count, none) {}

void DecimalColumn::set(std::size_t row, const std::optional<Decimal>& value) {
  if (!value) return;
  mantissas()[row] = value->mantissa();
  places_[row] = static_cast<std::int8_t>(value->places());
}

std::optional<Decimal> DecimalColumn::operator[](std::size_t row) const {
  return has(row) ? std::optional(Decimal::scaled(mantissas()[row], places_[row])) : std::nullopt;
}

void DecimalColumn::scale(int places) {
  for (std::size_t row = 0; row < places_.size(); ++row) {
    auto& mantissa = mantissas()[row];
    if (!has(row)) {
      mantissa = 0;
      continue;
    }
    if (const auto result = scaled(mantissa, places - places_[row])) {
      mantissa = *result;
    } else {
      mantissa = Decimal::scaled(mantissa, places_[row]).at_places(places).mantissa();
    }
    places_[row] = static_cast<std::int8_t>(places);
  }
}

}  // namespace rabatt
