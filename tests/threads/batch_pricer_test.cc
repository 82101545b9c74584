// Batches of any dates and currencies, by any number of threads: the same answers as line by line.

#include "rabatt/batch_pricer.h"

#include <gtest/gtest.h>

#include <thread>

#include "line_batch.h"
#include "random_shops.h"
#include "samples.h"
#include "trials.h"

namespace rabatt {
namespace {

constexpr int places = 7;

// The lines again and again, so that every thread has some.
std::vector<Request> repeated(const std::vector<Request>& requests, std::size_t count) {
  std::vector<Request> all;
  all.reserve(count);
  for (std::size_t i = 0; i < count; ++i) all.push_back(requests[i % requests.size()]);
  return all;
}

TEST(BatchPricer, GivesTheSameWithAnyNumberOfThreads) {
  Random random("batches by threads");
  const auto count = trials(20);
  constexpr std::size_t lines = 20'000;
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    const auto content = random_shop(&random);
    const Book book = Book::build(content);
    const auto some = random_order_lines(&random, content, 500);
    std::vector<BatchAnswer> expected;
    for (const auto& request : some) expected.push_back(expected_answer(book, request, places));
    const LineBatch batch(book, repeated(some, lines));
    const BatchPricer pricer(book, i % 2 == 0 ? 0 : BatchPricer::usual_plane_bytes);
    for (const int threads : {1, 2, 3}) {
      BatchResults results(lines, places);
      pricer.price(batch.lines(), results.columns(), {.threads = threads});
      for (std::size_t line = 0; line < lines; ++line) {
        ASSERT_EQ(results[line], expected[line % some.size()])
            << "shop " << i << ", " << threads << " threads, line " << line << '\n'
            << shown(results[line]) << '\n'
            << shown(expected[line % some.size()]);
      }
    }
  }
  report("batches by threads", count * lines, " lines by 1, 2 and 3 threads");
}

// Too few for a whole plane each; some of a currency that the book has not.
TEST(BatchPricer, AFewLinesOfManyDates) {
  Random random("a few lines of many dates");
  const auto shops = trials(50);
  constexpr Id strange[] = {no_id, unknown_id, 100'000, 1'000'000};
  std::size_t lines = 0;
  for (std::uint64_t shop = 0; shop < shops && !HasFatalFailure(); ++shop) {
    const auto content = random_shop(&random);
    const Book book = Book::build(content);
    const BatchPricer pricer(book);
    for (int i = 0; i < 50 && !HasFatalFailure(); ++i) {
      const auto requests = random_order_lines(&random, content, static_cast<std::size_t>(random.between(1, 12)));
      const LineBatch batch(book, requests);
      std::vector<Id> currencies(batch.lines().currency.values, batch.lines().currency.values + batch.size());
      for (auto& currency : currencies) {
        if (random.one_in(10)) currency = random.pick(strange);
      }
      LineColumns spoilt = batch.lines();
      spoilt.currency.values = currencies.data();
      BatchResults results(batch.size(), places);
      pricer.price(spoilt, results.columns(), {.threads = random.between(1, 2)});
      for (std::size_t line = 0; line < batch.size(); ++line) {
        const bool same = currencies[line] == batch.lines().currency[line];
        if (same) {
          ASSERT_EQ(results[line], expected_answer(book, requests[line], places)) << "shop " << shop;
        } else {
          ASSERT_NE(results[line].status, line_ok);
        }
      }
      lines += batch.size();
    }
  }
  report("a few lines of many dates", lines, " lines");
}

TEST(BatchPricer, MayBeUsedByManyAtOnce) {
  Random random("batches at once");
  const auto content = random_shop(&random);
  const Book book = Book::build(content);
  const auto requests = random_order_lines(&random, content, 200);
  std::vector<BatchAnswer> expected;
  for (const auto& request : requests) expected.push_back(expected_answer(book, request, places));
  const LineBatch batch(book, requests);
  const BatchPricer pricer(book, 0);  // every plane drives out the last
  std::vector<std::uint64_t> wrong(3);
  {
    std::vector<std::jthread> threads;
    for (auto& count : wrong) {
      threads.emplace_back([&] {
        for (int round = 0; round < 50; ++round) {
          BatchResults results(batch.size(), places);
          pricer.price(batch.lines(), results.columns());
          for (std::size_t line = 0; line < batch.size(); ++line) count += results[line] == expected[line] ? 0 : 1;
        }
      });
    }
  }
  EXPECT_EQ(wrong, std::vector<std::uint64_t>(3));
}

TEST(BatchPricer, KeepsThePlaneOfAPeriod) {
  BookContent content;
  content.items.push_back(item_at("TEA", "10"));
  content.campaigns = {discount_campaign("A", "TEA", "20")};
  content.campaigns[0].valid_until = Date::from("2026-03-31");
  const Book book = Book::build(content);
  const BatchPricer pricer(book);
  const BookIds ids(book);
  const auto second = [](const char* date) { return Date::from(date).first_moment().time_since_epoch().count(); };
  const auto plane = pricer.plane(second("2026-03-10"), ids.currency("EUR"));
  EXPECT_EQ(pricer.plane(second("2026-03-01"), ids.currency("EUR")), plane);
  EXPECT_EQ(pricer.plane(second("2026-03-31"), ids.currency("EUR")), plane);
  EXPECT_NE(pricer.plane(second("2026-04-01"), ids.currency("EUR")), plane);
  EXPECT_NE(pricer.plane(second("2026-02-28"), ids.currency("EUR")), plane);
  EXPECT_NE(pricer.plane(second("2026-03-10"), ids.currency("USD")), plane);
  EXPECT_EQ(pricer.plane(second("2026-03-15"), ids.currency("EUR")), plane);
}

// Dates that are none have no price, and drive out no plane.
TEST(BatchPricer, KeepsNoPlaneOfDatesThatAreNone) {
  BookContent content;
  content.items.push_back(item_at("TEA", "10"));
  const Book book = Book::build(content);
  const BatchPricer pricer(book, 0);
  const Id euro = BookIds(book).currency("EUR");
  const auto plane = pricer.plane(0, euro);
  std::vector<std::int64_t> seconds;
  for (std::int64_t i = 0; i < 5'000; ++i) seconds.push_back(i % 3 == 0 ? i : (i % 3 == 1 ? 1 : -1) * (i << 50U));
  const std::vector<std::int64_t> quantities(seconds.size(), 2);
  LineColumns lines;
  lines.count = seconds.size();
  lines.item.value = 0;
  lines.quantity.values = quantities.data();
  lines.date.seconds = seconds.data();
  lines.currency.value = euro;
  BatchResults results(lines.count, places);
  pricer.price(lines, results.columns(), {.threads = 2});
  for (std::size_t line = 0; line < lines.count; ++line) {
    ASSERT_EQ(results[line].status, line % 3 == 0 ? line_ok : status_of_line(Code::invalid_date)) << seconds[line];
  }
  EXPECT_EQ(pricer.plane(0, euro), plane);
}

TEST(BatchPricer, AnEmptyBatchIsNothing) {
  BookContent content;
  content.items.push_back(item_at("TEA", "10"));
  const BatchPricer pricer(Book::build(content));
  pricer.price({}, {});
}

}  // namespace
}  // namespace rabatt
