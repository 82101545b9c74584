// Early payment, tier by tier, against the table of section 6 of the contract.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "amounts_oracle.h"
#include "rabatt/money.h"
#include "random_documents.h"
#include "samples.h"
#include "shown.h"
#include "trials.h"

namespace rabatt {
namespace {

using Parts = std::vector<Decimal>;

class EarlyOracle {
 public:
  EarlyOracle(const BookContent& content, const Quote& quote)
      : amounts_(content.policy, "EUR"),
        step_(content.policy.currencies.contains("EUR") ? *content.policy.currencies.at("EUR").amount
                                                        : Decimal("0.01")),
        mode_(content.policy.early_payment_tax),
        quote_(quote) {}

  void check(const EarlyPayment& early, const Parts& shares) const {
    const bool included = mode_ == EarlyPaymentTax::included;
    const Decimal discount = percent_of(included ? quote_.total : quote_.net, early.discount_percent);
    const Decimal tax = included ? quote_.tax - percent_of(quote_.tax, early.discount_percent) : quote_.tax;
    EXPECT_EQ(early.discount, discount);
    EXPECT_EQ(early.tax, tax);
    EXPECT_EQ(early.pay, quote_.total - discount);
    EXPECT_EQ(early.net, early.pay - early.tax);
    Parts row_taxes;
    for (const auto& row : quote_.taxes) row_taxes.push_back(row.tax);
    const Parts expected = included ? split(tax, row_taxes) : row_taxes;
    ASSERT_EQ(early.taxes.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(early.taxes[i].rate, quote_.taxes[i].rate);
      EXPECT_EQ(early.taxes[i].tax, expected[i]);
    }
    EXPECT_EQ(shares, split(discount, line_weights()));
  }

  // The tax of each row where it is fixed once, from the first tier.
  void check_mixed_tax(const Decimal& first_percent) const {
    Parts weights{quote_.net};
    for (const auto& row : quote_.taxes) {
      weights[0] = weights[0] - row.net;
      weights.push_back(row.net);
    }
    const Parts parts = split(percent_of(quote_.net, first_percent), weights);
    for (std::size_t i = 0; i < quote_.taxes.size(); ++i) {
      const auto& row = quote_.taxes[i];
      EXPECT_EQ(row.tax, percent_of(row.net - parts[i + 1], row.rate)) << row.rate.text();
    }
  }

  // Without that: of the base, added or contained.
  void check_plain_tax(bool prices_include_tax) const {
    for (const auto& row : quote_.taxes) {
      const Wide hundred(100, 0);
      const Wide tax = prices_include_tax ? amounts_.r_quotient(Wide(row.base) * row.rate, hundred + row.rate)
                                          : amounts_.r_quotient(Wide(row.base) * row.rate, hundred);
      EXPECT_TRUE(Wide(row.tax) == tax) << row.rate.text();
      EXPECT_TRUE(Wide(row.net) == (prices_include_tax ? Wide(row.base) - tax : Wide(row.base)));
    }
  }

 private:
  Decimal percent_of(const Decimal& value, const Decimal& percent) const {
    return *amounts_.r(Wide(value) * percent * Wide(1, 2)).narrowed();
  }

  Parts split(const Decimal& amount, const Parts& weights) const {
    return amount.is_zero() ? Parts(weights.size()) : allocate(amount, weights, step_);
  }

  Parts line_weights() const {
    Parts weights;
    for (const auto& line : quote_.lines) weights.push_back(line.net);
    const auto any = [&](int sign) {
      return std::any_of(weights.begin(), weights.end(), [&](const Decimal& weight) { return weight.sign() == sign; });
    };
    if (any(1) && any(-1))
      std::transform(weights.begin(), weights.end(), weights.begin(), std::mem_fn(&Decimal::magnitude));
    if (!any(1) && !any(-1)) weights.front() = 1;
    return weights;
  }

  AmountsOracle amounts_;
  Decimal step_;
  EarlyPaymentTax mode_;
  const Quote& quote_;
};

TEST(EarlyPayment, FollowsTheTableOfTaxModes) {
  Random random("early payment");
  const auto count = trials(5'000);
  std::uint64_t tiers = 0;
  for (std::uint64_t i = 0; i < count && !HasFailure(); ++i) {
    const auto content = random_book(&random);
    auto request = random_request(&random, content);
    request.payment_term = random.one_in(4) ? "T1" : "T0";
    if (random.one_in(2)) request.early_payment = random.one_in(2);
    const auto quote = price(Book::build(content), request);
    SCOPED_TRACE(shown(quote));
    const EarlyOracle oracle(content, quote);
    const auto& payment = *quote.payment;
    const auto& term = content.payment_terms[request.payment_term == "T1" ? 1 : 0];
    if (content.policy.early_payment_tax == EarlyPaymentTax::mixed) {
      oracle.check_mixed_tax(*term.early[0].discount);
    } else {
      oracle.check_plain_tax(content.policy.prices_include_tax);
    }
    const bool taken = request.early_payment.value_or(quote.net.sign() >= 0);
    ASSERT_EQ(payment.early.size(), taken ? term.early.size() : 0);
    ASSERT_EQ(payment.shares.size(), payment.early.size());
    for (std::size_t tier = 0; tier < payment.early.size(); ++tier, ++tiers) {
      EXPECT_EQ(payment.early[tier].discount_percent, *term.early[tier].discount);
      oracle.check(payment.early[tier], payment.shares[tier]);
    }
  }
  report("tiers of early payment", tiers);
}

BookContent desk_at_100(EarlyPaymentTax mode) {
  BookContent content;
  content.policy.early_payment_tax = mode;
  content.items = {item_at("DESK", "100"), item_at("TEA", "50")};
  content.payment_terms = {term_of("EARLY2", 30, {{8, "2"}})};
  return content;
}

TEST(EarlyPayment, MixedTaxIsFixedWithOrWithoutEarlyPayment) {
  auto request = request_of({line_of("DESK"), line_of("TEA")});
  request.payment_term = "EARLY2";
  request.lines[0].tax_rate = Decimal(21);
  for (const bool early : {true, false}) {
    request.early_payment = early;
    const auto quote = price(Book::build(desk_at_100(EarlyPaymentTax::mixed)), request);
    // 2 % of 150 is 3, of which 2 falls to the 100 at 21 %: 98 × 0.21
    EXPECT_EQ(quote.taxes.at(0).tax, Decimal("20.58"));
    EXPECT_EQ(quote.taxes.at(0).net, Decimal("100"));
    EXPECT_EQ(quote.total, Decimal("170.58"));
    EXPECT_EQ(quote.payment->early.empty(), !early);
  }
}

TEST(EarlyPayment, ContainedTaxUnderMixed) {
  auto content = desk_at_100(EarlyPaymentTax::mixed);
  content.policy.prices_include_tax = true;
  auto request = request_of({line_of("DESK")});
  request.payment_term = "EARLY2";
  request.lines[0].tax_rate = Decimal(25);
  const auto quote = price(Book::build(content), request);
  // contained 20.00, net 80.00; 2 % of 80 is 1.60; tax 25 % of 78.40
  EXPECT_EQ(quote.net, Decimal("80"));
  EXPECT_EQ(quote.tax, Decimal("19.60"));
  EXPECT_EQ(quote.total, Decimal("99.60"));
  EXPECT_EQ(quote.payment->early.at(0).pay, Decimal("98.00"));
}

TEST(EarlyPayment, SharesOfBothSignsGoByMagnitude) {
  auto request = request_of({line_of("DESK", "3"), line_of("TEA", "-2")});
  request.payment_term = "EARLY2";
  const auto quote = price(Book::build(desk_at_100(EarlyPaymentTax::included)), request);
  // 2 % of 200 is 4, by 300 : 100
  EXPECT_EQ(quote.payment->shares.at(0), (Parts{Decimal(3), Decimal(1)}));
}

TEST(EarlyPayment, ACreditNoteTakesNoneUnlessAsked) {
  auto request = request_of({line_of("DESK", "-1")});
  request.payment_term = "EARLY2";
  const auto book = Book::build(desk_at_100(EarlyPaymentTax::included));
  EXPECT_TRUE(price(book, request).payment->early.empty());
  request.early_payment = true;
  EXPECT_EQ(price(book, request).payment->early.at(0).pay, Decimal(-98));
}

}  // namespace
}  // namespace rabatt
