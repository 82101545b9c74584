// The price of a price book's line that has none of its own.
#pragma once

#include "compiled_book.h"

namespace rabatt {

struct DerivedPrice {
  Exact price;           // per the line's own unit
  bool rounded = false;  // digits were dropped
};

// The item's price in `factor` base units, less `discount` percent; rounded to the unit step, but not at 0 %.
DerivedPrice derived_price(const Decimal& item_price, const Decimal& factor, const Decimal& discount,
                           const Rounder& rounder, const Decimal& unit_step);

}  // namespace rabatt
