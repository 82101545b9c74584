// A column of decimals of any places, in the memory of the decimal128 column that it may become.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "rabatt/decimal.h"

namespace rabatt {

class DecimalColumn {
 public:
  explicit DecimalColumn(std::size_t count);

  // Rows may be set by several threads; those that are not set have no value.
  void set(std::size_t row, const std::optional<Decimal>& value);

  bool has(std::size_t row) const { return places_[row] != none; }
  std::optional<Decimal> operator[](std::size_t row) const;
  Int128 mantissa(std::size_t row) const { return mantissas()[row]; }  // of a row that has a value
  int places(std::size_t row) const { return places_[row]; }

  // Gives all values so many places, which they fit into, and the rows that have none a zero.
  void scale(int places);

  void forget(std::size_t row) { places_[row] = none; }

  std::size_t count() const { return places_.size(); }
  std::shared_ptr<const void> memory() const { return memory_; }

 private:
  static constexpr std::int8_t none = -1;

  Int128* mantissas() const { return static_cast<Int128*>(memory_.get()); }

  std::shared_ptr<void> memory_;
  std::vector<std::int8_t> places_;
};

}  // namespace rabatt
