// A table of orders that is an Arrow struct.
#pragma once

#include "arrow_columns.h"
#include "order_cells.h"

namespace rabatt {

class ArrowOrderCells : public OrderCells {
 public:
  // Throws missing_field and duplicate_field with the column, what is wrong with a column's type, and invalid_value
  // for arrays that are not of the schema. The table lives as long as this.
  ArrowOrderCells(const ArrowSchema& schema, const ArrowArray& orders);

  std::size_t count() const override { return count_; }
  std::string_view text(std::size_t row, std::size_t column, TextRoom* room) const override;

 private:
  std::size_t count_ = 0;
  std::array<std::optional<ArrowColumn>, Known::count> known_;
};

}  // namespace rabatt
