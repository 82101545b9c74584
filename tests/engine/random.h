// Random values for property tests: the same from the same seed on every machine.
#pragma once

#include <cstdint>
#include <random>

#include "rabatt/decimal.h"

namespace rabatt {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // 0 … count − 1
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  int between(int least, int most) { return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least) + 1)); }
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

  // Log-uniform in size: any number of digits and places equally often; now and then a power of ten or next to one.
  Decimal decimal() {
    const int digits = between(0, Decimal::max_digits);
    Int128 value = magnitude(digits);
    if (one_in(8)) {
      value = 1;
      for (int i = 1; i < digits; ++i) value *= 10;
      value += between(-1, 1);
    }
    return Decimal::scaled(one_in(2) ? value : -value, between(0, Decimal::max_places));
  }

  Rounding rounding() { return static_cast<Rounding>(below(7)); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace rabatt
