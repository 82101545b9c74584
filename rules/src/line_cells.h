// The columns of one array of lines, by field, in the order of the table.
#pragma once

#include <vector>

#include "line_fields.h"

namespace rabatt {

// A column of the schema that is read.
struct BoundColumn {
  const LineField* field;
  std::size_t child;
  ArrowType type;  // of the values
  std::optional<ArrowType> index;  // where they are dictionary-encoded
};

// A column of an array: values, behind indexes where they are dictionary-encoded.
class LineCells {
 public:
  // Rows `first` to `first + count` of `array`.
  LineCells(const ArrowArray& array, const BoundColumn& bound, std::size_t first, std::size_t count);

  const LineField& field() const { return *field_; }
  const ArrowValues& values() const { return values_; }
  const ArrowValues* indexes() const { return indexes_ ? &*indexes_ : nullptr; }

  // Where the value of a row is among the values; nothing for a null. Throws for an index without a value.
  std::optional<std::size_t> place(std::size_t row) const;

  // What stands in the row's cell, leaving aside its value.
  struct State {
    bool is_blank = true;
    Fault fault = std::nullopt;
  };
  State state(std::size_t row, const BookIds& ids) const;

 private:
  const LineField* field_;
  ArrowValues values_;
  std::optional<ArrowValues> indexes_;
};

}  // namespace rabatt
