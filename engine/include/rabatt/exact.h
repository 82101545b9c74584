// Exact: a decimal as wide as it needs to be.
//
// What a quote computes on its way (quantity × price × (100 − discount), sums, comparisons) may need more digits
// than any price has. An Exact never overflows: up to 128 bits it is a plain integer, beyond that a wide one on
// the heap. `narrow()` is the way back to a Decimal, and the one place where overflow is decided.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>

#include "rabatt/decimal.h"

namespace rabatt {

class Exact {
 public:
  Exact() noexcept = default;  // 0
  // NOLINTNEXTLINE(google-explicit-constructor): loses nothing
  Exact(const Decimal& value) noexcept : small_(value.mantissa()), places_(value.places()) {}
  template <std::integral Integer>
    requires std::constructible_from<Decimal, Integer>
  Exact(Integer value) noexcept : small_(value) {}  // NOLINT(google-explicit-constructor)

  Exact(const Exact& other);
  Exact& operator=(const Exact& other);
  Exact(Exact&&) noexcept = default;
  Exact& operator=(Exact&&) noexcept = default;
  ~Exact() = default;

  int sign() const noexcept;
  bool is_zero() const noexcept { return sign() == 0; }

  // The shortest text, in full, however long.
  std::string text() const;

  // The value as a Decimal: nothing if it needs more than 38 places, or more than 38 digits counted with at
  // least `places` places (0 … 38). narrow() throws Error(overflow) instead.
  std::optional<Decimal> narrowed(int places = 0) const;
  Decimal narrow(int places = 0) const;

  // Rounded to a multiple of `step` > 0.
  Exact rounded(const Decimal& step, Rounding mode) const;

  Exact operator-() const;

  friend Exact operator+(const Exact& a, const Exact& b);
  friend Exact operator-(const Exact& a, const Exact& b);
  friend Exact operator*(const Exact& a, const Exact& b);
  friend std::strong_ordering operator<=>(const Exact& a, const Exact& b);
  friend bool operator==(const Exact& a, const Exact& b) { return (a <=> b) == 0; }

  // numerator/denominator rounded once to a multiple of `step`; denominator ≠ 0, step > 0.
  friend Exact rounded_quotient(const Exact& numerator, const Exact& denominator, const Decimal& step, Rounding mode);

  struct Wide;  // the wide integer; defined in exact.cc

 private:
  struct WideDeleter {
    void operator()(Wide* wide) const noexcept;
  };
  using WidePointer = std::unique_ptr<Wide, WideDeleter>;
  struct Access;  // what exact.cc's free functions need of the members

  Exact(Int128 small, int places) noexcept : small_(small), places_(places) {}
  Exact(WidePointer wide, int places) noexcept : places_(places), wide_(std::move(wide)) {}

  Int128 small_ = 0;   // the mantissa, while wide_ is null
  int places_ = 0;     // value = mantissa · 10^−places_
  WidePointer wide_;   // the mantissa beyond 128 bits
};

}  // namespace rabatt
