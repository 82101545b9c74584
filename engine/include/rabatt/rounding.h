// Rounding modes, as in Java's RoundingMode and Python's decimal module.
#pragma once

namespace rabatt {

enum class Rounding {
  half_up,    // nearest; ties away from zero
  half_even,  // nearest; ties to the even multiple of the step
  half_down,  // nearest; ties towards zero
  up,         // away from zero
  down,       // towards zero
  ceiling,    // towards +∞
  floor,      // towards −∞
};

// The mode as a quote uses it: on the magnitude, the sign put back, so that a return mirrors its sale.
// There ceiling acts as up and floor as down; the others are symmetrical already.
constexpr Rounding mirrored(Rounding mode) noexcept {
  if (mode == Rounding::ceiling) return Rounding::up;
  if (mode == Rounding::floor) return Rounding::down;
  return mode;
}

// Whether a truncated quotient is to grow by one in magnitude. `negative` is the sign of the exact value,
// `odd` whether the truncated quotient is odd, `inexact` whether anything was cut off, and `half` how what
// was cut off compares with one half: −1 below, 0 a tie, 1 above.
constexpr bool grows(Rounding mode, bool negative, bool odd, bool inexact, int half) noexcept {
  switch (mode) {
    case Rounding::half_up: return half >= 0;
    case Rounding::half_even: return half > 0 || (half == 0 && odd);
    case Rounding::half_down: return half > 0;
    case Rounding::up: return inexact;
    case Rounding::down: return false;
    case Rounding::ceiling: return inexact && !negative;
    case Rounding::floor: return inexact && negative;
  }
  return false;
}

}  // namespace rabatt
