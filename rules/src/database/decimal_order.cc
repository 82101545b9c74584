#include "decimal_order.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace rabatt {
namespace {

// Digits without the zeros that say nothing, so that equal numbers have equal parts.
struct Number {
  bool is_negative = false;  // never of zero
  std::string_view whole;
  std::string_view fraction;
};

bool are_digits(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Number> number(std::string_view text) noexcept {
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  Number number{.is_negative = text.starts_with('-'), .whole = text.substr(has_sign ? 1 : 0), .fraction = {}};
  if (const std::size_t point = number.whole.find('.'); point != std::string_view::npos) {
    number.fraction = number.whole.substr(point + 1);
    number.whole = number.whole.substr(0, point);
  }
  if (number.whole.empty() && number.fraction.empty()) return std::nullopt;
  if (!are_digits(number.whole) || !are_digits(number.fraction)) return std::nullopt;
  number.whole.remove_prefix(std::min(number.whole.find_first_not_of('0'), number.whole.size()));
  number.fraction = number.fraction.substr(0, number.fraction.find_last_not_of('0') + 1);
  if (number.whole.empty() && number.fraction.empty()) number.is_negative = false;
  return number;
}

std::strong_ordering compare_sizes(const Number& left, const Number& right) noexcept {
  if (const auto order = left.whole.size() <=> right.whole.size(); order != 0) return order;
  if (const auto order = left.whole <=> right.whole; order != 0) return order;
  return left.fraction <=> right.fraction;
}

}  // namespace

std::strong_ordering compare_decimal_texts(std::string_view left, std::string_view right) noexcept {
  const auto a = number(left), b = number(right);
  if (!a || !b) return a ? std::strong_ordering::less : b ? std::strong_ordering::greater : left <=> right;
  if (a->is_negative != b->is_negative) return b->is_negative <=> a->is_negative;
  return a->is_negative ? compare_sizes(*b, *a) : compare_sizes(*a, *b);
}

}  // namespace rabatt
