// The list price of a line: given with it, from the best price book, or the item's own.
#pragma once

#include <optional>

#include "document.h"

namespace rabatt {

// A line's quantity as choices see it: the magnitude, and 1 for 0; and its unit.
struct LineQuantity {
  Exact chosen_by;     // in the line's unit
  std::uint32_t unit;  // index into the item's units
  Decimal factor;      // base units in one
};

struct ListPrice {
  Exact price;              // per the line's unit
  Exact before_conversion;  // per the unit of its source
  bool rounded = false;     // when the price book derived it from the item's price
  Id price_book = no_id;
};

// Of tiers ordered by unit and falling quantity_min: those in the line's unit come first, then those in the base
// unit; of these the largest minimum that the quantity reaches. Null if there is none.
const TierRecord* usable_tier(const CompiledBook& book, std::span<const TierRecord> tiers,
                              const LineQuantity& quantity);

// Whether any tier is in the line's unit or the base unit, whatever its minimum.
bool has_unit(std::span<const TierRecord> tiers, const LineQuantity& quantity);

// A price per `unit` as one per the line's unit; it is the line's, or the base unit.
Exact converted(const Exact& price, std::uint32_t unit, const LineQuantity& quantity);

// Nothing if there is none.
std::optional<ListPrice> list_price(const Document& document, Id item, const LineQuantity& quantity,
                                    const std::optional<Decimal>& given);

}  // namespace rabatt
