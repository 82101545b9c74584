// A table of orders priced: its rows gathered into documents, each document checked, priced and added up.
#pragma once

#include "order_cells.h"
#include "order_results.h"
#include "rabatt/orders.h"

namespace rabatt {

struct OrderOptions {
  ColumnFit fit = ColumnFit::text;
  std::optional<int> places = std::nullopt;  // of decimal columns; default: PricedOrders::places
  int threads = 1;
};

struct OrderResults {
  PricedRows lines;
  PricedOrderRows orders;
  int places = 0;
};

OrderResults priced(const Book& book, const OrderCells& cells, const OrderOptions& options);

}  // namespace rabatt
