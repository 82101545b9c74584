// A Book: one value, cheap to copy.

#include <gtest/gtest.h>

#include "full_book.h"
#include "samples.h"

namespace rabatt {
namespace {

TEST(Book, KeepsItsContent) {
  const auto book = Book::build(full_book());
  EXPECT_EQ(book.content().items.at(0).item, "TEA");
  EXPECT_EQ(book.content().campaigns.size(), 3U);
}

TEST(Book, CopiesShareOneCompiledBook) {
  const auto book = Book::build(full_book());
  const Book copy = book;
  EXPECT_EQ(&copy.compiled(), &book.compiled());
  EXPECT_EQ(copy.hash(), book.hash());
}

TEST(Book, OutlivesTheOneItWasCopiedFrom) {
  std::optional<Book> book = Book::build(full_book());
  const Book copy = *book;
  book.reset();
  EXPECT_EQ(price(copy, request_of({line_of("CUP")})).book, copy.hash());
}

TEST(Book, EveryQuoteCarriesTheHash) {
  const auto book = Book::build(full_book());
  EXPECT_EQ(price(book, request_of({line_of("CUP")})).book, book.hash());
  EXPECT_EQ(price(book, request_of({})).book, book.hash());
}

TEST(Book, AnEmptyBookBuilds) { EXPECT_TRUE(problems_of({}).empty()); }

}  // namespace
}  // namespace rabatt
