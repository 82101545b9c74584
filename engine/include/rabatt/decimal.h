// Decimal: an exact decimal number of at most 38 significant digits and 38 places.
//
//   Decimal price("9.99");
//   Decimal gross = price * 3;                             // 29.97
//   gross.rounded(Decimal("0.05"), Rounding::half_up);     // 29.95
//   divide(Decimal(1), Decimal(3), 4, Rounding::half_up);  // 0.3333
//
// `+ - *` are exact, or throw `overflow`: nothing wraps, saturates or loses a digit. What can lose digits has a
// name, a step or a number of places, and a mode. There is no way in from, or out to, binary floating point.
// 1.0 equals 1.00; the places a value was written with do not show.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rabatt/rounding.h"
#include "rabatt/scaled.h"

namespace rabatt {

class Decimal {
 public:
  static constexpr int max_digits = 38;
  static constexpr int max_places = 38;

  constexpr Decimal() noexcept = default;  // 0

  // Any integer of at most 64 bits.
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool> && sizeof(Integer) <= 8)
  constexpr Decimal(Integer value) noexcept : mantissa_(value) {}  // NOLINT(google-explicit-constructor): loses nothing

  // `[-]digits[.digits]`, ASCII, leading zeros allowed. Throws invalid_decimal with the text.
  explicit Decimal(std::string_view text);
  explicit Decimal(const char* text) : Decimal(std::string_view(text)) {}

  // The same without an exception: nothing if the text is no decimal.
  static std::optional<Decimal> parse(std::string_view text) noexcept;

  // mantissa · 10^−places, 0 ≤ places ≤ 38. Throws overflow beyond 38 digits.
  static Decimal scaled(Int128 mantissa, int places);

  // value = mantissa() · 10^−places(). Not reduced: 1.50 may have two places or one.
  constexpr Int128 mantissa() const noexcept { return mantissa_; }
  constexpr int places() const noexcept { return places_; }

  constexpr int sign() const noexcept { return mantissa_ > 0 ? 1 : mantissa_ < 0 ? -1 : 0; }
  constexpr bool is_zero() const noexcept { return mantissa_ == 0; }

  // The same value with as few places as hold it: 1.50 → 1.5.
  Decimal reduced() const noexcept;

  // The same value with exactly `places` places: 1.5 → 1.50. Throws overflow if it needs more, or 39 digits.
  Decimal at_places(int places) const;

  // How many places the value needs: 1 for 1.50, 0 for 100.
  int places_needed() const noexcept { return reduced().places(); }

  // The nearest multiple of `step` (> 0) in the sense of `mode`. Throws overflow; invalid_amount if step ≤ 0.
  Decimal rounded(const Decimal& step, Rounding mode) const;

  // rounded() to a multiple of 10^−places, 0 ≤ places ≤ 38.
  Decimal rounded_to_places(int places, Rounding mode) const;

  // The shortest text: "1.5", "-0.01", "100", "0".
  std::string text() const;

  // With at least `places` places: Decimal("1.5").text(2) is "1.50".
  std::string text(int places) const;

  constexpr Decimal operator-() const noexcept { return {-mantissa_, places_}; }
  constexpr Decimal magnitude() const noexcept { return mantissa_ < 0 ? -*this : *this; }

  // Exact, or overflow.
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);

  friend Decimal multiply_rounded(const Decimal& a, const Decimal& b, const Decimal& step, Rounding mode);

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  // What does not fit into 64 bits.
  static Decimal add_wide(const Decimal& a, const Decimal& b);
  static Decimal multiply_wide(const Decimal& a, const Decimal& b);
  static Decimal multiply_rounded_wide(const Decimal& a, const Decimal& b, const Decimal& step, Rounding mode);

  constexpr bool is_short() const noexcept { return mantissa_ == short_mantissa(); }
  constexpr std::int64_t short_mantissa() const noexcept { return static_cast<std::int64_t>(mantissa_); }

  constexpr Decimal(Int128 mantissa, std::int32_t places) noexcept : mantissa_(mantissa), places_(places) {}

  Int128 mantissa_ = 0;  // |mantissa_| < 10^38
  std::int32_t places_ = 0;
};

// a/b to `places` places. Throws division_by_zero, overflow.
Decimal divide(const Decimal& a, const Decimal& b, int places, Rounding mode);

// a·b rounded once to a multiple of `step`; the product itself may be as wide as it likes. Throws overflow, or
// invalid_amount if step ≤ 0.
Decimal multiply_rounded(const Decimal& a, const Decimal& b, const Decimal& step, Rounding mode);

// ---- what nearly every call takes: mantissas of 64 bits ----

inline Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.places_ == b.places_ && a.is_short() && b.is_short()) return {a.mantissa_ + b.mantissa_, a.places_};
  return Decimal::add_wide(a, b);
}

inline Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

inline Decimal operator*(const Decimal& a, const Decimal& b) {
  const std::int32_t places = a.places_ + b.places_;
  if (a.is_short() && b.is_short() && places <= Decimal::max_places) {
    return {static_cast<Int128>(a.short_mantissa()) * b.short_mantissa(), places};  // ≤ 2^126: 38 digits
  }
  return Decimal::multiply_wide(a, b);
}

inline Decimal multiply_rounded(const Decimal& a, const Decimal& b, const Decimal& step, Rounding mode) {
  const int places_to_drop = a.places_ + b.places_ - step.places_;
  std::int64_t product = 0;
  if (a.is_short() && b.is_short() && step.mantissa_ == 1 && places_to_drop >= 0 &&
      !__builtin_mul_overflow(a.short_mantissa(), b.short_mantissa(), &product) &&
      divide_rounded(product, places_to_drop, mode, &product)) {
    return {product, step.places_};
  }
  return Decimal::multiply_rounded_wide(a, b, step, mode);
}

}  // namespace rabatt
