// Books and book files in the hands of several threads.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "../rules/temporary_folder.h"
#include "rabatt/book_file.h"
#include "rabatt/json.h"
#include "rabatt/price.h"
#include "random_documents.h"
#include "random_shops.h"
#include "refusal.h"
#include "samples.h"
#include "shown.h"

namespace rabatt {
namespace {

using Names = std::vector<std::string>;

std::string answer(const Book& book, const Request& request) {
  try {
    return to_json(price(book, request));
  } catch (const Error& error) {
    return to_json(error);
  }
}

Book book_with_price(const char* price) {
  BookContent content;
  content.items = {item_at("TEA", price)};
  return Book::build(std::move(content));
}

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

// Pages are checked by whoever reads them first, here by all at once.
TEST(BookFile, ManyThreadsReadOneFile) {
  Random random("books read by threads");
  for (int i = 0; i < 20; ++i) {
    const auto content = random_shop(&random);
    const auto requests = random_order_lines(&random, content, 100);
    const Book book = Book::build(content);
    const auto file = std::make_shared<const std::vector<std::byte>>(book.file());
    const Book opened = Book::mapped(*file, file);
    std::vector<std::string> wanted;
    for (const auto& request : requests) wanted.push_back(answer(book, request));
    std::atomic<int> different = 0;
    std::vector<std::thread> readers;
    for (int thread = 0; thread < 4; ++thread) {
      readers.emplace_back([&] {
        for (std::size_t at = 0; at < requests.size(); ++at) different += answer(opened, requests[at]) != wanted[at];
        different += to_json(opened.content()) != to_json(content);
      });
    }
    for (auto& reader : readers) reader.join();
    ASSERT_EQ(different, 0);
  }
}

TEST(BookFile, AReaderSeesTheOldBookOrTheNewOne) {
  const TemporaryFolder folder;
  const auto path = folder / "shop.rabatt";
  const Book books[] = {book_with_price("1"), book_with_price("2")};
  save_book(books[0], path);
  std::atomic<bool> done = false;
  std::uint64_t seen[2] = {};
  const auto read = [&] {
    const Book book = open_book(path);
    const bool second = book.hash() == books[1].hash();
    EXPECT_EQ(book.hash(), books[second].hash());
    EXPECT_EQ(price(book, request_of({line_of("TEA")})).total, Decimal(second ? 2 : 1));
    book.verify();
    ++seen[second];
  };
  std::thread reader([&] {
    do {
      EXPECT_EQ(refusal(read), "");
    } while (!done && !HasFailure());
  });
  const auto count = trials(100);
  for (std::uint64_t i = 0; i < count; ++i) save_book(books[i % 2], path);
  done = true;
  reader.join();
  EXPECT_EQ(folder.names(), Names{"shop.rabatt"});
  report("books replaced under a reader", count,
         ", read " + std::to_string(seen[0]) + " and " + std::to_string(seen[1]) + " times");
}

TEST(BookFile, ManyWritersLeaveOneBook) {
  const TemporaryFolder folder;
  const auto path = folder / "shop.rabatt";
  std::vector<std::thread> writers;
  for (const char* price : {"1", "2", "3", "4"}) {
    writers.emplace_back([&path, book = book_with_price(price)] {
      for (int i = 0; i < 10; ++i) EXPECT_EQ(refusal([&] { save_book(book, path); }), "");
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(refusal([&] { open_book(path).verify(); }), "");
  EXPECT_EQ(folder.names(), Names{"shop.rabatt"});
}

}  // namespace
}  // namespace rabatt
