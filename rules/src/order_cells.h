// A table of orders as cells of text, whatever its columns are made of.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "text_room.h"

namespace rabatt {

// The columns that mean something, in the order in which a missing one is reported.
struct Known {
  enum Column : std::size_t {
    order,
    date,
    currency,
    item,
    quantity,  // required
    customer,
    organisation,
    campaign,
    code,
    payment_term,
    prices_include_tax,
    unit,
    list_price,
    manual_price,
    manual_discount,
    tax_rate,
  };
  static constexpr std::size_t count = tax_rate + 1;
  static constexpr std::size_t required = quantity + 1;

  static const std::array<std::string_view, count> names;
};

// A row's cells by known column; blank ones are empty.
using RowCells = std::array<std::string_view, Known::count>;

class OrderCells {
 public:
  virtual ~OrderCells() = default;
  OrderCells(const OrderCells&) = delete;
  OrderCells& operator=(const OrderCells&) = delete;

  virtual std::size_t count() const = 0;  // rows

  // The known columns that the table has, in its order.
  const std::vector<std::size_t>& columns() const { return columns_; }

  // The text of a cell of such a column; it lies in the table, or in `room`.
  virtual std::string_view text(std::size_t row, std::size_t column, TextRoom* room) const = 0;

  RowCells row(std::size_t row, TextRoom* room) const {
    RowCells cells;
    for (const auto column : columns_) cells[column] = text(row, column, room);
    return cells;
  }

 protected:
  OrderCells() = default;

  // Where each known column stands among the table's; no two have the same name. Throws missing_field with
  // all that are not there.
  using Places = std::array<std::optional<std::size_t>, Known::count>;
  Places find(const std::vector<std::string_view>& names);

 private:
  std::vector<std::size_t> columns_;
};

}  // namespace rabatt
