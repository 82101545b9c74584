// The columns of a table of lines that are read, and what each cell of them means.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "arrow_values.h"
#include "cell_checks.h"
#include "rabatt/batch.h"

namespace rabatt {

enum class FieldKind : std::uint8_t { text, number, date, flag };

struct LineField {
  std::string_view name;
  FieldKind kind;
  bool required = false;
  // of texts
  Id (BookIds::*find)(std::string_view) const = nullptr;
  Fault (*check_text)(std::string_view) = nullptr;
  Column<Id> LineColumns::* ids = nullptr;
  // of numbers
  Fault (*check_number)(const Decimal&) = nullptr;
  NumberColumn LineColumns::* numbers = nullptr;
  bool is_price = false;

  // Throws what is wrong with a column of such a type.
  void check_type(const ArrowType& type) const;
};

extern const std::array<LineField, 13> line_fields;
const LineField* line_field_named(std::string_view name);  // null if there is none

// What stands in a cell: nothing, a value, or a fault (with or without a value).
template <class T>
struct Cell {
  std::optional<T> value = std::nullopt;
  Fault fault = std::nullopt;
};

// Of a row that has a value.
Cell<Id> id_cell(const ArrowValues& values, std::size_t row, const LineField& field, const BookIds& ids);
Cell<Decimal> number_cell(const ArrowValues& values, std::size_t row, const LineField& field);
Cell<std::int64_t> date_cell(const ArrowValues& values, std::size_t row);  // in seconds
Cell<std::uint8_t> flag_cell(const ArrowValues& values, std::size_t row);

}  // namespace rabatt
