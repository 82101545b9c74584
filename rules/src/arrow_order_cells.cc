#include "arrow_order_cells.h"

#include "arrow_text.h"

namespace rabatt {

ArrowOrderCells::ArrowOrderCells(const ArrowSchema& schema, const ArrowArray& orders) {
  const auto names = column_names(schema, "orders");
  const auto places = find({names.begin(), names.end()});
  const auto [first, count] = rows_of(orders, "orders");
  count_ = count;
  for (const auto column : columns()) {
    const auto name = Known::names[column];
    const auto field = arrow_field(schema, *places[column], name);
    check_has_text(field.type, name);
    known_[column].emplace(orders, field, first, count, name);
  }
}

std::string_view ArrowOrderCells::text(std::size_t row, std::size_t column, TextRoom* room) const {
  const auto& cells = *known_[column];
  const auto place = cells.place(row);
  return place ? text_of(cells.values(), *place, room) : std::string_view();
}

}  // namespace rabatt
