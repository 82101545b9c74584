// One line of a document, priced: ids in, ids and decimals out.
#pragma once

#include <optional>
#include <vector>

#include "candidates.h"
#include "document.h"
#include "rabatt/quote.h"

namespace rabatt {

struct LineInput {
  Id item = no_id;
  std::uint32_t unit = 0;  // index into the item's units
  Decimal quantity;
  std::optional<Decimal> list_price;
  std::optional<Decimal> manual_price;
  std::optional<Decimal> manual_discount;
};

// The fields of QuoteLine, with ids for names.
struct PricedLine {
  std::optional<Code> fault;  // no_price or overflow; then nothing else counts
  std::optional<Decimal> list_price;
  Decimal unit_price;
  Decimal discount;
  Decimal gross;
  Decimal discount_amount;
  Decimal net;
  Decimal unit_net;
  std::optional<Decimal> list_amount;
  std::optional<Decimal> saved;
  Source source = Source::list;
  Id applied_campaign = no_id;
  std::optional<Decimal> campaign_discount;
  Decimal customer_discount;
  Id applied_price_book = no_id;
  std::optional<Reason> named_reason;  // why the campaign that the request names does not qualify
  std::vector<Step> steps;             // where they were asked for, as well as
  std::vector<Rejected> rejected;      // by rising id
};

PricedLine price_line(const Document& document, const LineInput& line, bool explain);

}  // namespace rabatt
