#include "rabatt/arrow_orders.h"

#include "arrow_order_cells.h"
#include "order_output.h"

namespace rabatt {
namespace {

struct HandedOut {
  Owned<ArrowSchema> schema;
  Owned<ArrowArray> array;
};

HandedOut handed_out(const OrderOutput& output, std::size_t count) {
  std::vector<Owned<ArrowArray>> columns;
  for (const auto& column : output.columns) columns.push_back(exported(column));
  return {exported(output.fields), exported(static_cast<std::int64_t>(count), std::move(columns))};
}

}  // namespace

PricedArrowOrders price_arrow_orders(const Book& book, const ArrowSchema& schema, const ArrowArray& orders,
                                     const ArrowOrderOptions& options) {
  if (options.places && (*options.places < 0 || *options.places > Decimal::max_places)) {
    throw Error(Code::invalid_value, subject_of("places", std::to_string(*options.places)));
  }
  const ArrowOrderCells cells(schema, orders);
  OrderOptions how{options.fit, options.places, options.threads};
  auto results = priced(book, cells, how);
  how.places = results.places;
  auto lines = handed_out(output_of(&results.lines, how), cells.count());
  auto by_order = handed_out(output_of(&results.orders, how), results.orders.count());
  return {lines.schema.taken(), by_order.schema.taken(), lines.array.taken(), by_order.array.taken(), results.places};
}

}  // namespace rabatt
