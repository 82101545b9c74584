// Payment terms: due dates, which term applies, and dates that leave the calendar.

#include <gtest/gtest.h>

#include <climits>

#include "refusal.h"
#include "samples.h"

namespace rabatt {
namespace {

BookContent shop(PaymentTerm term) {
  BookContent content;
  content.items = {item_at("TEA", "10")};
  content.customers = {customer_with("C", "0")};
  content.payment_terms = {std::move(term)};
  return content;
}

Request tea_on(const char* day, const char* term) {
  auto request = request_of({line_of("TEA")});
  request.date = Date::from(day);
  request.payment_term = term;
  return request;
}

std::string due(const char* day, int net_days, bool end_of_month) {
  auto term = term_of("T", net_days, {});
  term.end_of_month = end_of_month;
  return text_of(price(Book::build(shop(term)), tea_on(day, "T")).payment->due);
}

TEST(Payment, DueAfterTheNetDays) {
  EXPECT_EQ(due("2026-03-10", 0, false), "2026-03-10");
  EXPECT_EQ(due("2026-03-10", 30, false), "2026-04-09");
  EXPECT_EQ(due("2024-02-28", 1, false), "2024-02-29");
  EXPECT_EQ(due("2023-02-28", 1, false), "2023-03-01");
  EXPECT_EQ(due("2026-12-15", 30, false), "2027-01-14");
  EXPECT_EQ(due("2026-03-10T23:59:59", 1, false), "2026-03-11");
}

TEST(Payment, DueAtTheEndOfTheMonth) {
  EXPECT_EQ(due("2026-03-10", 30, true), "2026-04-30");
  EXPECT_EQ(due("2026-03-31", 0, true), "2026-03-31");
  EXPECT_EQ(due("2024-01-31", 20, true), "2024-02-29");
  EXPECT_EQ(due("2023-01-31", 20, true), "2023-02-28");
  EXPECT_EQ(due("2026-12-01", 31, true), "2027-01-31");
  EXPECT_EQ(due("9999-12-01", 30, true), "9999-12-31");
}

TEST(Payment, DatesEndWith9999) {
  EXPECT_EQ(due("9999-12-30", 1, false), "9999-12-31");
  EXPECT_EQ(refusal([] { due("9999-12-31", 1, false); }), "overflow total");
  EXPECT_EQ(refusal([] { due("2026-03-10", INT_MAX, true); }), "overflow total");
  const auto book = Book::build(shop(term_of("T", 0, {{8, "5"}})));
  auto request = tea_on("9999-12-24", "T");
  EXPECT_EQ(refusal([&] { price(book, request); }), "overflow total");
  request.early_payment = false;
  EXPECT_EQ(refusal([&] { price(book, request); }), "");
  request = tea_on("9999-12-23", "T");
  EXPECT_EQ(text_of(price(book, request).payment->early.at(0).until), "9999-12-31");
}

TEST(Payment, NoneWithoutATerm) {
  EXPECT_EQ(price(Book::build(shop(term_of("T", 30, {}))), tea_on("2026-03-10", "")).payment, std::nullopt);
}

TEST(Payment, TheCustomersTermIsTheDefault) {
  auto content = shop(term_of("T", 30, {}));
  content.payment_terms.push_back(term_of("OTHER", 14, {}));
  content.customers[0].payment_term = "T";
  const auto book = Book::build(content);
  auto request = tea_on("2026-03-10", "");
  request.customer = "C";
  EXPECT_EQ(price(book, request).payment->payment_term, "T");
  request.payment_term = "OTHER";
  EXPECT_EQ(price(book, request).payment->payment_term, "OTHER");
}

TEST(Payment, AnInactiveDefaultTermIsAWarning) {
  auto content = shop(term_of("T", 30, {{8, "5"}}));
  content.payment_terms[0].active = false;
  content.customers[0].payment_term = "T";
  content.policy.early_payment_tax = EarlyPaymentTax::mixed;
  auto request = tea_on("2026-03-10", "");
  request.customer = "C";
  request.lines[0].tax_rate = Decimal(20);
  const auto quote = price(Book::build(content), request);
  EXPECT_FALSE(quote.payment);
  EXPECT_EQ(quote.tax, Decimal(2)) << "and fixes no tax";
  ASSERT_EQ(quote.warnings.size(), 1U);
  EXPECT_EQ(quote.warnings[0].reason, Reason::payment_term_inactive);
  EXPECT_FALSE(quote.warnings[0].line || quote.warnings[0].campaign);
}

TEST(Payment, EchoesGraceDaysAndTaxMode) {
  auto term = term_of("T", 30, {{0, "100"}, {8, "0"}});
  term.grace_days = 3;
  auto content = shop(term);
  content.policy.early_payment_tax = EarlyPaymentTax::excluded;
  const auto payment = *price(Book::build(content), tea_on("2026-03-10", "T")).payment;
  EXPECT_EQ(payment.grace_days, 3);
  EXPECT_EQ(payment.tax_mode, EarlyPaymentTax::excluded);
  EXPECT_EQ(payment.early.at(0).pay.text(2), "0.00");
  EXPECT_EQ(text_of(payment.early.at(0).until), "2026-03-10");
  EXPECT_EQ(payment.early.at(1).pay.text(2), "10.00");
}

}  // namespace
}  // namespace rabatt
