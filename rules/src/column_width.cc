#include "column_width.h"

#include <algorithm>
#include <bit>

namespace rabatt {
namespace {

int digits_of(UInt128 value) {
  int digits = 0;
  for (; value >= powers_of_ten_64.back().value; value /= powers_of_ten_64.back().value) digits += largest_power_64;
  const auto low = static_cast<std::uint64_t>(value);
  // the logarithm to the base of 10, or one more
  const auto about = (static_cast<std::size_t>(std::bit_width(low)) * 1233) >> 12U;
  return digits + static_cast<int>(about) + (low >= powers_of_ten_64[about].value ? 1 : 0);
}

}  // namespace

void Width::hold(const Decimal& value) {
  const auto magnitude = value.magnitude().mantissa();
  const int digits = digits_of(static_cast<UInt128>(magnitude)) - value.places();
  if (digits > integer_digits) integer_digits = static_cast<std::int8_t>(digits);
  // most values of a table have the same places: counting those that are needed is the longer way
  if (value.places() > places) places = std::max(places, static_cast<std::int8_t>(value.places_needed()));
}

void Width::hold(const QuoteLine& line) {
  for (const auto* value : {&line.unit_price, &line.gross, &line.discount_amount, &line.net, &line.unit_net}) {
    hold(*value);
  }
  for (const auto* value : {&line.list_price, &line.list_amount, &line.saved}) {
    if (*value) hold(**value);
  }
}

void Width::hold(const Quote& quote) {
  for (const auto* value : {&quote.net, &quote.tax, &quote.total}) hold(*value);
  if (quote.payment && !quote.payment->early.empty()) {
    hold(quote.payment->early.front().discount);
    hold(quote.payment->early.front().pay);
  }
}

void Width::hold(const Width& other) {
  places = std::max(places, other.places);
  integer_digits = std::max(integer_digits, other.integer_digits);
}

bool Width::fits(int column_places) const {
  return places <= column_places && column_places <= Decimal::max_digits - integer_digits;
}

void Widths::add(const Width& row) {
  ++rows_[static_cast<std::size_t>(row.places)][static_cast<std::size_t>(row.integer_digits)];
}

int Widths::column_places() const {
  int best = 0;
  std::size_t most = 0;
  for (int places = 0; places <= Decimal::max_places; ++places) {
    std::size_t fitting = 0;
    for (std::size_t needed = 0; needed <= static_cast<std::size_t>(places); ++needed) {
      for (std::size_t digits = 0; digits <= static_cast<std::size_t>(Decimal::max_digits - places); ++digits) {
        fitting += rows_[needed][digits];
      }
    }
    if (fitting > most) {
      most = fitting;
      best = places;
    }
  }
  return best;
}

}  // namespace rabatt
