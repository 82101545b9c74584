// Pricing: a book and a request in, a quote out. A pure function.
#pragma once

#include <variant>
#include <vector>

#include "rabatt/book.h"
#include "rabatt/error.h"
#include "rabatt/quote.h"
#include "rabatt/request.h"

namespace rabatt {

// The whole document, or Error with the first thing that is wrong with the request:
//   its shape, field by field in the order of request.h: missing_field, invalid_date, invalid_identifier,
//     invalid_discount, invalid_tax_rate, negative_price;
//   the document: unknown_currency, unknown_customer, unknown_campaign, unknown_code, code_expired,
//     campaign_and_code, unknown_payment_term, tax_mode_mismatch;
//   the lines in order: unknown_item, unknown_unit, no_price, overflow;
//   the sums: overflow with the subject "total".
// Here as below: damaged_book, where the book is that of a file and a page of it turns out to be damaged.
Quote price(const Book& book, const Request& request);

// Line by line: a line that cannot be priced has its Error and changes no other line.
using LineResult = std::variant<QuoteLine, Error>;

struct PricedLines {
  std::vector<LineResult> lines;
  std::vector<Warning> warnings;  // of campaigns that the request names and that do not qualify
};

// Throws Error for what is wrong with the document itself, as price() does.
PricedLines price_each(const Book& book, const Request& request);

// The lines added up: taxes, totals, payment. `priced` is price_each() of the same book and request. Throws the first
// line's error, or overflow with the subject "total". price() is total() of price_each().
Quote total(const Book& book, const Request& request, PricedLines priced);

// price_each(), and where every line has a price total() of it: the document is looked up once.
std::variant<Quote, PricedLines> price_each_and_total(const Book& book, const Request& request);

}  // namespace rabatt
