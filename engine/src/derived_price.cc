#include "derived_price.h"

#include "amounts.h"

namespace rabatt {

DerivedPrice derived_price(const Decimal& item_price, const Decimal& factor, const Decimal& discount,
                           const Rounder& rounder, const Decimal& unit_step) {
  const Exact price = Exact(item_price) * factor;
  if (discount.is_zero()) return {price};
  const Exact reduced = less_percent(price, discount);
  const Exact rounded = rounder.round(reduced, unit_step);
  return {rounded, rounded != reduced};
}

}  // namespace rabatt
