// Rounding as a book's policy says: the mode on the magnitude, and first to `intermediate_digits` where set.
#pragma once

#include <optional>

#include "rabatt/exact.h"

namespace rabatt {

class Rounder {
 public:
  Rounder() = default;
  Rounder(Rounding mode, std::optional<std::int32_t> intermediate_digits) : mode_(mirrored(mode)) {
    if (intermediate_digits) first_step_ = Decimal::scaled(1, *intermediate_digits);
  }

  // Of magnitudes: never ceiling or floor.
  Rounding mode() const { return mode_; }
  bool rounds_twice() const { return first_step_.has_value(); }

  // `value` to a multiple of `step`.
  Exact round(const Exact& value, const Decimal& step) const {
    return first_step_ ? value.rounded(*first_step_, mode_).rounded(step, mode_) : value.rounded(step, mode_);
  }

  // numerator/denominator to a multiple of `step`; denominator ≠ 0.
  Exact round_quotient(const Exact& numerator, const Exact& denominator, const Decimal& step) const {
    if (!first_step_) return rounded_quotient(numerator, denominator, step, mode_);
    return rounded_quotient(numerator, denominator, *first_step_, mode_).rounded(step, mode_);
  }

 private:
  Rounding mode_ = Rounding::half_up;
  std::optional<Decimal> first_step_;
};

}  // namespace rabatt
