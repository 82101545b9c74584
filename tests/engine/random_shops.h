// Random books as shops have them, and order lines for them: what a day plane can say for the most part, with ties,
// boundaries and numbers that just fit, or just do not, all over. Beside random_documents.h, where much else happens.
#pragma once

#include <vector>

#include "rabatt/book.h"
#include "rabatt/request.h"
#include "random.h"

namespace rabatt {

BookContent random_shop(Random* random);

// Documents of one line each; some of them refused.
std::vector<Request> random_order_lines(Random* random, const BookContent& book, std::size_t count);

}  // namespace rabatt
