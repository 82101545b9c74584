// Early payment: taken once, on the document, from amounts that all other discounts have reduced already.
#pragma once

#include "amounts.h"
#include "document.h"
#include "rabatt/quote.h"

namespace rabatt {

// Under the tax mode `mixed`, the taxes of a document with early payment tiers are those of the first tier. `quote`
// has its lines, net and tax rows; their `tax` is replaced. Does nothing under the other modes.
void fix_mixed_tax(const PaymentTerm& term, const AmountRules& rules, EarlyPaymentTax mode, Quote* quote);

// Due date, tiers and shares of a quote with all its totals.
Payment payment_of(const PaymentTerm& term, const Document& document, const Request& request, const AmountRules& rules,
                   const Quote& quote);

}  // namespace rabatt
