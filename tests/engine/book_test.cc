// A Book: one value, cheap to copy, the same for every thread that prices from it.

#include <gtest/gtest.h>

#include <thread>

#include "full_book.h"
#include "random_documents.h"
#include "samples.h"
#include "shown.h"
#include "trials.h"

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

TEST(Book, TwoThreadsPriceFromOneBook) {
  Random random("threads");
  const auto content = random_book(&random);
  const auto book = Book::build(content);
  std::vector<Request> requests;
  std::vector<std::string> expected;
  for (std::uint64_t i = 0; i < trials(500); ++i) {
    requests.push_back(random_request(&random, content));
    expected.push_back(shown(price(book, requests.back())));
  }
  std::vector<std::string> results[2];
  std::vector<std::thread> threads;
  for (auto& own : results) {
    threads.emplace_back([&, copy = book] {
      for (const auto& request : requests) own.push_back(shown(price(copy, request)));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(results[0], expected);
  EXPECT_EQ(results[1], expected);
}

}  // namespace
}  // namespace rabatt
