// Orders as tables: many documents as one table of text, a row per line.
//
// Columns, in the words of the request: order, date, currency, item, quantity (these must be there), customer,
// organisation, campaign, code, payment_term, prices_include_tax (true/false, 1/0, any case), unit, list_price,
// manual_price, manual_discount, tax_rate. Other columns are carried through. Rows with the same `order` are one
// document, adjacent or not; its fields must agree, and a blank agrees with anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/book.h"

namespace rabatt {

// A column of text; nullopt and empty text are blank. Every column of a table has as many cells as there are rows.
struct TextColumn {
  std::string name;
  std::vector<std::optional<std::string>> cells;
};

using TextTable = std::vector<TextColumn>;

struct PricedOrders {
  // In input order: the input's columns, then status (`ok`, or the code of the row's error), list_price, unit_price,
  // discount, gross, discount_amount, net, unit_net, list_amount, saved, source, applied_campaign,
  // applied_price_book. An input column of such a name is replaced in its place where the row is ok.
  TextTable lines;
  // One row per order, by first appearance: order, status (the first bad row's), net, tax, total, early_until,
  // early_discount, early_pay (of the first tier), warnings (their count); blank where the status is not ok.
  TextTable orders;
  // The places of the columns of amounts and prices: the most that any step or price needs. Where a row has so many
  // places, or so large an amount, that not all rows fit into 38 digits, the fewest with which the most rows fit.
  int places = 0;
};

enum class ColumnFit {
  text,     // a text holds any decimal
  decimal,  // a decimal column has 38 digits: a row with an amount that does not fit is `overflow`
};

// A row's own error comes from its cells first, then from its document, then from pricing its line; a bad row changes
// no other row. Throws missing_field with all columns that are missing, or duplicate_field with the column, where the
// table as a whole cannot be read, and damaged_book. By so many threads, the caller's among them; the results are the
// same.
PricedOrders price_orders(const Book& book, const TextTable& orders, ColumnFit fit = ColumnFit::text, int threads = 1);

// Whether a column of this name in the result holds amounts and prices, percentages, or text.
enum class ColumnKind { text, amount, percent, count };
ColumnKind kind_of_column(std::string_view name) noexcept;

}  // namespace rabatt
