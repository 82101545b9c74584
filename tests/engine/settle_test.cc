// Payments against a quote: which tier is earned, what stays open, what is paid too much.

#include <gtest/gtest.h>

#include "rabatt/payment.h"
#include "random.h"
#include "refusal.h"
#include "samples.h"
#include "trials.h"
#include "wide.h"

namespace rabatt {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

PaymentMade paid(const char* day, const char* amount) { return {Date::from(day).day, Decimal(amount)}; }

// 85.00 on 2026-03-01: 3 % in 5 days, 2 % in 10, two days of grace.
Quote quote_of_85(const char* quantity = "1") {
  auto term = term_of("T", 30, {{5, "3"}, {10, "2"}});
  term.grace_days = 2;
  BookContent content;
  content.items = {item_at("DESK", "85")};
  content.payment_terms = {term};
  auto request = request_of({line_of("DESK", quantity)});
  request.date = Date::from("2026-03-01");
  request.payment_term = "T";
  request.early_payment = true;
  return price(Book::build(content), request);
}

std::string settled(const Quote& quote, const std::vector<PaymentMade>& payments) {
  const auto [done, open, tier, overpaid] = settle(quote, payments);
  return std::string(done ? "settled" : "open ") + (done ? "" : open.text(open.places())) +
         (tier ? " tier " + std::to_string(*tier) : "") + (overpaid.is_zero() ? "" : " over " + overpaid.text(2));
}

TEST(Settle, EarnsTheFirstTierThatIsReachedInTime) {
  const auto quote = quote_of_85();
  EXPECT_EQ(settled(quote, {}), "open 85.00");
  EXPECT_EQ(settled(quote, {paid("2026-03-06", "82.45")}), "settled tier 0");
  EXPECT_EQ(settled(quote, {paid("2026-03-08", "82.45")}), "settled tier 0") << "the last day of grace";
  EXPECT_EQ(settled(quote, {paid("2026-03-09", "82.45")}), "open 2.55");
  EXPECT_EQ(settled(quote, {paid("2026-03-09", "83.30")}), "settled tier 1");
  EXPECT_EQ(settled(quote, {paid("2026-03-13", "83.30")}), "settled tier 1");
  EXPECT_EQ(settled(quote, {paid("2026-03-14", "83.30")}), "open 1.70");
  EXPECT_EQ(settled(quote, {paid("2026-03-14", "85.00")}), "settled");
  EXPECT_EQ(settled(quote, {paid("2026-02-01", "82.45")}), "settled tier 0") << "paid before the document's date";
}

TEST(Settle, PaymentsAddUpInAnyOrder) {
  const auto quote = quote_of_85();
  EXPECT_EQ(settled(quote, {paid("2026-03-06", "40"), paid("2026-03-02", "42.45")}), "settled tier 0");
  EXPECT_EQ(settled(quote, {paid("2026-03-20", "2.55"), paid("2026-03-02", "82.45")}), "settled tier 0 over 2.55");
  EXPECT_EQ(settled(quote, {paid("2026-03-20", "45"), paid("2026-03-02", "40")}), "settled");
  EXPECT_EQ(settled(quote, {paid("2026-03-02", "90"), paid("2026-03-03", "-7.55")}), "settled tier 0") << "a refund";
}

TEST(Settle, OneCentShort) {
  EXPECT_EQ(settled(quote_of_85(), {paid("2026-03-06", "82.44")}), "open 2.56");
  EXPECT_EQ(settled(quote_of_85(), {paid("2026-03-06", "82.449")}), "open 2.551");
  EXPECT_EQ(settled(quote_of_85(), {paid("2026-03-06", "82.46")}), "settled tier 0 over 0.01");
}

TEST(Settle, NegativeTotalsMirror) {
  const auto quote = quote_of_85("-1");
  EXPECT_EQ(settled(quote, {}), "open -85.00");
  EXPECT_EQ(settled(quote, {paid("2026-03-06", "-82.45")}), "settled tier 0");
  EXPECT_EQ(settled(quote, {paid("2026-03-06", "-82.44")}), "open -2.56");
  EXPECT_EQ(settled(quote, {paid("2026-03-06", "-83.45")}), "settled tier 0 over -1.00");
}

TEST(Settle, SumsOverflow) {
  const std::string most(36, '9');
  EXPECT_EQ(refusal([&] {
              settle(quote_of_85(),
                     std::vector<PaymentMade>{paid("2026-03-06", most.c_str()), paid("2026-03-06", most.c_str())});
            }),
            "overflow total");
}

// Section 6 of the contract, word by word.
struct Expected {
  std::optional<std::size_t> tier;
  Wide open{0, 0};
  Wide overpaid{0, 0};
};

Expected expected_of(const Quote& quote, const std::vector<PaymentMade>& payments) {
  const Wide sign(quote.total.sign() < 0 ? -1 : 1, 0);
  Expected expected;
  Wide all(0, 0);
  for (const auto& payment : payments) all = all + sign * payment.amount;
  Wide due = sign * quote.total;
  for (std::size_t tier = quote.payment->early.size(); tier-- > 0;) {
    const auto& early = quote.payment->early[tier];
    Wide in_time(0, 0);
    for (const auto& payment : payments) {
      if (sys_days(payment.date) <= sys_days(early.until) + days(quote.payment->grace_days)) {
        in_time = in_time + sign * payment.amount;
      }
    }
    if (in_time < sign * early.pay) continue;
    expected.tier = tier;
    due = sign * early.pay;
  }
  if (all < due) expected.open = (due - all) * sign;
  if (due < all) expected.overpaid = (all - due) * sign;
  return expected;
}

TEST(Settle, AgreesWithTheContract) {
  Random random("settlements");
  const auto count = trials(20'000);
  const Quote quotes[] = {quote_of_85(), quote_of_85("-1"), quote_of_85("0"), quote_of_85("0.01")};
  constexpr const char* amounts[] = {"82.45", "83.30", "85", "0.85", "42.45", "40", "1.7", "2.55", "0.005", "0"};
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto& quote = random.pick(quotes);
    std::vector<PaymentMade> payments;
    for (int payment = random.between(0, 4); payment > 0; --payment) {
      const Decimal amount(random.pick(amounts));
      const bool back = random.one_in(5) != (quote.total.sign() < 0);
      payments.push_back(
          {sys_days(Date::from("2026-02-27").day) + days(random.between(0, 20)), back ? -amount : amount});
    }
    const auto expected = expected_of(quote, payments);
    const auto settlement = settle(quote, payments);
    ASSERT_EQ(settlement.tier, expected.tier) << i;
    ASSERT_TRUE(Wide(settlement.open) == expected.open) << settlement.open.text() << " " << i;
    ASSERT_TRUE(Wide(settlement.overpaid) == expected.overpaid) << settlement.overpaid.text() << " " << i;
    ASSERT_EQ(settlement.settled, expected.open.sign() == 0) << i;
  }
  report("settlements", count);
}

}  // namespace
}  // namespace rabatt
