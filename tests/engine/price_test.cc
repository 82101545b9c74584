// The cases that must come out exactly (section 7 of the contract), through the typed interface. Case 19 is a data
// set of 2,155 order lines and is run where that is read.

#include <gtest/gtest.h>

#include "rabatt/payment.h"
#include "samples.h"

namespace rabatt {
namespace {

// One item at 100, one customer, one campaign.
BookContent item_at_100(const char* customer_discount, Campaign campaign) {
  BookContent content;
  content.items = {item_at("DESK", "100")};
  content.customers = {customer_with("C", customer_discount)};
  content.campaigns = {std::move(campaign)};
  return content;
}

QuoteLine desk_line(const BookContent& content) { return priced_line(content, request_of({line_of("DESK")}, "C")); }

TEST(Case, C1Greater) {
  const auto line = desk_line(item_at_100("5", discount_campaign("A", "DESK", "10")));
  EXPECT_EQ(line.net, Decimal("90.00"));
  EXPECT_EQ(line.source, Source::campaign);
}

TEST(Case, C2AddAndCompound) {
  const auto added = desk_line(item_at_100("5", discount_campaign("A", "DESK", "10", Combine::add)));
  EXPECT_EQ(added.net, Decimal("85.00"));
  EXPECT_EQ(added.source, Source::both);
  const auto compounded = desk_line(item_at_100("5", discount_campaign("A", "DESK", "10", Combine::compound)));
  EXPECT_EQ(compounded.net, Decimal("85.50"));
  EXPECT_EQ(compounded.discount, Decimal("14.5"));
}

TEST(Case, C3CustomerDiscountIsGreater) {
  const auto line = desk_line(item_at_100("12", discount_campaign("A", "DESK", "10")));
  EXPECT_EQ(line.net, Decimal("88.00"));
  EXPECT_EQ(line.source, Source::customer);
  EXPECT_EQ(line.applied_campaign, std::nullopt);
  EXPECT_EQ(reasons(line), "A customer_discount_is_greater");
}

TEST(Case, C4SumIsHeldAt100) {
  const auto line = desk_line(item_at_100("40", discount_campaign("A", "DESK", "70", Combine::add)));
  EXPECT_EQ(line.net, Decimal("0.00"));
  EXPECT_EQ(line.discount, Decimal(100));
}

TEST(Case, C5EarlyPaymentComesLast) {
  auto content = item_at_100("0", discount_campaign("A", "DESK", "15"));
  content.payment_terms = {term_of("EARLY5", 30, {{8, "5"}})};
  auto request = request_of({line_of("DESK")});
  request.payment_term = "EARLY5";
  const auto quote = price(Book::build(content), request);
  EXPECT_EQ(quote.total, Decimal("85.00"));
  EXPECT_EQ(quote.payment->early.at(0).pay, Decimal("80.75"));
}

TEST(Case, C6DiscountAmountIsRounded) {
  BookContent content;
  content.items = {item_at("PEN", "0.99")};
  content.campaigns = {discount_campaign("A", "PEN", "15")};
  const auto line = priced_line(content, request_of({line_of("PEN", "100")}));
  EXPECT_EQ(line.gross, Decimal("99.00"));
  EXPECT_EQ(line.discount_amount, Decimal("14.85"));
  EXPECT_EQ(line.net, Decimal("84.15"));
}

TEST(Case, C7SetPrice) {
  const auto net = [](const char* customer_discount, bool allow_customer_discount) {
    auto campaign = price_campaign("A", "LAMP", "30");
    campaign.allow_customer_discount = allow_customer_discount;
    BookContent content;
    content.items = {item_at("LAMP", "40")};
    content.customers = {customer_with("C", customer_discount)};
    content.campaigns = {campaign};
    return priced_line(content, request_of({line_of("LAMP")}, "C"));
  };
  EXPECT_EQ(net("5", false).net, Decimal("30.00"));
  EXPECT_EQ(net("30", false).net, Decimal("28.00"));
  EXPECT_EQ(net("30", false).source, Source::customer);
  EXPECT_EQ(net("5", true).net, Decimal("28.50"));
}

TEST(Case, C8ForcePrice) {
  BookContent content;
  content.items = {item_at("CUP", "8")};
  content.campaigns = {price_campaign("A", "CUP", "10")};
  EXPECT_EQ(priced_line(content, request_of({line_of("CUP")})).net, Decimal("8.00"));
  content.campaigns[0].force_price = true;
  EXPECT_EQ(priced_line(content, request_of({line_of("CUP")})).net, Decimal("10.00"));
}

TEST(Case, C9SetPriceIsNeverConverted) {
  BookContent content;
  content.items = {item_at("VASE", "0")};
  content.items[0].prices = {{"CZK", Decimal(40)}};
  content.campaigns = {price_campaign("A", "VASE", "10")};
  auto request = request_of({line_of("VASE")});
  EXPECT_EQ(priced_line(content, request).net, Decimal("10.00"));
  request.currency = "CZK";
  EXPECT_EQ(priced_line(content, request).net, Decimal("40.00"));
  EXPECT_EQ(reasons(priced_line(content, request)), "A wrong_currency");
}

TEST(Case, C10LowestNetWins) {
  auto content = item_at_100("5", discount_campaign("A", "DESK", "10"));
  content.campaigns.push_back(discount_campaign("B", "DESK", "8", Combine::add));
  const auto line = desk_line(content);
  EXPECT_EQ(line.net, Decimal("87.00"));
  EXPECT_EQ(line.applied_campaign, "B");
}

// Cases 11 and 15: 3 × 9.99 and 1 × 100 at 15 %, 7 × 1.35 at 5 %; early 5 %.
BookContent tea_desk_bun() {
  BookContent content;
  content.items = {item_at("TEA", "9.99"), item_at("DESK", "100"), item_at("BUN", "1.35")};
  auto campaign = discount_campaign("A", "TEA", "15");
  campaign.lines.push_back(campaign_line("DESK"));
  campaign.lines.push_back(campaign_line("BUN"));
  campaign.lines[1].discount = Decimal(15);
  campaign.lines[2].discount = Decimal(5);
  content.campaigns = {campaign};
  content.payment_terms = {term_of("EARLY5", 30, {{8, "5"}}), term_of("TIERS", 30, {{5, "3"}, {10, "2"}})};
  return content;
}

TEST(Case, C11Document) {
  auto request = request_of({line_of("TEA", "3"), line_of("DESK"), line_of("BUN", "7")});
  request.payment_term = "EARLY5";
  const auto quote = price(Book::build(tea_desk_bun()), request);
  EXPECT_EQ(quote.lines[0].net, Decimal("25.47"));
  EXPECT_EQ(quote.lines[1].net, Decimal("85.00"));
  EXPECT_EQ(quote.lines[2].net, Decimal("8.98"));
  EXPECT_EQ(quote.total, Decimal("119.45"));
  EXPECT_EQ(quote.payment->early.at(0).discount, Decimal("5.97"));
  EXPECT_EQ(quote.payment->early.at(0).pay, Decimal("113.48"));
}

TEST(Case, C12Tiers) {
  auto request = request_of({line_of("DESK")});
  request.date = Date::from("2026-03-01");
  request.payment_term = "TIERS";
  const auto quote = price(Book::build(tea_desk_bun()), request);
  const auto due_on = [&](const char* day) {
    for (const char* amount : {"82.45", "83.30", "85.00"}) {
      const PaymentMade payment{Date::from(day).day, Decimal(amount)};
      if (settle(quote, {&payment, 1}).settled) return amount;
    }
    return "more";
  };
  EXPECT_STREQ(due_on("2026-03-06"), "82.45");
  EXPECT_STREQ(due_on("2026-03-07"), "83.30");
  EXPECT_STREQ(due_on("2026-03-12"), "85.00");
}

TEST(Case, C13C14EarlyPaymentAndTax) {
  BookContent content;
  content.items = {item_at("DESK", "100")};
  content.payment_terms = {term_of("EARLY2", 30, {{8, "2"}})};
  const auto quote = [&](EarlyPaymentTax mode, const char* rate) {
    content.policy.early_payment_tax = mode;
    auto request = request_of({line_of("DESK")});
    request.payment_term = "EARLY2";
    request.lines[0].tax_rate = Decimal(rate);
    return price(Book::build(content), request);
  };
  EXPECT_EQ(quote(EarlyPaymentTax::included, "25").payment->early.at(0).pay, Decimal("122.50"));
  EXPECT_EQ(quote(EarlyPaymentTax::excluded, "25").payment->early.at(0).pay, Decimal("123.00"));
  EXPECT_EQ(quote(EarlyPaymentTax::mixed, "21").payment->early.at(0).pay, Decimal("118.58"));
  EXPECT_EQ(quote(EarlyPaymentTax::mixed, "21").total, Decimal("120.58"));
}

TEST(Case, C15ReturnMirrorsItsSale) {
  EXPECT_EQ(priced_line(tea_desk_bun(), request_of({line_of("TEA", "-3")})).net, Decimal("-25.47"));
}

TEST(Case, C16LastDayIsIncluded) {
  auto content = item_at_100("0", discount_campaign("A", "DESK", "10"));
  content.campaigns[0].valid_until = Date::from("2026-03-31");
  auto request = request_of({line_of("DESK")});
  request.date = Date::from("2026-03-31");
  EXPECT_EQ(priced_line(content, request).applied_campaign, "A");
  request.date = Date::from("2026-04-01");
  EXPECT_EQ(priced_line(content, request).source, Source::list);
  EXPECT_EQ(reasons(priced_line(content, request)), "A expired");
}

TEST(Case, C17LatestPriceBook) {
  BookContent content;
  content.items = {item_at("DESK", "100")};
  content.price_books = {price_book_of("P09", price_book_line("DESK", "45")),
                         price_book_of("P11", price_book_line("DESK", "46"))};
  content.price_books[0].valid_from = Date::from("2018-12-09");
  content.price_books[1].valid_from = Date::from("2018-12-11");
  auto request = request_of({line_of("DESK")});
  request.date = Date::from("2018-12-12");
  EXPECT_EQ(priced_line(content, request).applied_price_book, "P11");
  request.date = Date::from("2018-12-10");
  EXPECT_EQ(priced_line(content, request).applied_price_book, "P09");
}

TEST(Case, C18AccountBookBeforeGeneric) {
  BookContent content;
  content.items = {item_at("DESK", "100")};
  content.customers = {customer_with("C", "0")};
  content.price_books = {price_book_of("G", price_book_line("DESK", "45")),
                         price_book_of("A", price_book_line("DESK", "47"), PriceBookType::account)};
  content.price_books[1].accounts = {"C"};
  EXPECT_EQ(desk_line(content).net, Decimal("47.00"));
}

TEST(Case, C20HundredPercentIsNothing) {
  BookContent content;
  content.items = {item_at("GIFT", "0.335")};
  content.customers = {customer_with("C", "100")};
  for (int mode = 0; mode < 7; ++mode) {
    for (int round_at = 0; round_at < 4; ++round_at) {
      content.policy.rounding = static_cast<Rounding>(mode);
      content.policy.round_at = static_cast<RoundAt>(round_at);
      EXPECT_TRUE(priced_line(content, request_of({line_of("GIFT", "3")}, "C")).net.is_zero());
    }
  }
}

TEST(Case, C21QuantityZero) {
  BookContent content;
  content.items = {item_at("CUP", "8")};
  content.campaigns = {price_campaign("A", "CUP", "10")};
  const auto line = priced_line(content, request_of({line_of("CUP", "0")}));
  EXPECT_TRUE(line.net.is_zero());
  EXPECT_EQ(line.applied_campaign, std::nullopt);
}

TEST(Case, C22UndiscountedUnitPriceIsNotRounded) {
  BookContent content;
  content.items = {item_at("NAIL", "0.139")};
  content.policy.round_at = RoundAt::unit_net;
  content.policy.currencies = {{"EUR", {std::nullopt, Decimal("0.01")}}};
  EXPECT_EQ(priced_line(content, request_of({line_of("NAIL", "9950")})).net, Decimal("1383.05"));
}

TEST(Case, C23OutBeforePriorities) {
  auto content = item_at_100("12", discount_campaign("A", "DESK", "10"));
  content.campaigns[0].priority = 1;
  content.campaigns.push_back(discount_campaign("B", "DESK", "20"));
  const auto line = desk_line(content);
  EXPECT_EQ(line.net, Decimal("80.00"));
  EXPECT_EQ(line.applied_campaign, "B");
  EXPECT_EQ(reasons(line), "A customer_discount_is_greater");
}

}  // namespace
}  // namespace rabatt
