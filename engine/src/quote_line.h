// A line of a request, priced and put into words.
#pragma once

#include "document.h"
#include "rabatt/quote.h"

namespace rabatt {

// Line `index` of the request. Adds a warning where the campaign that the request names does not qualify. Throws
// Error: unknown_item, unknown_unit, no_price, overflow, each with the subject "lines[i].… text".
QuoteLine quote_line(const Document& document, const Request& request, std::size_t index,
                     std::vector<Warning>* warnings);

}  // namespace rabatt
