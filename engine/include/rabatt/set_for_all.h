// "Set for all": fills the lines of a campaign from one percentage.
#pragma once

#include <string>
#include <vector>

#include "rabatt/book.h"

namespace rabatt {

struct SetForAllRemark {
  std::size_t line;
  std::string item;
  Code code;  // no_base_price: the line has no list price and was left alone
};

struct SetForAll {
  std::vector<CampaignLine> lines;
  std::vector<SetForAllRemark> report;
};

// A `set_discount` campaign gets `percent` on every line; a `set_price` campaign gets, on every line, the list price
// (on the campaign's date, in its currency and the line's unit, for its customer if it has one, at the quantity
// max(1, quantity_min)) less `percent`, rounded to the currency's unit step. Always from the list price, so doing
// it twice gives the same lines. `percent` is −100 … 100 with at most 5 places, negative only for set_price: else
// invalid_discount. Throws missing_field (`pricing_type`; for set_price `date` too) and overflow besides.
SetForAll set_for_all(const Campaign& campaign, const Decimal& percent, const Book& book);

}  // namespace rabatt
