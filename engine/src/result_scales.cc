#include "result_scales.h"

#include <algorithm>

namespace rabatt {
namespace {

bool scale(const Decimal& step, int places, std::int64_t* factor) {
  const Decimal reduced = step.reduced();
  const int more = places - reduced.places();
  if (more < 0 || more > largest_power_64 || reduced.mantissa() > std::int64_t{1} << 31U) return false;
  const auto power = static_cast<std::int64_t>(powers_of_ten_64[static_cast<std::size_t>(more)].value);
  return !__builtin_mul_overflow(static_cast<std::int64_t>(reduced.mantissa()), power, factor);
}

}  // namespace

bool ResultScales::make(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int places) {
  const auto& currency = plane.book.compiled().currency_rules[plane.currency];
  percent = static_cast<std::int64_t>(powers_of_ten_64[PricedColumns::percent_places + 2].value / arithmetic.full);
  if (!scale(Decimal::scaled(1, plane.price_places), places, &price) || !scale(currency.amount_step, places, &amount) ||
      !scale(currency.unit_step, places, &unit_price)) {
    return false;
  }
  narrow = std::max({price, amount, unit_price}) < std::int64_t{1} << 31U;
  return true;
}

}  // namespace rabatt
