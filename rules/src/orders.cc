#include "rabatt/orders.h"

#include <algorithm>
#include <array>

#include "order_pricer.h"
#include "rabatt/hash_map.h"

namespace rabatt {
namespace {

using Cell = std::optional<std::string>;

// A table of text as it is.
class TextCells : public OrderCells {
 public:
  explicit TextCells(const TextTable& table) {
    HashSet<std::string_view> seen;
    std::vector<std::string_view> names;
    for (const auto& column : table) {
      if (!seen.insert(column.name).second) throw Error(Code::duplicate_field, subject_of({}, column.name));
      names.emplace_back(column.name);
    }
    const auto places = find(names);
    for (const auto column : columns()) known_[column] = &table[*places[column]].cells;
    count_ = table.front().cells.size();
  }

  std::size_t count() const override { return count_; }

  std::string_view text(std::size_t row, std::size_t column, TextRoom* /*room*/) const override {
    const auto& cell = (*known_[column])[row];
    return cell ? std::string_view(*cell) : std::string_view();
  }

 private:
  std::size_t count_ = 0;
  std::array<const std::vector<Cell>*, Known::count> known_{};
};

Cell cell_of(std::string_view text) { return text.empty() ? std::nullopt : Cell(text); }

Cell cell_of(const DecimalColumn& column, std::size_t row) {
  return column.has(row) ? Cell(column[row]->text(column.places(row))) : std::nullopt;
}

// The table with its results. In a row that is not ok the input stays.
TextTable line_table(TextTable table, const PricedRows& lines) {
  const auto replace = [&](std::string_view name, const auto& cell, bool everywhere = false) {
    auto column = std::find_if(table.begin(), table.end(), [&](const TextColumn& entry) { return entry.name == name; });
    if (column == table.end()) {
      column = table.insert(table.end(), {std::string(name), std::vector<Cell>(lines.count())});
    }
    for (std::size_t row = 0; row < lines.count(); ++row) {
      if (everywhere || lines.is_ok(row)) column->cells[row] = cell(row);
    }
  };
  replace("status", [&](std::size_t row) { return cell_of(status_text(lines.status(row))); }, true);
  for (std::size_t amount = 0; amount < PricedRows::amounts; ++amount) {
    replace(PricedRows::amount_names[amount], [&](std::size_t row) { return cell_of(lines.amount(amount), row); });
  }
  replace("source", [&](std::size_t row) { return cell_of(lines.source(row)); });
  replace("applied_campaign", [&](std::size_t row) { return cell_of(lines.campaign(row)); });
  replace("applied_price_book", [&](std::size_t row) { return cell_of(lines.price_book(row)); });
  return table;
}

TextTable order_table(const TextCells& cells, const PricedOrderRows& orders) {
  TextTable table;
  const auto add = [&](std::string_view name, const auto& cell) {
    auto& column = table.emplace_back(TextColumn{std::string(name), {}});
    for (std::size_t order = 0; order < orders.count(); ++order) column.cells.push_back(cell(order));
  };
  const auto add_amount = [&](PricedOrderRows::Amount amount) {
    add(PricedOrderRows::amount_names[amount],
        [&](std::size_t order) { return cell_of(orders.amount(amount), order); });
  };
  TextRoom room;
  add("order", [&](std::size_t order) { return cell_of(cells.text(orders.first_row(order), Known::order, &room)); });
  add("status", [&](std::size_t order) { return cell_of(status_text(orders.status(order))); });
  for (const auto amount : {PricedOrderRows::net, PricedOrderRows::tax, PricedOrderRows::total}) add_amount(amount);
  add("early_until", [&](std::size_t order) { return cell_of(orders.early_until(order)); });
  add_amount(PricedOrderRows::early_discount);
  add_amount(PricedOrderRows::early_pay);
  add("warnings", [&](std::size_t order) {
    const auto warnings = orders.warnings(order);
    return warnings ? Cell(std::to_string(*warnings)) : std::nullopt;
  });
  return table;
}

}  // namespace

PricedOrders price_orders(const Book& book, const TextTable& orders, ColumnFit fit, int threads) {
  const TextCells cells(orders);
  const auto results = priced(book, cells, {.fit = fit, .threads = threads});
  return {line_table(orders, results.lines), order_table(cells, results.orders), results.places};
}

ColumnKind kind_of_column(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 12> amounts = {"list_price", "unit_price", "gross",          "discount_amount",
                                                        "net",        "unit_net",   "list_amount",    "saved",
                                                        "tax",        "total",      "early_discount", "early_pay"};
  if (name == "discount") return ColumnKind::percent;
  if (name == "warnings") return ColumnKind::count;
  return std::find(amounts.begin(), amounts.end(), name) != amounts.end() ? ColumnKind::amount : ColumnKind::text;
}

}  // namespace rabatt
