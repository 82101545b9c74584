// Document: what is the same for all lines of a request, looked up in the book.
#pragma once

#include "compiled_book.h"
#include "rabatt/request.h"

namespace rabatt {

struct Document {
  const CompiledBook& book;
  std::chrono::local_seconds moment;
  Id currency = no_id;
  Id customer = no_id;
  Id organisation = no_id;     // no_id: none that a price book names
  Id named_campaign = no_id;   // by number or code: the only candidate
  bool code_given = false;     // the request's code is that of the named campaign
  bool prices_include_tax = false;
  Id payment_term = no_id;
  bool payment_term_inactive = false;  // the customer's; then there is no payment

  const CurrencyRules& rules() const { return book.currency_rules[currency]; }
};

// Checks the request's shape and resolves it; throws Error as price() documents, up to `tax_mode_mismatch`.
Document resolve(const CompiledBook& book, const Request& request);

}  // namespace rabatt
