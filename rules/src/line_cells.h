// The columns of one array of lines, by field, in the order of the table.
#pragma once

#include "arrow_columns.h"
#include "line_fields.h"

namespace rabatt {

// A column of the schema that is read.
struct BoundColumn {
  const LineField* field;
  ArrowField column;
};

class LineCells : public ArrowColumn {
 public:
  // Rows `first` to `first + count` of an array.
  LineCells(const ArrowArray& lines, const BoundColumn& bound, std::size_t first, std::size_t count);

  const LineField& field() const { return *field_; }

  // What stands in the row's cell, leaving aside its value.
  struct State {
    bool is_blank = true;
    Fault fault = std::nullopt;
  };
  State state(std::size_t row, const BookIds& ids) const;

 private:
  const LineField* field_;
};

}  // namespace rabatt
