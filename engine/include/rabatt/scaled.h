// Scaled 64-bit integers: the arithmetic of prices that fit, which is nearly all of them.
//
// An amount in a known unit (cents, say) is a plain integer. Multiplying two of them and rounding the product back is
// one multiplication, one division by a power of ten through its reciprocal, and one correction. Whatever does not
// fit says so and is left to Decimal.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "rabatt/rounding.h"

namespace rabatt {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

constexpr int largest_power_64 = 18;  // the largest power of ten below 2^63

// A divisor of numerators below 2^63: n / divisor = (n · multiplier) >> (64 + shift), rounded down.
// Granlund and Montgomery, "Division by invariant integers using multiplication", 1994, section 4.
struct Divisor {
  std::uint64_t value = 1;  // 1 … 2^62
  std::uint64_t multiplier = 0;
  int shift = 0;

  constexpr Divisor() noexcept = default;
  explicit constexpr Divisor(std::uint64_t divisor) noexcept : value(divisor) {
    if (divisor == 1) return;
    const int bits = static_cast<int>(std::bit_width(divisor - 1));  // ⌈log2 divisor⌉
    multiplier = static_cast<std::uint64_t>(((UInt128{1} << static_cast<unsigned>(63 + bits)) / divisor) + 1);
    shift = bits - 1;
  }

  constexpr std::uint64_t divide(std::uint64_t numerator) const noexcept {
    if (value == 1) return numerator;
    const auto product = static_cast<UInt128>(numerator) * multiplier;
    return static_cast<std::uint64_t>(product >> 64U) >> static_cast<unsigned>(shift);
  }
};

inline constexpr auto powers_of_ten_64 = [] {
  std::array<Divisor, largest_power_64 + 1> powers{};
  std::uint64_t power = 1;
  for (auto& entry : powers) {
    entry = Divisor(power);
    power *= 10;
  }
  return powers;
}();

// value / divisor, rounded. False, and no result, where |value| leaves no room in 63 bits.
[[nodiscard]] constexpr bool divide_rounded(std::int64_t value, const Divisor& divisor, Rounding mode,
                                            std::int64_t* result) noexcept {
  const bool negative = value < 0;
  std::uint64_t numerator = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const bool cut = mode == Rounding::half_up;  // add half, then cut: no remainder needed
  if (cut) numerator += divisor.value / 2;
  if (numerator >> 63U) return false;
  std::uint64_t quotient = divisor.divide(numerator);
  if (!cut) {
    const std::uint64_t remainder = numerator - quotient * divisor.value;
    const std::uint64_t rest = divisor.value - remainder;
    const int compared = remainder < rest ? -1 : remainder > rest ? 1 : 0;
    if (grows(mode, negative, (quotient & 1U) != 0, remainder != 0, compared)) ++quotient;
  }
  *result = negative ? -static_cast<std::int64_t>(quotient) : static_cast<std::int64_t>(quotient);
  return true;
}

// value / 10^places for any places ≥ 0.
[[nodiscard]] constexpr bool divide_rounded(std::int64_t value, int places, Rounding mode,
                                            std::int64_t* result) noexcept {
  return places <= largest_power_64 &&
         divide_rounded(value, powers_of_ten_64[static_cast<std::size_t>(places)], mode, result);
}

// a·b / divisor, rounded. False, and no result, where the product leaves no room in 63 bits.
[[nodiscard]] constexpr bool multiply_rounded(std::int64_t a, std::int64_t b, const Divisor& divisor,
                                              std::int64_t* result, Rounding mode = Rounding::half_up) noexcept {
  std::int64_t product = 0;
  return !__builtin_mul_overflow(a, b, &product) && divide_rounded(product, divisor, mode, result);
}

}  // namespace rabatt
