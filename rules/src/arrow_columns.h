// A struct of the C data interface as a table: its schema, its rows, and the columns of it that are read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow_values.h"

namespace rabatt {

// A column of a schema.
struct ArrowField {
  std::size_t child = 0;
  ArrowType type;  // of the values
  std::optional<ArrowType> index = std::nullopt;  // where they are dictionary-encoded
};

// The names of the columns. Throws invalid_value with the subject for what is no struct, duplicate_field with the name.
std::vector<std::string> column_names(const ArrowSchema& table, std::string_view subject);

// Throws invalid_value with the name for what cannot be a column.
ArrowField arrow_field(const ArrowSchema& table, std::size_t child, std::string_view name);

// The first row of the children, and how many there are. Throws invalid_value with the subject: for a null row too, as
// a row of a table is there or not.
std::pair<std::size_t, std::size_t> rows_of(const ArrowArray& table, std::string_view subject);

// A column of an array: values, behind indexes where they are dictionary-encoded.
class ArrowColumn {
 public:
  // Rows `first` to `first + count` of the field's child. Throws invalid_value with the name.
  ArrowColumn(const ArrowArray& table, const ArrowField& field, std::size_t first, std::size_t count,
              std::string_view name);

  const ArrowValues& values() const { return values_; }
  const ArrowValues* indexes() const { return indexes_ ? &*indexes_ : nullptr; }

  // Where the value of a row is among the values; nothing for a null. Throws for an index without a value.
  std::optional<std::size_t> place(std::size_t row) const;

 private:
  ArrowValues values_;
  std::optional<ArrowValues> indexes_;
};

}  // namespace rabatt
