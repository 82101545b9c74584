// The values at which decimals of 38 digits and 38 places come to their limits.
#pragma once

#include <string>
#include <vector>

#include "rabatt/decimal.h"

namespace rabatt {

// Rising, all positive: powers of ten, next to powers of ten, and halves of the range.
inline std::vector<Decimal> boundary_values() {
  const auto nines = [](std::size_t count) { return std::string(count, '9'); };
  const auto zeros = [](std::size_t count) { return std::string(count, '0'); };
  std::vector<Decimal> values;
  // clang-format off
  const std::string texts[] = {
      "0." + zeros(37) + "1", "0." + zeros(36) + "15", "0." + zeros(18) + "1", "0." + nines(19), "0." + nines(38),
      "0.005", "0.01", "1", "1." + zeros(36) + "1", "1." + nines(37),
      "2", "9.99", "100", nines(18) + "." + nines(18), nines(19),
      "1" + zeros(19), nines(19) + "." + nines(19), "9223372036854775807",
      "9223372036854775808", "4" + nines(35), "5" + zeros(35), nines(35) + ".995", nines(36),
      nines(36) + ".99", "1" + zeros(36), "4" + nines(37), "5" + zeros(37), nines(37) + ".5", "1" + zeros(37),
      nines(37) + "8", nines(38),
  };
  // clang-format on
  for (const auto& text : texts) {
    values.emplace_back(text);
  }
  return values;
}

// The same with 0 and all signs.
inline std::vector<Decimal> signed_boundary_values() {
  std::vector<Decimal> values{0};
  for (const auto& value : boundary_values()) values.insert(values.end(), {value, -value});
  return values;
}

}  // namespace rabatt
