// The oracle of the number tests: decimals on Boost's unbounded integers, rounded by definition.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/decimal.h"

namespace rabatt {

using Integer = boost::multiprecision::cpp_int;

inline const Integer& ten_to(int exponent) {
  static const auto powers = [] {
    std::vector<Integer> list{1};
    while (list.size() < 3000) list.push_back(list.back() * 10);
    return list;
  }();
  return powers.at(static_cast<std::size_t>(exponent));
}

// mantissa · 10^−places
struct Wide {
  Integer mantissa;
  int places = 0;

  Wide(const Decimal& value)
      : mantissa(value.mantissa()), places(value.places()) {}  // NOLINT(google-explicit-constructor)
  Wide(Integer mantissa, int places) : mantissa(std::move(mantissa)), places(places) {}

  Integer at(int more_places) const { return mantissa * ten_to(more_places - places); }
  int sign() const { return mantissa.sign(); }

  friend Wide operator+(const Wide& a, const Wide& b) {
    const int places = std::max(a.places, b.places);
    return {a.at(places) + b.at(places), places};
  }
  friend Wide operator-(const Wide& a) { return {-a.mantissa, a.places}; }
  friend Wide operator-(const Wide& a, const Wide& b) { return a + -b; }
  friend Wide operator*(const Wide& a, const Wide& b) { return {a.mantissa * b.mantissa, a.places + b.places}; }
  friend bool operator==(const Wide& a, const Wide& b) { return (a - b).mantissa == 0; }
  friend bool operator<(const Wide& a, const Wide& b) { return (a - b).mantissa < 0; }

  // The same value with as few places as hold it.
  Wide reduced() const {
    Wide value = *this;
    while (value.places > 0 && value.mantissa % 10 == 0) {
      value.mantissa /= 10;
      --value.places;
    }
    return value;
  }

  // Whether it needs at most 38 places, and at most 38 digits written with at least `least_places`.
  bool fits(int least_places = 0) const {
    const Wide value = reduced();
    return value.places <= 38 && abs(value.at(std::max(value.places, least_places))) < ten_to(38);
  }

  // As a Decimal, if there is room in one.
  std::optional<Decimal> narrowed() const {
    const Wide value = reduced();
    if (!value.fits()) return std::nullopt;
    return Decimal::scaled(static_cast<Int128>(value.mantissa), value.places);
  }

  std::string text() const {
    const Wide value = reduced();
    std::string digits = Integer(abs(value.mantissa)).str();
    const auto places_wanted = static_cast<std::size_t>(value.places);
    if (digits.size() <= places_wanted) digits.insert(0, places_wanted + 1 - digits.size(), '0');
    if (places_wanted > 0) digits.insert(digits.size() - places_wanted, ".");
    return (value.sign() < 0 ? "-" : "") + digits;
  }
};

// The integer that top/bottom is rounded to: one of the two around it.
inline Integer rounded_ratio(Integer top, Integer bottom, Rounding mode) {
  if (bottom < 0) {
    top = -top;
    bottom = -bottom;
  }
  Integer below = top / bottom;
  if (below * bottom > top) --below;
  const Integer twice_the_rest = 2 * (top - below * bottom);
  if (twice_the_rest == 0) return below;
  const Integer above = below + 1;
  const Integer& inner = top < 0 ? above : below;  // towards 0
  const Integer& outer = top < 0 ? below : above;
  if (mode == Rounding::floor) return below;
  if (mode == Rounding::ceiling) return above;
  if (mode == Rounding::down) return inner;
  if (mode == Rounding::up) return outer;
  if (twice_the_rest != bottom) return twice_the_rest < bottom ? below : above;
  if (mode == Rounding::half_up) return outer;
  if (mode == Rounding::half_down) return inner;
  return below % 2 == 0 ? below : above;
}

// a/b to a multiple of `step`.
inline Wide rounded_quotient_of(const Wide& a, const Wide& b, const Wide& step, Rounding mode) {
  const Wide divisor = b * step;
  const int places = std::max(a.places, divisor.places);
  return Wide(rounded_ratio(a.at(places), divisor.at(places), mode), 0) * step;
}

inline Wide rounded(const Wide& value, const Wide& step, Rounding mode) {
  return rounded_quotient_of(value, Wide(1, 0), step, mode);
}

}  // namespace rabatt
