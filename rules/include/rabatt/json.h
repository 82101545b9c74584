// Books, requests and quotes as JSON.
//
//   Book book = book_from_json(text);
//   Quote quote = price(book, request_from_json(request_text));
//   std::string answer = to_json(quote);
//
// Decimals are JSON strings ("12.50") or integers; a JSON number with a fraction or exponent is refused. null means
// absent. Dates are strings. The JSON Schemas of the three are in rules/schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rabatt/book.h"
#include "rabatt/payment.h"
#include "rabatt/quote.h"
#include "rabatt/request.h"
#include "rabatt/set_for_all.h"

namespace rabatt {

// A book's content as far as it could be read, with what could not.
struct BookReading {
  BookContent content;
  std::vector<Problem> problems;  // missing_field is not among them: Book::build() finds that
};

BookReading read_book(std::string_view json);

// Reads and builds. Throws Errors with all problems, of reading and building, sorted by path.
Book book_from_json(std::string_view json);

// All problems of a book in JSON, sorted by path; empty if it can be built.
std::vector<Problem> problems_of_json(std::string_view json);

// Throws Error for the first fault in document order: missing_field (at the end of its object), unknown_field,
// duplicate_field, invalid_value, invalid_decimal, invalid_date, invalid_identifier, invalid_discount,
// invalid_tax_rate, negative_price.
Request request_from_json(std::string_view json);

// Keys in the order of the structs, absent values null, decimals as strings.
std::string to_json(const Quote& quote);
std::string to_json(const BookContent& content);
std::string to_json(const Settlement& settlement);
std::string to_json(const SetForAll& result);
std::string to_json(const std::vector<Problem>& problems);
std::string to_json(const Error& error);  // {"error":{"code":…,"subject":…}}

}  // namespace rabatt
