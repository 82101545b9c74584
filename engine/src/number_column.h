// Reading columns of numbers.
#pragma once

#include <cstring>
#include <optional>

#include "rabatt/batch.h"

namespace rabatt {

inline Int128 mantissa_at(const NumberColumn& column, std::size_t line) {
  switch (column.width) {
    case NumberWidth::bits_32: return static_cast<const std::int32_t*>(column.values)[line];
    case NumberWidth::bits_64: return static_cast<const std::int64_t*>(column.values)[line];
    case NumberWidth::bits_128: break;
  }
  // Arrow aligns its buffers to 8 bytes only
  Int128 mantissa = 0;
  std::memcpy(&mantissa, static_cast<const char*>(column.values) + line * sizeof(mantissa), sizeof(mantissa));
  return mantissa;
}

inline bool has_value(const NumberColumn& column, std::size_t line) { return column.values && column.valid[line]; }

inline std::optional<Decimal> number_at(const NumberColumn& column, std::size_t line) {
  if (!has_value(column, line)) return std::nullopt;
  return Decimal::scaled(mantissa_at(column, line), column.places);
}

}  // namespace rabatt
