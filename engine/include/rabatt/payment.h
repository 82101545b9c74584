// Payments against a quote with early payment discounts.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "rabatt/decimal.h"
#include "rabatt/quote.h"

namespace rabatt {

struct PaymentMade {
  std::chrono::year_month_day date;
  Decimal amount;  // in the document's currency
};

// From text. Throws invalid_date or invalid_decimal; `index` is its place in what is thrown: "payments[1].amount 1,5".
PaymentMade payment_made(std::string_view date, std::string_view amount, std::size_t index);

struct Settlement {
  bool settled = false;              // nothing is open
  Decimal open;                      // still to be paid, ≥ 0 (≤ 0 for a credit note)
  std::optional<std::size_t> tier;   // the early payment tier that was earned
  Decimal overpaid;
};

// The first tier whose `pay` is reached by the payments dated on or before `until` + grace days is earned; what is
// due is that `pay`, else the total. 119.45 at 5 %: 113.48 in time settles; 113.47 leaves 5.98 open.
// Throws overflow with the subject "total".
Settlement settle(const Quote& quote, std::span<const PaymentMade> payments);

}  // namespace rabatt
