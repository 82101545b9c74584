// Random books and requests in which much happens at once: tiers, price books, campaigns of all kinds, drafts,
// returns, lines by hand, taxes, early payment. A random request can always be priced from its book.
#pragma once

#include "rabatt/book.h"
#include "rabatt/request.h"
#include "random.h"

namespace rabatt {

BookContent random_book(Random* random);

Request random_request(Random* random, const BookContent& book);

}  // namespace rabatt
