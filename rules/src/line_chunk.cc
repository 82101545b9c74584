#include "line_chunk.h"

#include <cstring>

namespace rabatt {

LineChunk::LineChunk(const ArrowArray& array, const std::vector<BoundColumn>& columns, const LineDefaults& defaults,
                     const BookIds& ids, IdTables* tables)
    : defaults_(defaults), ids_(ids) {
  const auto [first, count] = rows_of(array, "lines");
  count_ = count;
  for (const auto& bound : columns) {
    const auto& cells = columns_.emplace_back(array, bound, first, count_);
    const bool is_looked_up = bound.field->kind == FieldKind::text && cells.indexes();
    tables_.push_back(is_looked_up ? tables->table(cells.values(), *bound.field) : nullptr);
  }
  has_one_day_ = find_one_day();
}

Fault LineChunk::fault(std::size_t row) const {
  bool is_missing = false;
  for (const auto& cells : columns_) {
    const auto state = cells.state(row, ids_);
    if (state.fault) return state.fault;
    is_missing |= cells.field().required && state.is_blank;
  }
  return is_missing ? Fault(Code::missing_field) : std::nullopt;
}

bool LineChunk::find_one_day() {
  if (count_ == 0) return false;
  for (const auto& cells : columns_) {
    const bool is_date = cells.field().kind == FieldKind::date;
    if (!is_date && cells.field().name != "currency") continue;
    if (!same_in_all_rows(cells)) return false;
    const auto place = cells.place(0);
    if (!place) return false;
    if (is_date) {
      defaults_.second = date_cell(cells.values(), *place).value;
      if (!defaults_.second) return false;
    } else {
      const auto currency = id_cell(cells.values(), *place, cells.field(), ids_);
      if (currency.fault || !currency.value) return false;
      defaults_.currency = *currency.value;
    }
  }
  return true;
}

bool LineChunk::same_in_all_rows(const LineCells& cells) const {
  const auto& values = cells.indexes() ? *cells.indexes() : cells.values();
  if (values.type().kind == ArrowType::null) return false;
  if (values.has_nulls()) {
    for (std::size_t row = 0; row < count_; ++row) {
      if (!values.has(row)) return false;
    }
  }
  if (values.type().is_text()) {
    const auto first = values.text(0);
    for (std::size_t row = 1; row < count_; ++row) {
      if (values.text(row) != first) return false;
    }
    return true;
  }
  if (values.type().bytes == 0) return false;
  // each row is as the one before it
  const auto size = static_cast<std::size_t>(values.type().bytes) * (count_ - 1);
  return std::memcmp(values.at(0), values.at(1), size) == 0;
}

}  // namespace rabatt
