// One line at a time by ids: the price of price(), and its explanation.

#include "rabatt/line_pricer.h"

#include <gtest/gtest.h>

#include <array>

#include "line_batch.h"
#include "random_shops.h"
#include "refusal.h"
#include "samples.h"
#include "shown.h"
#include "trials.h"

namespace rabatt {
namespace {

BatchAnswer answer_of(const LinePrice& price) {
  return {.status = price.status,
          .list_price = price.list_price,
          .unit_price = price.unit_price,
          .discount = price.discount,
          .gross = price.gross,
          .discount_amount = price.discount_amount,
          .net = price.net,
          .unit_net = price.unit_net,
          .list_amount = price.list_amount,
          .saved = price.saved,
          .has_list_price = static_cast<std::uint8_t>(price.has_list_price ? 1 : 0),
          .source = price.source,
          .applied_campaign = price.applied_campaign,
          .applied_price_book = price.applied_price_book,
          .named_reason = -1};
}

void check_shop(Random* random, const BookContent& content) {
  const Book book = Book::build(content);
  const BookIds ids(book);
  const int quantity_places = random->between(0, 3);
  const LinePricer pricer(book, Date::from("2026-03-10"), ids.currency("EUR"), quantity_places);
  for (const auto& item : content.items) {
    const auto& customer = random->one_in(4) ? Customer() : random->pick(content.customers);
    const auto size = static_cast<std::int64_t>(random->magnitude(random->between(0, random->one_in(5) ? 18 : 4)));
    const std::int64_t quantity = random->one_in(6) ? -size : size;
    RequestLine line;
    line.item = item.item;
    line.quantity = Decimal::scaled(quantity, quantity_places);
    const Request request = request_of({line}, customer.customer);
    const auto price = pricer.price(ids.item(item.item), ids.customer(customer.customer), quantity);
    const auto expected = expected_answer(book, request, pricer.places());
    ASSERT_EQ(answer_of(price), expected) << shown(answer_of(price)) << '\n' << shown(expected);
    if (price.status != line_ok) continue;
    const auto quoted = rabatt::price(book, request).lines.at(0);
    ASSERT_EQ(Decimal::scaled(price.customer_discount, PricedColumns::percent_places), quoted.customer_discount);
    const auto explained = pricer.explained(ids.item(item.item), ids.customer(customer.customer), quantity);
    ASSERT_EQ(shown_in_full(explained), shown_in_full(quoted));
  }
}

TEST(LinePricer, GivesThePriceAndTheExplanationOfADocument) {
  Random random("lines of shops, one at a time");
  const auto count = trials(1'000);
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    SCOPED_TRACE("shop " + std::to_string(i));
    check_shop(&random, random_shop(&random));
  }
  report("line pricer", count, " shops");
}

BookContent tea_shop() {
  BookContent content;
  content.items.push_back(item_at("TEA", "9.99"));
  content.items.emplace_back();
  content.items.back().item = "PRICELESS";
  content.customers.push_back(customer_with("C5", "5"));
  return content;
}

TEST(LinePricer, SaysWhatIsWrongInTheStatus) {
  const Book book = Book::build(tea_shop());
  const BookIds ids(book);
  const LinePricer pricer(book, Date::from("2026-03-10"), ids.currency("EUR"));
  EXPECT_EQ(pricer.price(ids.item("MUG"), no_id, 1).status, status_of_line(Code::unknown_item));
  EXPECT_EQ(pricer.price(no_id, no_id, 1).status, status_of_line(Code::missing_field));
  EXPECT_EQ(pricer.price(ids.item("TEA"), ids.customer("NOBODY"), 1).status, status_of_line(Code::unknown_customer));
  EXPECT_EQ(pricer.price(ids.item("PRICELESS"), no_id, 1).status, status_of_line(Code::no_price));
  const auto price = pricer.price(ids.item("TEA"), ids.customer("C5"), 3);
  EXPECT_EQ(Decimal::scaled(price.net, pricer.places()), Decimal("28.47"));
  EXPECT_EQ(Decimal::scaled(price.customer_discount, PricedColumns::percent_places), Decimal(5));
}

TEST(LinePricer, RefusesAnUnknownCurrency) {
  const Book book = Book::build(tea_shop());
  for (const Id currency : {no_id, unknown_id}) {
    EXPECT_EQ(refusal([&] { LinePricer(book, Date::from("2026-03-10"), currency); }), "unknown_currency currency");
  }
}

TEST(LinePricer, RefusesADateThatIsNone) {
  using std::chrono::year_month_day;
  const Book book = Book::build(tea_shop());
  const Id euro = BookIds(book).currency("EUR");
  const auto plane = DayPlane::compile(book, Date::from("2026-03-10"), euro);
  const year_month_day days[] = {std::chrono::year(2026) / 2 / 30, std::chrono::year(10000) / 1 / 1,
                                 std::chrono::year(0) / 12 / 31, std::chrono::year(-32767) / 1 / 1};
  for (const auto& day : days) {
    EXPECT_EQ(refusal([&] { LinePricer(book, day, euro); }), "invalid_date date");
    EXPECT_EQ(refusal([&] { LinePricer(book, plane, day, euro); }), "invalid_date date");
  }
  const LinePricer last(book, Date::from("9999-12-31"), euro);
  EXPECT_EQ(last.price(BookIds(book).item("TEA"), no_id, 1).status, line_ok);
}

TEST(LinePricer, RefusesAPlaneThatIsNotOfItsBookMomentAndCurrency) {
  const Book book = Book::build(tea_shop());
  auto other = tea_shop();
  other.items.push_back(item_at("ANOTHER", "1"));
  const Id euro = BookIds(book).currency("EUR");
  const auto day = Date::from("2026-03-10");
  const auto refused = [&](std::shared_ptr<const DayPlane> plane) {
    return refusal([&] { LinePricer(book, std::move(plane), day, euro); });
  };
  EXPECT_EQ(refused(DayPlane::compile(book, day, euro)), "");
  EXPECT_EQ(refused(nullptr), "invalid_value plane");
  EXPECT_EQ(refused(DayPlane::compile(Book::build(other), day, euro)), "invalid_value plane");
  EXPECT_EQ(refused(DayPlane::compile(book, day, BookIds(book).currency("USD"))), "invalid_value plane");
  EXPECT_EQ(refused(DayPlane::compile(book, std::int64_t{1} << 50U, euro)), "invalid_value plane");
}

TEST(LinePricer, RefusesPlacesThatNoDecimalHas) {
  const Book book = Book::build(tea_shop());
  const Id euro = BookIds(book).currency("EUR");
  for (const int places : {-1, 39}) {
    EXPECT_EQ(refusal([&] { LinePricer(book, Date::from("2026-03-10"), euro, places); }),
              "invalid_value quantity_places");
  }
}

TEST(LinePricer, MayBeMoved) {
  const Book book = Book::build(tea_shop());
  const BookIds ids(book);
  LinePricer first(book, Date::from("2026-03-10"), ids.currency("EUR"));
  const auto before = first.price(ids.item("TEA"), no_id, 2);
  const LinePricer second = std::move(first);
  EXPECT_EQ(second.price(ids.item("TEA"), no_id, 2), before);
}

}  // namespace
}  // namespace rabatt
