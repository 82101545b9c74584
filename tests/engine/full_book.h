// A book in which every field has a value of its own, and nothing is wrong.
#pragma once

#include "rabatt/book_content.h"

namespace rabatt {

BookContent full_book();

}  // namespace rabatt
