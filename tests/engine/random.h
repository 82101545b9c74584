// Random values for property tests: from one seed (trials.h), the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>

#include "rabatt/decimal.h"
#include "trials.h"

namespace rabatt {

class Random {
 public:
  // Every `stream` has its own values.
  explicit Random(std::string_view stream) : engine_(mixed(test_seed(), stream)) {}

  // 0 … count − 1
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  int between(int least, int most) {
    return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least) + 1));
  }
  bool one_in(std::uint64_t count) { return below(count) == 0; }

  template <class List>
  const auto& pick(const List& list) {
    return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
  }

  // 0 … 10^digits − 1, with exactly so many digits most of the time.
  Int128 magnitude(int digits) {
    Int128 value = 0;
    for (int i = 0; i < digits; ++i) value = value * 10 + static_cast<int>(below(10));
    return value;
  }

  // Log-uniform in size: any number of digits and places equally often; now and then a power of ten or two, or next
  // to one.
  Decimal decimal() {
    const int digits = between(0, one_in(2) ? Decimal::max_digits : 19);
    Int128 value = magnitude(digits);
    if (one_in(8)) {
      value = between(-1, 1) + (one_in(2) ? power(10, digits - 1) : power(2, between(0, 126)));
    }
    return Decimal::scaled(one_in(2) ? value : -value, between(0, one_in(2) ? Decimal::max_places : 8));
  }

  Rounding rounding() { return static_cast<Rounding>(below(7)); }

 private:
  static Int128 power(int base, int exponent) {
    Int128 result = 1;
    for (; exponent > 0; --exponent) result *= base;
    return result;
  }

  static std::uint64_t mixed(std::uint64_t seed, std::string_view stream) {
    for (const char c : stream) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return seed;
  }

  std::mt19937_64 engine_;
};

}  // namespace rabatt
