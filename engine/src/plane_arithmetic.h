// The arithmetic of a day plane: quantity, price and discount to amounts, in 64-bit integers.
//
// Amounts are counted in steps of the currency, unit prices in units of the plane's places, discounts in parts of
// `full`. Every operation is one product, one division by a constant and one rounding, as section "amounts" of
// amounts.cc has them; false means that something does not fit, and that nothing can be said.
#pragma once

#include <algorithm>
#include <cstdint>

#include "day_plane.h"
#include "rabatt/scaled.h"

namespace rabatt {

// value · factor / divisor, rounded: from one scale to multiples of a step.
class ScaledRounding {
 public:
  ScaledRounding() = default;

  // From values with `places` places, divided by `parts` besides, to multiples of `step`. False if the scales do not
  // fit.
  [[nodiscard]] static bool make(int places, std::uint64_t parts, const Decimal& step, Rounding mode,
                                 ScaledRounding* rounding);

  [[nodiscard]] bool round(std::uint64_t value, std::uint64_t* result) const {
    std::uint64_t numerator = 0;
    if (__builtin_mul_overflow(value, factor, &numerator) || numerator > most) return false;
    numerator += bias;
    std::uint64_t quotient = divisor.divide(numerator);
    if (ties_to_even && (quotient & 1U) != 0 && quotient * divisor.value == numerator) --quotient;
    *result = quotient;
    return true;
  }

  std::uint64_t factor = 1;
  Divisor divisor;
  std::uint64_t bias = 0;         // what makes cutting into rounding
  std::uint64_t most = 0;         // the largest numerator before the bias
  std::uint64_t most_narrow = 0;  // the largest whose quotient has 32 bits
  bool ties_to_even = false;
};

struct LineAmounts {
  std::uint64_t gross = 0;  // steps
  std::uint64_t net = 0;
};

struct PlaneArithmetic {
  // Of lines with quantities of so many places. False where the plane's scales do not fit 64 bits at all.
  [[nodiscard]] static bool make(const CompiledPlane& plane, int quantity_places, PlaneArithmetic* arithmetic);

  [[nodiscard]] static bool multiply(std::uint64_t a, std::uint64_t b, std::uint64_t* product) {
    return !__builtin_mul_overflow(a, b, product);
  }

  // q·u in steps.
  [[nodiscard]] bool gross(std::uint64_t quantity, std::uint64_t unit_price, std::uint64_t* steps) const {
    std::uint64_t exact = 0;
    return multiply(quantity, unit_price, &exact) && to_amount.round(exact, steps);
  }

  [[nodiscard]] bool amounts(std::uint64_t quantity, std::uint64_t unit_price, std::uint64_t discount,
                             LineAmounts* result) const;

  // Unit price less discount, in unit steps.
  [[nodiscard]] bool unit_net(std::uint64_t unit_price, std::uint64_t discount, std::uint64_t* steps) const {
    std::uint64_t exact = 0;
    return multiply(unit_price, full - discount, &exact) && percent_to_unit.round(exact, steps);
  }

  std::uint64_t combined(OfferKind kind, std::uint64_t customer, std::uint64_t campaign) const {
    switch (kind) {
      case OfferKind::add: return std::min(hundred, customer + campaign) * part;
      case OfferKind::compound: return full - (hundred - customer) * (hundred - campaign);
      default: return campaign * part;
    }
  }

  RoundAt round_at = RoundAt::line_discount;
  std::uint64_t hundred = 100;  // 100 % as customers and campaigns have it
  std::uint64_t full = 100;     // 100 % as discounts are counted: hundred², where some compound
  std::uint64_t part = 1;       // full / hundred
  ScaledRounding to_amount;          // q·u → steps
  ScaledRounding percent_of_amount;  // steps · discount → steps
  ScaledRounding percent_to_amount;  // q·u · (full − discount) → steps
  ScaledRounding percent_to_unit;    // u · discount → unit steps
  ScaledRounding unit_to_amount;     // q · unit price at `unit_places` → steps
  std::uint64_t price_factor = 1;      // from the plane's places to `unit_places`
  std::uint64_t unit_step_factor = 1;  // of a unit step, at `unit_places`
  std::uint64_t four_steps = 0;  // of the currency, as q·u·(full − d) counts; the largest number if that is too large
};

inline bool PlaneArithmetic::amounts(std::uint64_t quantity, std::uint64_t unit_price, std::uint64_t discount,
                                     LineAmounts* result) const {
  std::uint64_t exact = 0;
  if (!multiply(quantity, unit_price, &exact) || !to_amount.round(exact, &result->gross)) return false;
  result->net = discount == 0 ? result->gross : 0;
  if (discount == 0 || discount == full) return true;
  std::uint64_t value = 0;
  std::uint64_t rounded = 0;
  switch (round_at) {
    case RoundAt::line_discount:
      if (!multiply(result->gross, discount, &value) || !percent_of_amount.round(value, &rounded)) return false;
      rounded = result->gross - rounded;
      break;
    case RoundAt::line_net:
      if (!multiply(exact, full - discount, &value) || !percent_to_amount.round(value, &rounded)) return false;
      break;
    case RoundAt::unit_discount: {
      if (!multiply(unit_price, discount, &value) || !percent_to_unit.round(value, &rounded)) return false;
      std::uint64_t price = 0;
      std::uint64_t off = 0;
      if (!multiply(unit_price, price_factor, &price) || !multiply(rounded, unit_step_factor, &off)) return false;
      if (off >= price) return true;  // net is held at 0
      if (!multiply(quantity, price - off, &value) || !unit_to_amount.round(value, &rounded)) return false;
      break;
    }
    case RoundAt::unit_net:
      if (!unit_net(unit_price, discount, &rounded) || !multiply(rounded, unit_step_factor, &value)) return false;
      if (!multiply(quantity, value, &value) || !unit_to_amount.round(value, &rounded)) return false;
      break;
  }
  result->net = std::min(rounded, result->gross);
  return true;
}

}  // namespace rabatt
