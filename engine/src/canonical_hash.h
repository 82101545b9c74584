// The canonical form of a book, and its hash.
#pragma once

#include <array>
#include <cstddef>

#include "line_items.h"
#include "rabatt/book_content.h"

namespace rabatt {

// SHA-256 of the canonical form. `content` has no problems.
std::array<std::byte, 32> canonical_hash(const BookContent& content, const LineItems& line_items);

}  // namespace rabatt
