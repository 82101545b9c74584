#include "line_cells.h"

namespace rabatt {
namespace {

const ArrowArray& values_array(const ArrowArray& array, const BoundColumn& bound) {
  if (!bound.index) return array;
  if (!array.dictionary || array.dictionary->length < 0) throw Error(Code::invalid_value, bound.field->name);
  return *array.dictionary;
}

template <class T>
LineCells::State state_of(const Cell<T>& cell) {
  return {!cell.value && !cell.fault, cell.fault};
}

}  // namespace

LineCells::LineCells(const ArrowArray& array, const BoundColumn& bound, std::size_t first, std::size_t count)
    : field_(bound.field),
      values_(values_array(array, bound), bound.type, bound.index ? 0 : first,
              bound.index ? static_cast<std::size_t>(values_array(array, bound).length) : count, bound.field->name) {
  if (bound.index) indexes_.emplace(array, *bound.index, first, count, bound.field->name);
}

std::optional<std::size_t> LineCells::place(std::size_t row) const {
  std::size_t place = row;
  if (indexes_) {
    if (!indexes_->has(row)) return std::nullopt;
    const Int128 index = indexes_->integer(row);
    if (index < 0 || index >= static_cast<Int128>(values_.count())) values_.refuse();
    place = static_cast<std::size_t>(index);
  }
  return values_.has(place) ? std::optional(place) : std::nullopt;
}

LineCells::State LineCells::state(std::size_t row, const BookIds& ids) const {
  const auto at = place(row);
  if (!at) return {};
  switch (field_->kind) {
    case FieldKind::text: return state_of(id_cell(values_, *at, *field_, ids));
    case FieldKind::number: return state_of(number_cell(values_, *at, *field_));
    case FieldKind::date: return state_of(date_cell(values_, *at));
    case FieldKind::flag: return state_of(flag_cell(values_, *at));
  }
  return {};
}

}  // namespace rabatt
