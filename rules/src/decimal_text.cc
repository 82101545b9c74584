#include "decimal_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace rabatt {
namespace {

constexpr std::uint64_t chunk = 1'000'000'000'000'000'000U;
constexpr std::ptrdiff_t digits_of_chunk = 18;

char* write_digits(UInt128 value, char* to) noexcept {
  if (value < chunk) return std::to_chars(to, to + digits_of_chunk, static_cast<std::uint64_t>(value)).ptr;
  to = write_digits(value / chunk, to);
  std::array<char, digits_of_chunk> low{};
  const auto* end = write_digits(value % chunk, low.data());
  const auto size = end - low.data();
  to = std::fill_n(to, digits_of_chunk - size, '0');
  return std::copy_n(low.data(), size, to);
}

}  // namespace

char* write_decimal(Int128 mantissa, int places, char* to) noexcept {
  if (mantissa < 0) *to++ = '-';
  char* const begin = to;
  char* end = write_digits(mantissa < 0 ? -static_cast<UInt128>(mantissa) : static_cast<UInt128>(mantissa), to);
  if (places <= 0) return mantissa == 0 ? end : std::fill_n(end, -places, '0');
  if (const auto missing = places + 1 - (end - begin); missing > 0) {  // a zero before the point, and behind it
    std::copy_backward(begin, end, end + missing);
    std::fill_n(begin, missing, '0');
    end += missing;
  }
  std::copy_backward(end - places, end, end + 1);
  *(end - places) = '.';
  return end + 1;
}

}  // namespace rabatt
