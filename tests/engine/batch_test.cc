// A batch gives every line the price that it has alone, whatever stands beside it, in any order and split.

#include "rabatt/batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "line_batch.h"
#include "random_documents.h"
#include "random_shops.h"
#include "samples.h"
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

// Results that nobody asked for are not computed, and change no other.
void check_some_columns(const Book& book, const DayPlane* plane, const LineBatch& batch, int places,
                        std::vector<BatchAnswer> expected, Instructions instructions) {
  BatchResults some(batch.size(), places);
  PricedColumns columns = some.columns();
  for (auto** column : {&columns.unit_price, &columns.discount, &columns.gross, &columns.discount_amount,
                        &columns.unit_net, &columns.list_amount, &columns.saved}) {
    *column = nullptr;
  }
  price_lines(book, plane, batch.lines(), columns, instructions);
  for (auto& answer : expected) {
    for (auto* number : {&answer.unit_price, &answer.discount, &answer.gross, &answer.discount_amount, &answer.unit_net,
                         &answer.list_amount, &answer.saved}) {
      *number = -1;
    }
  }
  expect_same(some, expected);
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
    check_some_columns(book, plane.get(), batch, places, expected, instructions);
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

// ---- one line, by hand ----

void expect_as_alone(const BookContent& content, const RequestLine& line, const std::string& customer = {}) {
  const Book book = Book::build(content);
  const std::vector<Request> requests = {request_of({line}, customer)};
  const LineBatch batch(book, requests);
  const auto plane = DayPlane::compile(book, *requests[0].date, BookIds(book).currency("EUR"));
  for (const auto instructions : instructions_here()) {
    BatchResults results(1, 5);
    price_lines(book, plane.get(), batch.lines(), results.columns(), instructions);
    expect_same(results, {expected_answer(book, requests[0], 5)});
  }
}

// A lower set price may come out dearer where the discount is rounded off the unit price: it must not hide a higher
// one.
TEST(Batch, ALowerSetPriceDoesNotHideAHigherOne) {
  BookContent content;
  content.policy.round_at = RoundAt::unit_discount;
  content.policy.currencies["EUR"] = {Decimal("0.01"), Decimal(1)};
  content.items.push_back(item_at("TEA", "10"));
  content.customers.push_back(customer_with("C", "50"));
  content.campaigns = {price_campaign("A", "TEA", "0.99"), price_campaign("B", "TEA", "1.00")};
  for (auto& campaign : content.campaigns) campaign.allow_customer_discount = true;
  const auto request = request_of({line_of("TEA")}, "C");
  EXPECT_EQ(priced_line(content, request).applied_campaign, "B");
  expect_as_alone(content, request.lines[0], "C");
}

// At a price of 0 every discount is the same, and the later campaign is applied: the larger discount must not hide it.
TEST(Batch, ALargerDiscountHidesNothingWhereTheItemMayCostNothing) {
  BookContent content;
  content.items.push_back(item_at("TEA", "10"));
  content.customers.push_back(customer_with("C", "0"));
  content.price_books.push_back(price_book_of("P", price_book_line("TEA", "0"), PriceBookType::account));
  content.price_books[0].accounts = {"C"};
  content.campaigns = {discount_campaign("A", "TEA", "20"), discount_campaign("B", "TEA", "10")};
  const auto request = request_of({line_of("TEA")}, "C");
  EXPECT_EQ(priced_line(content, request).applied_campaign, "B");
  expect_as_alone(content, request.lines[0], "C");
  expect_as_alone(content, request.lines[0]);
}

// The sum of two percentages ends at 100: then the later campaign is applied.
TEST(Batch, SumsThatBothReachEverythingAreTheSame) {
  BookContent content;
  content.items.push_back(item_at("TEA", "10"));
  content.customers.push_back(customer_with("C", "60"));
  content.campaigns = {discount_campaign("A", "TEA", "50", Combine::add),
                       discount_campaign("B", "TEA", "40", Combine::add)};
  const auto request = request_of({line_of("TEA")}, "C");
  EXPECT_EQ(priced_line(content, request).applied_campaign, "B");
  expect_as_alone(content, request.lines[0], "C");
  expect_as_alone(content, request.lines[0]);
}

// Just below, at and just above what vectors, 64 bits and 38 digits hold.
TEST(Batch, LimitsOfQuantitiesAndPrices) {
  constexpr int bits[] = {15, 16, 31, 32, 33, 47, 52, 61, 62, 63};
  constexpr RoundAt everywhere[] = {RoundAt::line_discount, RoundAt::line_net, RoundAt::unit_discount,
                                    RoundAt::unit_net};
  std::uint64_t tried = 0;
  for (const auto round_at : everywhere) {
    for (const int price_bits : bits) {
      for (const int price_more : {-1, 0, 1}) {
        BookContent content;
        content.policy.round_at = round_at;
        content.items.push_back(item_at("TEA", "1"));
        content.items[0].prices["EUR"] = Decimal::scaled((Int128{1} << price_bits) + price_more, 2);
        content.customers.push_back(customer_with("C", "5"));
        content.campaigns = {discount_campaign("A", "TEA", "33.33", Combine::compound)};
        const Book book = Book::build(content);
        std::vector<Request> requests;
        for (const int quantity_bits : bits) {
          for (const int quantity_more : {-1, 0, 1}) {
            RequestLine line = line_of("TEA");
            line.quantity = Decimal::scaled(-((Int128{1} << quantity_bits) + quantity_more), 0);
            requests.push_back(request_of({line}, "C"));
          }
        }
        const LineBatch batch(book, requests);
        const auto plane = DayPlane::compile(book, *requests[0].date, BookIds(book).currency("EUR"));
        const auto expected = expected_answers(book, requests, 5);
        for (const auto instructions : instructions_here()) {
          BatchResults results(batch.size(), 5);
          price_lines(book, plane.get(), batch.lines(), results.columns(), instructions);
          expect_same(results, expected);
        }
        tried += requests.size();
      }
    }
  }
  report("batch limits", tried, " lines");
}

// ---- moments that there are not ----

// A line of each of these seconds, in one batch with `plane`.
std::vector<LineStatus> statuses_at(const Book& book, const DayPlane* plane, const std::vector<std::int64_t>& seconds,
                                    Instructions instructions) {
  const std::vector<std::int64_t> quantities(seconds.size(), 1);
  LineColumns lines;
  lines.count = seconds.size();
  lines.item.value = 0;
  lines.quantity.values = quantities.data();
  lines.date.seconds = seconds.data();
  lines.currency.value = BookIds(book).currency("EUR");
  BatchResults results(seconds.size(), 5);
  price_lines(book, plane, lines, results.columns(), instructions);
  std::vector<LineStatus> statuses;
  for (std::size_t line = 0; line < seconds.size(); ++line) statuses.push_back(results[line].status);
  // each alone, as the value of all lines
  for (std::size_t line = 0; line < seconds.size(); ++line) {
    lines.date = {.value = seconds[line]};
    price_lines(book, plane, lines, line, line + 1, results.columns(), instructions);
    EXPECT_EQ(results[line].status, statuses[line]) << seconds[line];
  }
  return statuses;
}

TEST(Batch, DatesOutsideTheYears0001To9999AreNone) {
  constexpr std::int64_t first = -62'135'596'800;  // 0001-01-01
  constexpr std::int64_t last = 253'402'300'799;   // 9999-12-31T23:59:59
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  // whole days in 32 bits wrap at multiples of 2^32 days, years in 16 bits at 65,536 years
  constexpr std::int64_t wrap = (std::int64_t{1} << 32U) * 86'400;
  constexpr std::int64_t era = 146'097LL * 86'400 * 16'384 / 100;
  const std::vector<std::int64_t> seconds = {first,     last,         0,       first - 1,      last + 1,     least,
                                             least + 1, least + wrap, most,    most - 1,       wrap,         -wrap,
                                             era,       -era,         2 * era, first - 86'400, last + 86'400};
  std::vector<LineStatus> expected(seconds.size(), status_of_line(Code::invalid_date));
  std::fill_n(expected.begin(), 3, line_ok);
  BookContent content;
  content.items.push_back(item_at("TEA", "10"));
  for (const bool has_window : {false, true}) {
    if (has_window) content.campaigns = {discount_campaign("A", "TEA", "20")};
    const Book book = Book::build(content);
    const Id euro = BookIds(book).currency("EUR");
    EXPECT_EQ(statuses_at(book, nullptr, seconds, Instructions::portable), expected);
    for (const auto instructions : instructions_here()) {
      for (const auto second : seconds) {
        const auto plane = DayPlane::compile(book, second, euro);
        EXPECT_EQ(statuses_at(book, plane.get(), seconds, instructions), expected) << "plane of " << second;
        const auto period = period_of(book, second);
        EXPECT_TRUE(period.holds(second)) << second;
        EXPECT_EQ(period.holds(first) || period.holds(last) || period.holds(0), first <= second && second <= last);
        EXPECT_EQ(Periods(book).of(second), period) << second;
      }
    }
  }
}

TEST(Batch, PeriodsAreThoseOfEachMoment) {
  Random random("periods");
  const auto count = trials(200);
  constexpr auto far = std::int64_t{1} << 60U;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Book book = Book::build(random_shop(&random));
    const Periods periods(book);
    std::int64_t second = Date::from("2026-03-10").first_moment().time_since_epoch().count();
    for (int step = 0; step < 50; ++step) {
      const auto period = period_of(book, second);
      ASSERT_EQ(periods.of(second), period) << second;
      ASSERT_EQ(periods.of(period.from), period);
      ASSERT_EQ(periods.of(period.until), period);
      second = random.one_in(3)   ? std::min(period.until, far) + 1
               : random.one_in(2) ? std::max(period.from, -far) - 1
                                  : std::clamp(second, -far, far) + random.between(-9'000'000, 9'000'000);
    }
  }
  report("periods", count * 50, " moments");
}

// ---- poison ----

TEST(Batch, APoisonedLineChangesNoOther) {
  Random random("poisoned batches");
  const auto count = trials(10'000);
  constexpr std::size_t lines = 40;
  std::optional<Book> book;
  BookContent content;
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    if (i % 20 == 0) {
      content = random_shop(&random);
      book = Book::build(content);
    }
    const auto requests = random_order_lines(&random, content, lines);
    const LineBatch batch(*book, requests);
    const auto plane = DayPlane::compile(*book, *requests[0].date, BookIds(*book).currency("EUR"));
    BatchResults before(lines, 5);
    price_lines(*book, plane.get(), batch.lines(), before.columns());

    // ids that nobody has, and quantities that fit nowhere, on some of the lines
    std::vector<Id> items(batch.lines().item.values, batch.lines().item.values + lines);
    std::vector<Id> customers(batch.lines().customer.values, batch.lines().customer.values + lines);
    std::vector<Id> currencies(batch.lines().currency.values, batch.lines().currency.values + lines);
    std::vector<bool> poisoned(lines);
    constexpr Id strange[] = {no_id, unknown_id, 24, 1'000'000};
    for (int times = random.between(1, 4); times > 0; --times) {
      const auto line = random.below(lines);
      poisoned[line] = true;
      auto& column = random.one_in(2) ? items : random.one_in(2) ? customers : currencies;
      column[line] = random.pick(strange);
    }
    LineColumns spoilt = batch.lines();
    spoilt.item.values = items.data();
    spoilt.customer.values = customers.data();
    spoilt.currency.values = currencies.data();
    BatchResults after(lines, 5);
    price_lines(*book, plane.get(), spoilt, after.columns());
    for (std::size_t line = 0; line < lines; ++line) {
      if (poisoned[line]) continue;
      ASSERT_EQ(after[line], before[line]) << "batch " << i << ", line " << line;
    }
  }
  report("poisoned batches", count, " batches");
}

}  // namespace
}  // namespace rabatt
