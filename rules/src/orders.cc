#include "rabatt/orders.h"

#include <algorithm>
#include <array>

#include "column_width.h"
#include "order_rows.h"
#include "rabatt/hash_map.h"
#include "rabatt/names.h"
#include "rabatt/price.h"

namespace rabatt {
namespace {

using Cell = std::optional<std::string>;

constexpr std::array<std::string_view, 13> line_columns = {"status",
                                                           "list_price",
                                                           "unit_price",
                                                           "discount",
                                                           "gross",
                                                           "discount_amount",
                                                           "net",
                                                           "unit_net",
                                                           "list_amount",
                                                           "saved",
                                                           "source",
                                                           "applied_campaign",
                                                           "applied_price_book"};
constexpr std::array<std::string_view, 9> order_columns = {
    "order", "status", "net", "tax", "total", "early_until", "early_discount", "early_pay", "warnings"};

using LineCells = std::array<Cell, line_columns.size()>;
using OrderCells = std::array<Cell, order_columns.size()>;

Cell shortest(const std::optional<Decimal>& value) { return value ? Cell(value->text()) : std::nullopt; }

// Amounts have the places of their step already.
Cell in_full(const std::optional<Decimal>& amount) {
  return amount ? Cell(amount->text(amount->places())) : std::nullopt;
}

LineCells cells_of(const QuoteLine& line) {
  return {"ok",
          shortest(line.list_price),
          shortest(line.unit_price),
          shortest(line.discount),
          in_full(line.gross),
          in_full(line.discount_amount),
          in_full(line.net),
          shortest(line.unit_net),
          in_full(line.list_amount),
          in_full(line.saved),
          std::string(name_of(line.source)),
          line.applied_campaign,
          line.applied_price_book};
}

OrderCells cells_of(std::string_view order, const Quote& quote) {
  OrderCells cells{std::string(order), "ok", in_full(quote.net), in_full(quote.tax), in_full(quote.total)};
  if (quote.payment && !quote.payment->early.empty()) {
    const auto& early = quote.payment->early.front();
    cells[5] = text_of(early.until);
    cells[6] = in_full(early.discount);
    cells[7] = in_full(early.pay);
  }
  cells[8] = std::to_string(quote.warnings.size());
  return cells;
}

class OrderPricer {
 public:
  OrderPricer(const Book& book, const TextTable& table)
      : book_(book), table_(table), rows_(table), results_(rows_.count()) {}

  PricedOrders run(ColumnFit column_fit) {
    gather_orders();
    for (auto& order : orders_) price_order(&order);
    const int places = column_places(widths());
    if (column_fit == ColumnFit::decimal) refuse_what_does_not_fit(places);
    return {line_table(), order_table(), places};
  }

 private:
  struct RowResult {
    std::optional<Code> fault;
    std::optional<QuoteLine> line;
    Width width;
  };

  struct Order {
    std::vector<std::size_t> rows;
    std::optional<Quote> quote;  // where every row is ok
  };

  void gather_orders() {
    HashMap<std::string_view, std::size_t> numbers;
    for (std::size_t row = 0; row < rows_.count(); ++row) {
      results_[row].fault = rows_.fault(row);
      if (rows_.order(row).empty()) continue;
      const auto [entry, added] = numbers.try_emplace(rows_.order(row), orders_.size());
      if (added) orders_.emplace_back();
      orders_[entry->second].rows.push_back(row);
    }
  }

  void price_order(Order* order) {
    std::vector<std::size_t> good;
    std::copy_if(order->rows.begin(), order->rows.end(), std::back_inserter(good),
                 [&](std::size_t row) { return !results_[row].fault; });
    try {
      const Request request = rows_.request(order->rows, good);
      PricedLines priced = price_each(book_, request);
      if (take_lines(good, priced) && good.size() == order->rows.size()) {
        order->quote = total(book_, request, std::move(priced));
      }
      note_widths(*order, request.currency);
    } catch (const Error& error) {
      if (error.code() == Code::damaged_book) throw;  // no fault of the order
      for (const auto row : good) results_[row] = {error.code(), std::nullopt, {}};
    }
  }

  // The prices or faults of lines, by row; whether all are good.
  bool take_lines(const std::vector<std::size_t>& rows, const PricedLines& priced) {
    bool all_good = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto& result = results_[rows[i]];
      if (const auto* error = std::get_if<Error>(&priced.lines[i])) {
        result.fault = error->code();
        all_good = false;
        continue;
      }
      result.line = std::get<QuoteLine>(priced.lines[i]);
    }
    return all_good;
  }

  // A row needs room for its document's steps and totals too.
  void note_widths(const Order& order, std::string_view currency) {
    Width document;
    const auto steps = book_.steps_of(currency);
    document.hold(*steps->amount);
    document.hold(*steps->unit);
    if (order.quote) document.hold(*order.quote);
    for (const auto row : order.rows) {
      if (!results_[row].line) continue;
      results_[row].width = document;
      results_[row].width.hold(*results_[row].line);
    }
  }

  std::vector<Width> widths() const {
    std::vector<Width> widths;
    for (const auto& result : results_) {
      if (result.line) widths.push_back(result.width);
    }
    return widths;
  }

  void refuse_what_does_not_fit(int places) {
    for (auto& order : orders_) {
      for (const auto row : order.rows) {
        if (!results_[row].line || results_[row].width.fits(places)) continue;
        results_[row] = {Code::overflow, std::nullopt, {}};
        order.quote.reset();
      }
    }
  }

  TextTable line_table() const {
    TextTable table = table_;
    std::vector<std::size_t> places;  // of each result column in the table
    for (const auto name : line_columns) {
      const auto found =
          std::find_if(table.begin(), table.end(), [&](const TextColumn& column) { return column.name == name; });
      places.push_back(static_cast<std::size_t>(found - table.begin()));
      if (found == table.end()) table.push_back({std::string(name), std::vector<Cell>(rows_.count())});
    }
    for (std::size_t row = 0; row < rows_.count(); ++row) {
      if (results_[row].fault) {
        table[places[0]].cells[row] = slug(*results_[row].fault);
        continue;
      }
      auto cells = cells_of(*results_[row].line);
      for (std::size_t i = 0; i < cells.size(); ++i) table[places[i]].cells[row] = std::move(cells[i]);
    }
    return table;
  }

  TextTable order_table() const {
    TextTable table;
    for (const auto name : order_columns) table.push_back({std::string(name), {}});
    for (const auto& order : orders_) {
      const auto number = rows_.order(order.rows.front());
      OrderCells cells{std::string(number)};
      if (order.quote) {
        cells = cells_of(number, *order.quote);
      } else {
        const auto bad = std::find_if(order.rows.begin(), order.rows.end(),
                                      [&](std::size_t row) { return results_[row].fault.has_value(); });
        cells[1] = slug(*results_[*bad].fault);
      }
      for (std::size_t i = 0; i < cells.size(); ++i) table[i].cells.push_back(std::move(cells[i]));
    }
    return table;
  }

  const Book& book_;
  const TextTable& table_;
  OrderRows rows_;
  std::vector<RowResult> results_;
  std::vector<Order> orders_;
};

}  // namespace

PricedOrders price_orders(const Book& book, const TextTable& orders, ColumnFit fit) {
  return OrderPricer(book, orders).run(fit);
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
