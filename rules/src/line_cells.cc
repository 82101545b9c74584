#include "line_cells.h"

namespace rabatt {
namespace {

template <class T>
LineCells::State state_of(const Cell<T>& cell) {
  return {!cell.value && !cell.fault, cell.fault};
}

}  // namespace

LineCells::LineCells(const ArrowArray& lines, const BoundColumn& bound, std::size_t first, std::size_t count)
    : ArrowColumn(lines, bound.column, first, count, bound.field->name), field_(bound.field) {}

LineCells::State LineCells::state(std::size_t row, const BookIds& ids) const {
  const auto at = place(row);
  if (!at) return {};
  switch (field_->kind) {
    case FieldKind::text: return state_of(id_cell(values(), *at, *field_, ids));
    case FieldKind::number: return state_of(number_cell(values(), *at, *field_));
    case FieldKind::date: return state_of(date_cell(values(), *at));
    case FieldKind::flag: return state_of(flag_cell(values(), *at));
  }
  return {};
}

}  // namespace rabatt
