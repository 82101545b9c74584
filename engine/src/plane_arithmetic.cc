#include "plane_arithmetic.h"

#include <numeric>

namespace rabatt {
namespace {

constexpr std::uint64_t largest_numerator = (std::uint64_t{1} << 63U) - 1;
constexpr std::uint64_t largest_divisor = std::uint64_t{1} << 61U;

std::uint64_t power_of_ten_64(int exponent) { return powers_of_ten_64[static_cast<std::size_t>(exponent)].value; }

// a · b, up to the largest divisor.
bool divisor_of(std::uint64_t a, std::uint64_t b, std::uint64_t* product) {
  return !__builtin_mul_overflow(a, b, product) && *product <= largest_divisor;
}

std::uint64_t bias_of(Rounding mode, std::uint64_t divisor) {
  switch (mode) {
    case Rounding::half_up:
    case Rounding::half_even: return divisor / 2;
    case Rounding::half_down: return (divisor - 1) / 2;
    case Rounding::up:
    case Rounding::ceiling: return divisor - 1;
    case Rounding::down:
    case Rounding::floor: return 0;
  }
  return 0;
}

}  // namespace

bool ScaledRounding::make(int places, std::uint64_t parts, const Decimal& step, Rounding mode,
                          ScaledRounding* rounding) {
  const Decimal reduced = step.reduced();
  if (reduced.mantissa() > largest_numerator) return false;
  const int more = places - reduced.places();  // of the value than of the step
  if (more > largest_power_64 || more < -largest_power_64) return false;
  std::uint64_t divisor = 0;
  if (!divisor_of(static_cast<std::uint64_t>(reduced.mantissa()), parts, &divisor)) return false;
  if (more > 0 && !divisor_of(divisor, power_of_ten_64(more), &divisor)) return false;
  rounding->factor = more < 0 ? power_of_ten_64(-more) : 1;
  const auto shared = std::gcd(rounding->factor, divisor);
  rounding->factor /= shared;
  divisor /= shared;
  rounding->divisor = Divisor(divisor);
  rounding->bias = bias_of(mode, divisor);
  rounding->most = largest_numerator - rounding->bias;
  const UInt128 wide = (static_cast<UInt128>(divisor) << 32U) - 1 - rounding->bias;  // before one of 33
  rounding->most_narrow = wide < rounding->most ? static_cast<std::uint64_t>(wide) : rounding->most;
  rounding->ties_to_even = mode == Rounding::half_even && divisor % 2 == 0;
  return true;
}

bool PlaneArithmetic::make(const CompiledPlane& plane, int quantity_places, PlaneArithmetic* arithmetic) {
  const auto& book = plane.book.compiled();
  const auto& currency = book.currency_rules[plane.currency];
  const auto mode = book.rules.rounder.mode();
  if (book.rules.rounder.rounds_twice() || quantity_places > largest_power_64 || plane.percent_places > 5) return false;
  auto& result = *arithmetic;
  result.round_at = book.rules.round_at;
  result.hundred = plane.hundred();
  result.part = plane.has_compound ? result.hundred : 1;
  result.full = result.hundred * result.part;
  const int unit_step_places = currency.unit_step.places_needed();
  const int unit_places = std::max(plane.price_places, unit_step_places);
  if (unit_places > largest_power_64) return false;
  result.price_factor = power_of_ten_64(unit_places - plane.price_places);
  const Decimal unit_step = currency.unit_step.reduced();
  if (!divisor_of(static_cast<std::uint64_t>(unit_step.mantissa()), power_of_ten_64(unit_places - unit_step_places),
                  &result.unit_step_factor)) {
    return false;
  }
  const int exact_places = quantity_places + plane.price_places;
  if (!ScaledRounding::make(exact_places, 1, currency.amount_step, mode, &result.to_amount)) return false;
  if (!PlaneArithmetic::multiply(result.to_amount.divisor.value, 4 * result.full, &result.four_steps)) {
    result.four_steps = ~std::uint64_t{0};
  }
  return ScaledRounding::make(0, result.full, Decimal(1), mode, &result.percent_of_amount) &&
         ScaledRounding::make(exact_places, result.full, currency.amount_step, mode, &result.percent_to_amount) &&
         ScaledRounding::make(plane.price_places, result.full, currency.unit_step, mode, &result.percent_to_unit) &&
         ScaledRounding::make(quantity_places + unit_places, 1, currency.amount_step, mode, &result.unit_to_amount);
}

}  // namespace rabatt
