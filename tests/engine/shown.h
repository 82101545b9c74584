// Quotes as text, so that a test can compare whole lines and show where they differ.
#pragma once

#include <string>

#include "rabatt/quote.h"

namespace rabatt {

// Every number and name of a line, without its steps and rejected campaigns.
std::string shown(const QuoteLine& line);

// The same with them.
std::string shown_in_full(const QuoteLine& line);

std::string shown(const Quote& quote);

}  // namespace rabatt
