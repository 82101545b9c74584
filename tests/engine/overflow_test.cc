// All pairs of boundary values per field of a line: overflow exactly where a number of the quote has no room.

#include <gtest/gtest.h>

#include "amounts_oracle.h"
#include "boundary_values.h"
#include "refusal.h"
#include "samples.h"
#include "trials.h"

namespace rabatt {
namespace {

BookContent shop(const char* amount_step = "0.01", const char* unit_step = "0.00001") {
  BookContent content;
  content.policy.currencies = {{"EUR", {Decimal(amount_step), Decimal(unit_step)}}};
  content.items = {item_at("X", "1")};
  return content;
}

std::string outcome(const Book& book, const Request& request) {
  return refusal([&] { price(book, request); });
}

// Whether every number of a line has room.
bool fits(const AmountsOracle& oracle, const WideAmounts& amounts, const Wide& unit_price,
          const std::optional<Wide>& list_price) {
  const int places = oracle.amount_places();
  bool all = unit_price.fits() && amounts.unit_net.fits() && amounts.gross.fits(places) && amounts.net.fits(places) &&
             (amounts.gross - amounts.net).fits(places);
  if (list_price) {
    all = all && list_price->fits() && amounts.list_amount->fits(places) &&
          (*amounts.list_amount - amounts.net).fits(places);
  }
  return all;
}

TEST(Overflow, QuantityAndListPrice) {
  std::uint64_t tried = 0;
  std::uint64_t refused = 0;
  auto prices = boundary_values();
  prices.emplace_back(0);
  const std::pair<const char*, const char*> steps[] = {
      {"0.01", "0.00001"}, {"0.05", "0.01"}, {"1", "3"}, {"0.00000000000000000000000000000000000001", "1"}};
  for (const auto& [amount_step, unit_step] : steps) {
    for (int round_at = 0; round_at < 4; ++round_at) {
      auto content = shop(amount_step, unit_step);
      content.policy.round_at = static_cast<RoundAt>(round_at);
      const auto book = Book::build(content);
      const AmountsOracle oracle(content.policy, "EUR");
      for (const auto& quantity : signed_boundary_values()) {
        for (const auto& list_price : prices) {
          for (const char* discount : {"0", "0.00001", "99.99999"}) {
            auto request = request_of({line_of("X")});
            request.lines[0].quantity = quantity;
            request.lines[0].list_price = list_price;
            request.lines[0].manual_discount = Decimal(discount);
            request.explain = tried % 2 == 0;  // changes no error
            const auto amounts = oracle.amounts(quantity, list_price, Decimal(discount), list_price);
            const bool room = fits(oracle, amounts, list_price, list_price);
            ASSERT_EQ(outcome(book, request), room ? "" : "overflow lines[0].item X")
                << quantity.text() << " at " << list_price.text() << " less " << discount << " %, step " << amount_step;
            ++tried;
            refused += room ? 0 : 1;
          }
        }
      }
    }
  }
  report("quantities and prices", tried, ", " + std::to_string(refused) + " overflow");
}

TEST(Overflow, ManualPriceBesideAListPrice) {
  const auto content = shop();
  const auto book = Book::build(content);
  const AmountsOracle oracle(content.policy, "EUR");
  for (const auto& list_price : boundary_values()) {
    for (const auto& manual_price : boundary_values()) {
      for (const char* quantity : {"1", "-1", "0.01", "10"}) {
        auto request = request_of({line_of("X", quantity)});
        request.lines[0].list_price = list_price;
        request.lines[0].manual_price = manual_price;
        const auto amounts = oracle.amounts(Decimal(quantity), manual_price, Decimal(0), list_price);
        ASSERT_EQ(outcome(book, request),
                  fits(oracle, amounts, manual_price, list_price) ? "" : "overflow lines[0].item X")
            << quantity << " at " << manual_price.text() << ", listed at " << list_price.text();
      }
    }
  }
}

// A price, a price book's price or a set price of the base unit, converted to a unit of any factor.
TEST(Overflow, ConvertedPrices) {
  for (const auto& base_price : boundary_values()) {
    for (const auto& factor : boundary_values()) {
      auto content = shop();
      content.items[0].prices = {{"EUR", base_price}};
      content.items[0].units = {{"BOX", factor}};
      const AmountsOracle oracle(content.policy, "EUR");
      const Wide converted = Wide(base_price) * factor;
      const Wide amount = oracle.r(converted);
      const bool room = converted.fits() && amount.fits(2) && oracle.ru(converted).fits();
      const std::string expected = room ? "" : "overflow lines[0].item X";
      auto request = request_of({line_of("X")});
      request.lines[0].unit = "BOX";
      ASSERT_EQ(outcome(Book::build(content), request), expected) << base_price.text() << " × " << factor.text();

      auto booked = content;
      booked.items[0].prices = {{"EUR", Decimal(1)}};
      booked.price_books = {price_book_of("P", price_book_line("X", "0"))};
      booked.price_books[0].prices[0].price = base_price;
      ASSERT_EQ(outcome(Book::build(booked), request), expected) << base_price.text() << " × " << factor.text();

      auto campaign = price_campaign("A", "X", "0");
      campaign.lines[0].price = base_price;
      campaign.force_price = true;
      content.items[0].prices.clear();
      content.campaigns = {campaign};
      ASSERT_EQ(outcome(Book::build(content), request), expected) << base_price.text() << " × " << factor.text();
    }
  }
}

// What is not in the quote may be as wide as it likes.
TEST(Overflow, OffersThatLoseNeverOverflow) {
  const Decimal huge(std::string(38, '9'));
  auto content = shop();
  content.items[0].units = {{"BOX", huge}};
  content.price_books = {price_book_of("HUGE", price_book_line("X", "0")),
                         price_book_of("LOW", price_book_line("X", "8"))};
  content.price_books[0].prices[0].price = huge;
  content.price_books[1].prices[0].unit = "BOX";
  content.policy.price_choice = PriceChoice::lowest;
  content.campaigns = {price_campaign("A", "X", "0")};
  content.campaigns[0].lines[0].price = huge;
  auto request = request_of({line_of("X")});
  request.lines[0].unit = "BOX";
  const auto line = priced_line(content, request);
  EXPECT_EQ(line.net, Decimal(8));
  EXPECT_EQ(line.applied_price_book, "LOW");
  EXPECT_EQ(reasons(line), "A list_is_lower");
}

TEST(Overflow, StepsNeverOverflow) {
  auto content = shop("1");
  content.policy.round_at = RoundAt::line_net;
  auto request = request_of({line_of("X")});
  request.lines[0].quantity = Decimal("0." + std::string(37, '0') + "1");
  request.lines[0].list_price = Decimal("9." + std::string(37, '9'));
  request.lines[0].manual_discount = Decimal("0.00001");
  const auto line = priced_line(content, request);
  EXPECT_TRUE(line.net.is_zero());
  EXPECT_EQ(line.steps.at(1).before->text(), "0." + std::string(37, '0') + "9" + std::string(37, '9'));
}

}  // namespace
}  // namespace rabatt
