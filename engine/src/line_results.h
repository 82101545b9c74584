// Writing priced lines into their columns.
#pragma once

#include "price_line.h"
#include "rabatt/batch.h"

namespace rabatt {

// A line without a price: its status, zeros and no_id.
void write_fault(Code code, std::size_t line, const PricedColumns& priced);

// A line from price_line(); one with a number that does not fit its column is `overflow`.
void write_line(const PricedLine& result, std::size_t line, const PricedColumns& priced);

}  // namespace rabatt
