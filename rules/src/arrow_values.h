// The values of one Arrow array, as far as can be seen well-formed: what is not throws invalid_value with the column.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_type.h"
#include "rabatt/arrow_abi.h"
#include "rabatt/batch.h"

namespace rabatt {

class ArrowValues {
 public:
  // Rows `first` to `first + count` of what `array` has of its own offset on.
  ArrowValues(const ArrowArray& array, const ArrowType& type, std::size_t first, std::size_t count,
              std::string_view column);

  const ArrowType& type() const { return type_; }
  std::size_t count() const { return count_; }
  std::string_view column() const { return column_; }

  // Not for arrays of type null, which have no values at all.
  bool has_nulls() const { return valid_.bits != nullptr || type_.kind == ArrowType::null; }
  bool has(std::size_t row) const { return type_.kind != ArrowType::null && valid_[row]; }
  Validity valid(std::size_t row) const { return {valid_.bits, valid_.offset + row}; }

  // Where the value of `row` lies, in types of whole bytes.
  const void* at(std::size_t row) const {
    return static_cast<const char*>(data_) + (offset_ + row) * static_cast<std::size_t>(type_.bytes);
  }

  // The values of rows that have one.
  bool flag(std::size_t row) const;
  Int128 integer(std::size_t row) const;  // integers, mantissas of decimals, counts of days and moments
  std::string_view text(std::size_t row) const;

  // The text of texts and integers; `room` is for what has to be made.
  std::string_view any_text(std::size_t row, std::string* room) const;

  // All memory that the texts or integers of rows lie in: of equal arrays mostly equal, of others never.
  std::vector<std::string_view> memory() const;

  [[noreturn]] void refuse() const;

 private:
  std::int64_t offset_at(std::size_t row) const;
  std::string_view offset_text(std::size_t row) const;
  std::string_view view_text(std::size_t row) const;

  ArrowType type_;
  std::string_view column_;
  std::size_t offset_ = 0;
  std::size_t count_ = 0;
  Validity valid_;
  const void* data_ = nullptr;  // values, offsets or views
  const char* bytes_ = nullptr;  // of texts with offsets
  const void* const* parts_ = nullptr;  // of views
  std::size_t part_count_ = 0;
  const std::int64_t* part_sizes_ = nullptr;
};

}  // namespace rabatt
