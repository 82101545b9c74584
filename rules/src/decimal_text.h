// Decimals as text, written where they are wanted: by the million, one string each would take as long as the price.
#pragma once

#include <cstddef>

#include "rabatt/scaled.h"

namespace rabatt {

// The longest text of any mantissa with −38 to 38 places: 39 digits, 38 zeros, a sign.
constexpr std::size_t longest_decimal_text = 80;

// mantissa · 10^−places with all its places, as Decimal::text(places) has it; below 0 places with zeros at the end.
// Returns the end of the text.
char* write_decimal(Int128 mantissa, int places, char* to) noexcept;

}  // namespace rabatt
