// Search terms with the wildcard %: "AS%" begins with, "%AS" ends with, "A%e" both; without % a term is contained.
#pragma once

#include <string>
#include <string_view>

#include "records/text_order.h"

namespace rabatt {

// The pattern for SQL's `like … escape '\'` over keys. `\%` and `\\` are a per cent sign and a backslash; nothing else
// is special. Empty if every text matches: for an empty term, and for % alone. Throws invalid_text, and limit_crossed
// for more than 1,000 bytes or 100 per cent signs.
std::string like_pattern(std::string_view term, const TextOrder& order);

}  // namespace rabatt
