// problems_of() a content whose lines' items are known already.
#pragma once

#include "line_items.h"
#include "rabatt/error.h"

namespace rabatt {

std::vector<Problem> problems_of(const BookContent& content, const LineItems& line_items,
                                 std::vector<Problem> found_earlier);

}  // namespace rabatt
