// The choice among what campaigns offer for a line, and no campaign at all.
#pragma once

#include <optional>
#include <vector>

#include "amounts.h"
#include "candidates.h"

namespace rabatt {

// A unit price, and a percentage off it.
struct Offer {
  Exact unit_price;
  Exact discount;
  Source source = Source::list;
  StepName discount_step = StepName::customer_discount;
  Id campaign = no_id;               // no_id: no campaign
  std::optional<Decimal> percent;    // of a set_discount campaign
};

struct Choice {
  std::optional<Offer> offer;       // nothing: there is no price
  std::vector<Rejected> rejected;   // what lost, in the order in which it was decided
};

// `list` is the list price if there is one; `customer_discount` is the percentage of the customer.
Choice choose(const Document& document, const std::vector<Candidate>& candidates, const LineQuantity& quantity,
              const std::optional<Exact>& list, const Decimal& customer_discount);

}  // namespace rabatt
