// A document priced line by line as a batch: what the case runner holds against the cases, in the place of price().
#pragma once

#include "rabatt/price.h"

namespace rabatt {

// price() with the numbers, names and source of every line from the batch. Throws as price() does; a line that the
// batch refuses for another reason than price() is reported as invalid_value.
Quote batch_quote(const Book& book, const Request& request);

}  // namespace rabatt
