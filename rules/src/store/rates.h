// What amounts of one currency are in another.
#pragma once

#include <string_view>

#include "rabatt/decimal.h"
#include "session.h"

namespace rabatt {

// An amount times `times`, divided by `by`.
struct Exchange {
  Decimal times, by;

  // Not rounded to any step: exact where 20 places hold it, otherwise half up to 20.
  Decimal of(const Decimal& amount) const;
};

// By the rates of a day, through the company's currency. Those are the last ones on or before it, and at most 7 days
// old. Throws no_rate with the currency and the day.
Exchange exchange(Session& session, std::string_view from, std::string_view to, Day day);

}  // namespace rabatt
