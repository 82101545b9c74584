// One line of a document, priced.
#pragma once

#include "document.h"
#include "rabatt/quote.h"

namespace rabatt {

// Line `index` of the document's request. Adds a warning where the campaign that the request names does not qualify.
// Throws Error: unknown_item, unknown_unit, no_price, overflow, each with the subject "lines[i].… text".
QuoteLine price_line(const Document& document, std::size_t index, std::vector<Warning>* warnings);

}  // namespace rabatt
