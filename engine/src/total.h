// The totals of a document: taxes, campaigns, warnings, payment.
#pragma once

#include <vector>

#include "document.h"
#include "rabatt/quote.h"

namespace rabatt {

// Throws overflow with the subject "total".
Quote total_of(const Document& document, const Request& request, std::vector<QuoteLine> lines,
               std::vector<Warning> warnings);

}  // namespace rabatt
