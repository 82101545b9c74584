// A batch gives every line the price that it has alone, whatever stands beside it, in any order and split.

#include "rabatt/batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "line_batch.h"
#include "random_documents.h"
#include "random_shops.h"
#include "trials.h"

namespace rabatt {
namespace {

constexpr Instructions all_instructions[] = {Instructions::portable, Instructions::avx2, Instructions::avx512};

std::vector<Instructions> instructions_here() {
  std::vector<Instructions> here;
  for (const auto set : all_instructions) {
    if (set <= best_instructions()) here.push_back(set);
  }
  return here;
}

std::vector<BatchAnswer> expected_answers(const Book& book, const std::vector<Request>& requests, int places) {
  std::vector<BatchAnswer> answers;
  answers.reserve(requests.size());
  for (const auto& request : requests) answers.push_back(expected_answer(book, request, places));
  return answers;
}

void expect_same(const BatchResults& results, const std::vector<BatchAnswer>& expected) {
  for (std::size_t line = 0; line < expected.size(); ++line) {
    ASSERT_EQ(results[line], expected[line])
        << "line " << line << "\nbatch: " << shown(results[line]) << "\nalone: " << shown(expected[line]);
  }
}

void check_batch(Random* random, const Book& book, const std::vector<Request>& requests) {
  const LineBatch batch(book, requests);
  const int places = random->one_in(4) ? random->between(0, 12) : std::max(2, places_of(book));
  const auto expected = expected_answers(book, requests, places);
  const BookIds ids(book);
  const auto plane = DayPlane::compile(book, *requests[random->below(requests.size())].date, ids.currency("EUR"));
  std::vector<std::uint32_t> rows(batch.size());
  std::iota(rows.begin(), rows.end(), 0U);
  for (const auto instructions : instructions_here()) {
    SCOPED_TRACE("instructions " + std::to_string(static_cast<int>(instructions)));
    BatchResults whole(batch.size(), places);
    price_lines(book, plane.get(), batch.lines(), whole.columns(), instructions);
    expect_same(whole, expected);
    // any order, any split
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random->below(i)]);
    BatchResults split(batch.size(), places);
    for (std::size_t begin = 0; begin < rows.size();) {
      const auto size = std::min<std::size_t>(rows.size() - begin, 1 + random->below(rows.size()));
      price_lines(book, plane.get(), batch.lines(), std::span(rows).subspan(begin, size), split.columns(),
                  instructions);
      begin += size;
    }
    expect_same(split, expected);
  }
  BatchResults without_plane(batch.size(), places);
  price_lines(book, nullptr, batch.lines(), without_plane.columns());
  expect_same(without_plane, expected);
}

TEST(Batch, PricesLinesOfShopsAsTheyArePricedAlone) {
  Random random("batches of shops");
  const auto count = trials(1'000);
  constexpr std::size_t lines = 200;
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    SCOPED_TRACE("shop " + std::to_string(i));
    const auto content = random_shop(&random);
    check_batch(&random, Book::build(content), random_order_lines(&random, content, lines));
  }
  report("batch", count * lines, " lines of shops");
}

TEST(Batch, PricesLinesOfOddBooksAsTheyArePricedAlone) {
  Random random("batches of odd books");
  const auto count = trials(1'000);
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    SCOPED_TRACE("book " + std::to_string(i));
    const auto content = random_book(&random);
    std::vector<Request> requests;
    for (int documents = 0; documents < 20; ++documents) {
      const auto request = random_request(&random, content);
      for (const auto& line : request.lines) {
        requests.push_back(request);
        requests.back().lines = {line};
        requests.back().payment_term.clear();
      }
    }
    check_batch(&random, Book::build(content), requests);
  }
  report("batch", count, " odd books");
}

}  // namespace
}  // namespace rabatt
