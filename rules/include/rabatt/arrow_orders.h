// Orders as Arrow: a table of order lines in through the C data interface, its results out. No Arrow library is needed.
//
//   const auto priced = price_arrow_orders(book, schema, orders, {.fit = ColumnFit::decimal, .threads = 2});
//   ...                                     // priced.lines, priced.orders and their schemas: the caller's
//
// The same answers as price_orders() gives for a table of the same texts. Columns are found by their names, which are
// those of orders.h; all others are not looked at. A column may be of utf8, large_utf8 or utf8_view, of integers of 8
// to 64 bits, decimal32, decimal64 or decimal128, date32, date64, timestamps without a zone, bool or null, and
// dictionary-encoded, with any integer as index. What is no text is read as its text: a number with all its places, a
// date as 2026-03-10, a timestamp as 2026-03-10T09:30:00 (with a fraction of a second it is no date), true and false.
// Offsets, slices and validity bitmaps are honoured; an empty text is a null.
//
// `lines` has a row for each of the input, null where the status is not ok or there is none:
//
//   status                                utf8: "ok", or the code of the row's error; never null
//   list_price, unit_price, discount, gross, discount_amount, net, unit_net, list_amount, saved
//   source, applied_campaign, applied_price_book      utf8
//
// `orders` has a row for each order, by first appearance:
//
//   first_row                             int64: the row at which the order appears first; never null
//   status                                utf8, the first bad row's; never null
//   net, tax, total
//   early_until                           utf8
//   early_discount, early_pay
//   warnings                              int64
//
// Prices and amounts are utf8, or decimal128(38, places), where discount is decimal128(38, 12).
#pragma once

#include <optional>

#include "rabatt/arrow_abi.h"
#include "rabatt/orders.h"

namespace rabatt {

struct ArrowOrderOptions {
  ColumnFit fit = ColumnFit::text;
  std::optional<int> places = std::nullopt;  // of decimal columns, 0 to 38; default: as PricedOrders::places
  int threads = 1;  // that price, the caller's among them; the results are the same
};

// All of them for the caller to release.
struct PricedArrowOrders {
  ArrowSchema lines_schema, orders_schema;
  ArrowArray lines, orders;
  int places;
};

// `schema` and `orders` are those of a struct and stay the caller's. A bad row has its status; with decimal columns one
// whose amounts do not fit is `overflow`. Throws, with the column or all that are missing: missing_field,
// duplicate_field; invalid_decimal for one of floats; invalid_date for timestamps with a zone; invalid_value for other
// types that have no text, for places out of range, and for an array that is not of the schema or not well-formed as
// far as can be seen; limit_exceeded for results of more than 2^31 bytes of text; and damaged_book.
PricedArrowOrders price_arrow_orders(const Book& book, const ArrowSchema& schema, const ArrowArray& orders,
                                     const ArrowOrderOptions& options = {});

}  // namespace rabatt
