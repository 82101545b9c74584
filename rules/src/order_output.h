// The results of a table of orders as arrays to be handed out.
#pragma once

#include "arrow_export.h"
#include "order_pricer.h"

namespace rabatt {

// A table: its columns, and what they are.
struct OrderOutput {
  std::vector<ArrowFieldOut> fields;
  std::vector<ArrowColumnOut> columns;
};

// Takes over the memory of the decimals; `places` must be given. Throws limit_exceeded with the column for more than
// 2^31 bytes of text.
OrderOutput output_of(PricedRows* lines, const OrderOptions& options);
OrderOutput output_of(PricedOrderRows* orders, const OrderOptions& options);

}  // namespace rabatt
