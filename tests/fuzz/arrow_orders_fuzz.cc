// Tables of orders in Arrow's structs, of any kind. Refused as a whole, or priced to two well-formed tables, the same
// by two threads.

#include "arrow_table.h"
#include "full_book.h"
#include "rabatt/arrow_orders.h"
#include "rabatt/batch.h"
#include "require.h"

namespace rabatt {
namespace {

constexpr const char* required[] = {"order", "date", "currency", "item", "quantity"};
constexpr const char* others[] = {
    "customer",   "organisation", "campaign",        "code", "payment_term", "tax_rate", "prices_include_tax", "unit",
    "list_price", "manual_price", "manual_discount", "note", "item",         "net"};

const Book& shop() {
  static const Book book = Book::build(full_book());
  return book;
}

std::string_view value(std::string_view format, const ArrowArray& values, std::size_t row) {
  const auto* from = static_cast<const char*>(values.buffers[1]);
  if (format != "u") {
    const std::size_t width = format == "l" ? 8 : 16;
    return {from + row * width, width};
  }
  const auto* offsets = static_cast<const std::int32_t*>(values.buffers[1]) + row;
  require(offsets[0] >= 0 && offsets[0] <= offsets[1], "texts follow each other");
  return {static_cast<const char*>(values.buffers[2]) + offsets[0], static_cast<std::size_t>(offsets[1] - offsets[0])};
}

// All of a table, which is released.
std::string contents(ArrowSchema* schema, ArrowArray* table) {
  require(schema->n_children == table->n_children, "the array is of the schema");
  std::string bytes;
  for (std::int64_t column = 0; column < table->n_children; ++column) {
    const ArrowArray& values = *table->children[column];
    const std::string_view format = schema->children[column]->format;
    const std::string_view name = schema->children[column]->name;
    require(values.length == table->length && values.n_buffers == (format == "u" ? 3 : 2), "a column is whole");
    require(values.null_count == 0 || (name != "status" && name != "first_row"), "what is never null");
    const Validity valid{static_cast<const std::uint8_t*>(values.buffers[0])};
    bytes.append(name).append(format);
    for (std::size_t row = 0; row < static_cast<std::size_t>(values.length); ++row) {
      bytes.push_back(valid[row] ? '1' : '0');
      if (valid[row]) bytes.append(value(format, values, row)).push_back('\n');
    }
  }
  schema->release(schema);
  table->release(table);
  return bytes;
}

void check_first_rows(const ArrowArray& orders, std::int64_t rows) {
  const auto* first_rows = static_cast<const std::int64_t*>(orders.children[0]->buffers[1]);
  std::int64_t last = -1;
  for (std::int64_t order = 0; order < orders.length; ++order) {
    require(first_rows[order] > last && first_rows[order] < rows, "orders by first appearance");
    last = first_rows[order];
  }
}

// Nothing if it was refused.
std::optional<std::string> results(const Table& table, const ArrowOrderOptions& options) {
  std::optional<PricedArrowOrders> priced;
  if (is_refused([&] { priced = price_arrow_orders(shop(), table.schema(), table.array(), options); })) {
    return std::nullopt;
  }
  require(priced->lines.length == table.array().length, "every row has a result");
  check_first_rows(priced->orders, priced->lines.length);
  const auto lines = contents(&priced->lines_schema, &priced->lines);
  return lines + contents(&priced->orders_schema, &priced->orders) + std::to_string(priced->places);
}

void check(std::span<const std::uint8_t> bytes) {
  Input input(bytes);
  ArrowOrderOptions options;
  if (input.one_in(2)) options.fit = ColumnFit::decimal;
  if (input.one_in(10)) options.places = input.byte() % 40;
  const Table table(&input, required, others);
  const auto first = results(table, options);
  options.threads = 2;
  require(first == results(table, options), "twice the same");
}

}  // namespace
}  // namespace rabatt

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  rabatt::check({data, size});
  return 0;
}
