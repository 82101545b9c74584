// Change % and "Set for all".

#include <gtest/gtest.h>

#include "rabatt/set_for_all.h"
#include "refusal.h"
#include "samples.h"

namespace rabatt {
namespace {

BookContent shop() {
  BookContent content;
  content.policy.currencies = {{"EUR", {std::nullopt, Decimal("0.01")}}};
  content.items = {item_at("TEA", "19.99"), item_at("CUP", "8")};
  content.items[0].units = {{"BOX", Decimal(12)}};
  content.items.emplace_back();
  content.items.back().item = "PRICELESS";
  return content;
}

Decimal price_after(const BookContent& content, const Campaign& campaign, const char* percent) {
  return *set_for_all(campaign, Decimal(percent), Book::build(content)).lines.at(0).price;
}

TEST(SetForAll, PricesFromTheListPrice) {
  const auto campaign = price_campaign("A", "TEA", "1");
  EXPECT_EQ(price_after(shop(), campaign, "15"), Decimal("16.99"));  // 16.9915
  EXPECT_EQ(price_after(shop(), campaign, "0"), Decimal("19.99"));
  EXPECT_EQ(price_after(shop(), campaign, "100"), Decimal("0"));
  EXPECT_EQ(price_after(shop(), campaign, "-10"), Decimal("21.99"));  // 21.989
  EXPECT_EQ(price_after(shop(), campaign, "-100"), Decimal("39.98"));
}

TEST(SetForAll, RoundsAsThePolicySays) {
  auto content = shop();
  content.policy.rounding = Rounding::up;
  EXPECT_EQ(price_after(content, price_campaign("A", "TEA", "1"), "15"), Decimal("17.00"));
  content.policy.currencies["EUR"].unit = Decimal("0.05");
  content.policy.rounding = Rounding::half_even;
  EXPECT_EQ(price_after(content, price_campaign("A", "TEA", "1"), "15"), Decimal("17.00"));
  content.policy.currencies.clear();
  EXPECT_EQ(price_after(content, price_campaign("A", "TEA", "1"), "15"), Decimal("16.9915"));
}

TEST(SetForAll, InTheLinesUnit) {
  auto campaign = price_campaign("A", "TEA", "1");
  campaign.lines[0].unit = "BOX";
  EXPECT_EQ(price_after(shop(), campaign, "15"), Decimal("203.90"));  // 12 × 19.99 × 0.85 = 203.898
}

TEST(SetForAll, DoneTwiceIsDoneOnce) {
  const auto book = Book::build(shop());
  auto campaign = price_campaign("A", "TEA", "1");
  const auto once = set_for_all(campaign, Decimal(15), book);
  campaign.lines = once.lines;
  const auto twice = set_for_all(campaign, Decimal(15), book);
  EXPECT_EQ(twice.lines.at(0).price, once.lines.at(0).price);
  EXPECT_EQ(twice.lines.size(), once.lines.size());
}

TEST(SetForAll, LinesWithoutAListPriceAreLeftAlone) {
  auto campaign = price_campaign("A", "PRICELESS", "7");
  campaign.lines.push_back(campaign_line("CUP"));
  campaign.lines.push_back(campaign_line("NOT_YET_AN_ITEM"));
  const auto result = set_for_all(campaign, Decimal(50), Book::build(shop()));
  EXPECT_EQ(result.lines.at(0).price, Decimal(7));
  EXPECT_EQ(result.lines.at(1).price, Decimal(4));
  EXPECT_EQ(result.lines.at(2).price, std::nullopt);
  ASSERT_EQ(result.report.size(), 2U);
  EXPECT_EQ(result.report[0].line, 0U);
  EXPECT_EQ(result.report[0].item, "PRICELESS");
  EXPECT_EQ(result.report[0].code, Code::no_base_price);
  EXPECT_EQ(result.report[1].line, 2U);
}

TEST(SetForAll, DiscountsAreThePercentOnEveryLine) {
  auto campaign = discount_campaign("A", "TEA", "1");
  campaign.lines.push_back(campaign_line("PRICELESS"));
  const auto result = set_for_all(campaign, Decimal("12.5"), Book::build(shop()));
  for (const auto& line : result.lines) EXPECT_EQ(line.discount, Decimal("12.5"));
  EXPECT_TRUE(result.report.empty());
}

TEST(SetForAll, PercentIsMinus100To100) {
  const auto book = Book::build(shop());
  const auto prices = price_campaign("A", "TEA", "1");
  const auto discounts = discount_campaign("A", "TEA", "1");
  for (const char* percent : {"100.00001", "101", "-100.00001", "-101", "0.000001"}) {
    EXPECT_EQ(refused_as([&] { set_for_all(prices, Decimal(percent), book); }), "invalid_discount") << percent;
    EXPECT_EQ(refused_as([&] { set_for_all(discounts, Decimal(percent), book); }), "invalid_discount") << percent;
  }
  EXPECT_EQ(refused_as([&] { set_for_all(discounts, Decimal("-0.00001"), book); }), "invalid_discount");
  EXPECT_EQ(refused_as([&] { set_for_all(prices, Decimal("-0.00001"), book); }), "");
}

// The list price is that of the campaign's date, its customer and the line's minimum, before the customer's discount.
TEST(SetForAll, ListPriceOfDateCustomerAndQuantity) {
  auto content = shop();
  content.customers = {customer_with("C", "50")};
  content.price_books = {price_book_of("OLD", price_book_line("CUP", "9")),
                         price_book_of("NEW", price_book_line("CUP", "10")),
                         price_book_of("MINE", price_book_line("CUP", "6"), PriceBookType::account)};
  content.price_books[0].prices.push_back(price_book_line("CUP", "5"));
  content.price_books[0].prices[1].quantity_min = Decimal(100);
  content.price_books[1].valid_from = Date::from("2026-05-01");
  content.price_books[2].accounts = {"C"};
  auto campaign = price_campaign("A", "CUP", "1");
  EXPECT_EQ(price_after(content, campaign, "0"), Decimal(9));
  campaign.lines[0].quantity_min = Decimal(100);
  EXPECT_EQ(price_after(content, campaign, "0"), Decimal(5));
  campaign.lines[0].quantity_min = Decimal("99.5");
  EXPECT_EQ(price_after(content, campaign, "0"), Decimal(9));
  campaign.date = Date::from("2026-05-01");
  EXPECT_EQ(price_after(content, campaign, "0"), Decimal(10));
  campaign.customer = "C";
  EXPECT_EQ(price_after(content, campaign, "0"), Decimal(6));
}

// A minimum below 1 stands for a quantity of 1.
TEST(SetForAll, QuantityIsAtLeastOne) {
  auto content = shop();
  content.price_books = {price_book_of("P", price_book_line("CUP", "5"))};
  content.price_books[0].prices[0].quantity_min = Decimal(1);
  auto campaign = price_campaign("A", "CUP", "1");
  campaign.lines[0].quantity_min = Decimal("0.5");
  EXPECT_EQ(price_after(content, campaign, "0"), Decimal(5));
}

}  // namespace
}  // namespace rabatt
