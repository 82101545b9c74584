// The content of a book as bytes, for the book file: read when somebody asks for the content, never to price.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "large_arrays.h"
#include "rabatt/book_content.h"

namespace rabatt {

Records<std::byte> packed_content(const BookContent& content);

// Throws damaged_book where the bytes are not those of packed_content().
BookContent unpacked_content(std::span<const std::byte> bytes);

}  // namespace rabatt
