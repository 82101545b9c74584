// A line of columns priced the way of price(), one at a time.
#pragma once

#include "compiled_book.h"
#include "rabatt/batch.h"

namespace rabatt {

// Returns the customer's discount, used or not.
Decimal price_exactly(const CompiledBook& book, const LineColumns& lines, std::size_t line,
                      const PricedColumns& priced);

}  // namespace rabatt
