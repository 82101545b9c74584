// The canonical form of a book, and its hash.
#pragma once

#include <string>

#include "rabatt/book_content.h"

namespace rabatt {

// SHA-256 of the canonical form, 64 hex digits. `content` has no problems.
std::string canonical_hash(const BookContent& content);

}  // namespace rabatt
