// 128-bit integers: powers of ten, digit counts, text. GCC and Clang have the type but not these.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "rabatt/decimal.h"

namespace rabatt {

constexpr int largest_power = 38;  // the largest power of ten in 128 bits

constexpr auto powers_of_ten = [] {
  std::array<Int128, largest_power + 1> powers{};
  Int128 power = 1;
  for (auto& entry : powers) {
    entry = power;
    power = static_cast<Int128>(static_cast<UInt128>(power) * 10);  // the last one is not used
  }
  return powers;
}();

constexpr Int128 power_of_ten(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

constexpr UInt128 magnitude(Int128 value) {
  return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

// |value| < 10^38: what a Decimal holds.
constexpr bool has_38_digits(Int128 value) {
  return magnitude(value) < static_cast<UInt128>(power_of_ten(largest_power));
}

constexpr bool fits_64(Int128 value) { return value == static_cast<std::int64_t>(value); }

// Takes trailing zeros off a mantissa, and as many places, while there are more than `least` places.
constexpr void reduce(Int128* mantissa, int* places, int least) {
  if (fits_64(*mantissa)) {  // 64-bit division is several times faster
    auto narrow = static_cast<std::int64_t>(*mantissa);
    for (; *places > least && narrow % 10 == 0; --*places) narrow /= 10;
    *mantissa = narrow;
    return;
  }
  for (; *places > least && *mantissa % 10 == 0; --*places) *mantissa /= 10;
}

inline std::string digits_of(UInt128 value) {
  constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;  // 10^19
  std::array<char, 40> buffer{};
  char* end = buffer.data();
  if (const auto low = static_cast<std::uint64_t>(value); low == value) {
    return {buffer.data(), std::to_chars(end, end + buffer.size(), low).ptr};
  }
  std::array<std::uint64_t, 3> chunks{};
  int count = 0;
  do {
    chunks[static_cast<std::size_t>(count++)] = static_cast<std::uint64_t>(value % chunk);
    value /= chunk;
  } while (value != 0);
  end = std::to_chars(end, buffer.data() + buffer.size(), chunks[static_cast<std::size_t>(count - 1)]).ptr;
  for (int i = count - 2; i >= 0; --i) {
    std::array<char, 20> part{};
    const char* part_end =
        std::to_chars(part.data(), part.data() + part.size(), chunks[static_cast<std::size_t>(i)]).ptr;
    const auto length = part_end - part.data();
    for (auto zeros = 19 - length; zeros > 0; --zeros) *end++ = '0';
    end = std::copy(static_cast<const char*>(part.data()), part_end, end);
  }
  return {buffer.data(), end};
}

// Digits of a magnitude with the point put in: ("12345", 2) → "123.45", ("5", 3) → "0.005".
std::string with_point(bool negative, std::string digits, int places);

}  // namespace rabatt
