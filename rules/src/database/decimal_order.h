// The order of decimals as texts, for a database that has no decimals.
#pragma once

#include <compare>
#include <string_view>

namespace rabatt {

// Compares as numbers of any length, exactly: 1.5 and 01.50 are equal. What is no decimal (an optional sign, digits, at
// most one point) comes after all that are, byte by byte.
std::strong_ordering compare_decimal_texts(std::string_view left, std::string_view right) noexcept;

}  // namespace rabatt
