#include "order_pricer.h"

#include "in_threads.h"
#include "order_rows.h"
#include "rabatt/hash_map.h"
#include "rabatt/price.h"

namespace rabatt {
namespace {

constexpr std::size_t no_row = ~std::size_t{0};

// Which rows are which order's: rows of the same order point to the next one.
struct GatheredRows {
  std::vector<std::size_t> first_rows;  // by order, by first appearance
  std::vector<std::size_t> next;        // by row
};

// Rows without an order are of none.
GatheredRows gathered(const OrderCells& cells, PricedRows* results) {
  GatheredRows gathered;
  gathered.next.assign(cells.count(), no_row);
  std::vector<std::size_t> last_rows;
  HashMap<std::string_view, std::size_t> numbers;
  TextRoom room, kept;
  std::string_view last_text;
  std::size_t order = 0;
  for (std::size_t row = 0; row < cells.count(); ++row) {
    room.clear();
    auto text = cells.text(row, Known::order, &room);
    if (text.empty()) {
      room.clear();
      results->refuse(row, *fault_of(cells.row(row, &room), cells.columns()));
      continue;
    }
    // rows of an order mostly follow each other
    if (text != last_text) {
      auto known = numbers.find(text);
      if (known == numbers.end()) {
        if (!room.empty()) text = kept.keep(text);
        known = numbers.emplace(text, gathered.first_rows.size()).first;
        gathered.first_rows.push_back(row);
        last_rows.push_back(no_row);
      }
      last_text = known->first;
      order = known->second;
    }
    if (last_rows[order] != no_row) gathered.next[last_rows[order]] = row;
    last_rows[order] = row;
  }
  return gathered;
}

// The ids of price books, which a book itself does not find by their numbers.
class PriceBookIds {
 public:
  explicit PriceBookIds(const Book& book) : ids_(book) {}

  Id operator[](const std::optional<std::string>& number) {
    if (!number) return no_id;
    if (known_.empty()) {
      for (Id id = 0; id < ids_.price_books(); ++id) known_.emplace(ids_.price_book_number(id), id);
    }
    return known_.find(*number)->second;
  }

 private:
  BookIds ids_;
  HashMap<std::string_view, Id> known_;
};

// Prices orders one after the other; each thread has one of these.
class OrderPricer {
 public:
  OrderPricer(const Book& book, const OrderCells& cells, const GatheredRows& gathered, OrderResults* results)
      : book_(book), cells_(cells), gathered_(gathered), lines_(results->lines), orders_(results->orders) {}

  void price(std::size_t order) {
    read(order);
    try {
      const Request request = request_of(row_cells_, good_);
      if (good_.size() == rows_.size()) {
        take(order, price_each_and_total(book_, request));
      } else {
        take_lines(price_each(book_, request));
      }
      hold_steps(request.currency);
    } catch (const Error& error) {
      if (error.code() == Code::damaged_book) throw;  // no fault of the order
      for (const auto i : good_) lines_.refuse(rows_[i], error.code());
    }
    refuse_with_its_rows(order);
  }

 private:
  void read(std::size_t order) {
    rows_.clear();
    row_cells_.clear();
    good_.clear();
    room_.clear();
    for (auto row = gathered_.first_rows[order]; row != no_row; row = gathered_.next[row]) {
      rows_.push_back(row);
      row_cells_.push_back(cells_.row(row, &room_));
      if (const auto fault = fault_of(row_cells_.back(), cells_.columns())) {
        lines_.refuse(row, *fault);
      } else {
        good_.push_back(rows_.size() - 1);
      }
    }
  }

  void take(std::size_t order, const std::variant<Quote, PricedLines>& priced) {
    if (const auto* lines = std::get_if<PricedLines>(&priced)) return take_lines(*lines);
    const auto& quote = std::get<Quote>(priced);
    for (std::size_t i = 0; i < rows_.size(); ++i) take_line(rows_[i], quote.lines[i]);
    take_total(order, quote);
  }

  // The prices or faults of the good lines.
  void take_lines(const PricedLines& priced) {
    for (std::size_t i = 0; i < good_.size(); ++i) {
      const auto row = rows_[good_[i]];
      if (const auto* error = std::get_if<Error>(&priced.lines[i])) {
        lines_.refuse(row, error->code());
      } else {
        take_line(row, std::get<QuoteLine>(priced.lines[i]));
      }
    }
  }

  void take_line(std::size_t row, const QuoteLine& line) {
    lines_.take(row, line, price_books_[line.applied_price_book]);
  }

  // A row needs room for its document's totals too.
  void take_total(std::size_t order, const Quote& quote) {
    orders_.take(order, quote);
    Width width;
    width.hold(quote);
    for (const auto row : rows_) lines_.width(row).hold(width);
  }

  // And for its steps.
  void hold_steps(std::string_view currency) {
    Width width;
    const auto steps = book_.steps_of(currency);
    width.hold(*steps->amount);
    width.hold(*steps->unit);
    for (const auto row : rows_) lines_.width(row).hold(width);
  }

  void refuse_with_its_rows(std::size_t order) {
    for (const auto row : rows_) {
      if (!lines_.is_ok(row)) return orders_.refuse(order, lines_.status(row));
    }
  }

  const Book& book_;
  const OrderCells& cells_;
  const GatheredRows& gathered_;
  PricedRows& lines_;
  PricedOrderRows& orders_;
  PriceBookIds price_books_{book_};
  // of one order
  std::vector<std::size_t> rows_;
  std::vector<RowCells> row_cells_;
  std::vector<std::size_t> good_;  // among them
  TextRoom room_;
};

int column_places(const PricedRows& lines) {
  Widths widths;
  for (std::size_t row = 0; row < lines.count(); ++row) {
    if (lines.is_ok(row)) widths.add(lines.width(row));
  }
  return widths.column_places();
}

// Rows that do not fit are no more; an order has the status of its first bad row.
void refuse_what_does_not_fit(const GatheredRows& gathered, OrderResults* results) {
  for (std::size_t order = 0; order < gathered.first_rows.size(); ++order) {
    bool is_ok = true;
    for (auto row = gathered.first_rows[order]; row != no_row; row = gathered.next[row]) {
      auto& lines = results->lines;
      if (lines.is_ok(row) && !lines.width(row).fits(results->places)) lines.refuse(row, Code::overflow);
      if (is_ok && !lines.is_ok(row)) results->orders.refuse(order, lines.status(row));
      is_ok = is_ok && lines.is_ok(row);
    }
  }
}

}  // namespace

OrderResults priced(const Book& book, const OrderCells& cells, const OrderOptions& options) {
  constexpr std::size_t orders_of_a_part = 16;
  PricedRows lines(book, cells.count());
  const auto rows = gathered(cells, &lines);
  OrderResults results{std::move(lines), PricedOrderRows(rows.first_rows)};
  const auto count = rows.first_rows.size();
  in_threads((count + orders_of_a_part - 1) / orders_of_a_part, options.threads, [&] {
    return [&, pricer = OrderPricer(book, cells, rows, &results)](std::size_t part) mutable {
      const auto end = std::min(count, (part + 1) * orders_of_a_part);
      for (auto order = part * orders_of_a_part; order < end; ++order) pricer.price(order);
    };
  });
  results.places = options.places.value_or(column_places(results.lines));
  if (options.fit == ColumnFit::decimal) refuse_what_does_not_fit(rows, &results);
  return results;
}

}  // namespace rabatt
