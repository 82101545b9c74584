// Lines as Arrow: tables in and out through the C data interface, priced by the batch. No Arrow library is needed.
//
//   ArrowPricer pricer(std::make_shared<BatchPricer>(book), schema, {.date = Date::from("2026-03-10"), .currency =
//   "EUR"}); ArrowSchema priced_schema; pricer.schema(&priced_schema); ArrowArray priced; pricer.price(lines, &priced);
//   // of each array of such a schema
//
// Every row is a document of one line, priced as price() prices it. Columns are found by their names, which are those
// of orders.h: item and quantity must be there, date and currency too where the options do not give them; customer,
// organisation, campaign, code, prices_include_tax, unit, list_price, manual_price, manual_discount are read where they
// are there. All others (order, payment_term, tax_rate …) are not looked at.
//
// | column         | types |
// | texts          | utf8, large_utf8, utf8_view, integers |
// | numbers        | integers of 8 to 64 bits, decimal32, decimal64, decimal128, or texts |
// | date           | date32, date64, timestamp without a zone, or texts |
// | tax mode       | bool, integers, or texts |
//
// Each may be dictionary-encoded, with any integer as index, or null. Offsets, slices and validity bitmaps are
// honoured; an empty text is a null. What is read where it lies, without a copy: int32, int64, decimals, date32,
// timestamp[s]. Dictionary-encoded texts are looked up once per dictionary, plain ones row by row; the latter, and
// numbers and dates as texts, take several times longer.
//
// The results are columns of their own, in this order, or those of them that are wanted:
//
//   status                                dictionary<int8, utf8>: "ok", or the code of the row's error; never null
//   list_price, unit_price                decimal128(38, places)
//   discount                              decimal128(38, 12), percent
//   gross, discount_amount, net, unit_net, list_amount, saved      decimal128(38, places)
//   source                                dictionary<int32, utf8>
//   applied_campaign, applied_price_book  dictionary<int32, utf8>: all of the book, one dictionary for all arrays
//
// Null where the status is not ok, or there is none. Buffers are aligned to 64 bytes.
//
// A row's status is that of an order of this one row in price_orders(): the first fault of its cells, in the order of
// the columns, then what is missing, then what price() says of it. A row that needs more than `places`, or with so many
// more than 38 digits, is `overflow`. They are fixed with the schema: those of the book's prices, its currencies' steps
// and the columns of prices, but at most 20 (columns of texts do not say how many they have), or the caller's choice.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/arrow_abi.h"
#include "rabatt/batch_pricer.h"

namespace rabatt {

struct ArrowLineOptions {
  // For tables without such columns; duplicate_field where there is both.
  std::optional<Date> date = std::nullopt;
  std::string currency = {};

  std::vector<std::string> columns = {};  // the results that are wanted; none: all
  std::optional<int> places =
      std::nullopt;  // of prices and amounts; default: what the book and the columns of prices have
  BatchOptions batch = {};
};

// Bound to one schema. One thread at a time may use it: it keeps what it has looked up of the last dictionaries. The
// BatchPricer may be shared.
class ArrowPricer {
 public:
  // `lines` is the schema of a struct. Throws, with the column or all that are missing: missing_field, duplicate_field;
  // invalid_decimal for one of floats; invalid_date for timestamps with a zone; invalid_value for a type that cannot be
  // such a column, for places outside 0 … 38 and for wanted columns that are none; invalid_identifier for a currency
  // that is none.
  ArrowPricer(std::shared_ptr<const BatchPricer> pricer, const ArrowSchema& lines,
              const ArrowLineOptions& options = {});
  ~ArrowPricer();
  ArrowPricer(ArrowPricer&&) noexcept;
  ArrowPricer& operator=(ArrowPricer&&) noexcept;

  int places() const noexcept;

  // The schema of the results, for the caller to release.
  void schema(ArrowSchema* priced) const;

  // Prices an array of the schema into a new one, for the caller to release; `lines` stays the caller's and is not
  // needed any more. A bad row has its status. Throws invalid_value, with the column, for an array that is not of the
  // schema or not well-formed as far as can be seen: then there is no new array.
  void price(const ArrowArray& lines, ArrowArray* priced);

 private:
  class Binding;
  std::unique_ptr<Binding> binding_;
};

// A stream priced array by array, as the caller asks for them: its memory is that of one array. The new stream takes
// over `lines`, unless this throws: as the ArrowPricer, or invalid_value with the message of a stream that fails. Later
// errors are the new stream's own: EINVAL with "code: subject" as the last error, or what `lines` said. With
// `keep_input` its arrays have the columns of the input too (moved, not copied), the results behind them or, where an
// input column has the name of one, in its place.
void price_arrow_stream(std::shared_ptr<const BatchPricer> pricer, ArrowArrayStream* lines, ArrowArrayStream* priced,
                        const ArrowLineOptions& options = {}, bool keep_input = false);

}  // namespace rabatt
