// Sums of boundary values: overflow with the subject "total", exactly where a sum or a tax has no room.

#include <gtest/gtest.h>

#include "amounts_oracle.h"
#include "boundary_values.h"
#include "refusal.h"
#include "samples.h"
#include "trials.h"

namespace rabatt {
namespace {

RequestLine line_worth(const Decimal& amount, const std::optional<Decimal>& tax_rate) {
  RequestLine line = line_of("X", amount.sign() < 0 ? "-1" : "1");
  line.list_price = amount.magnitude();
  line.tax_rate = tax_rate;
  return line;
}

// The document of two lines of one tax rate.
std::string expected_outcome(const AmountsOracle& oracle, const Decimal& a, const Decimal& b,
                             const std::optional<Decimal>& rate, bool prices_include_tax) {
  const Wide nets[] = {oracle.r(a), oracle.r(b)};
  for (int i = 0; i < 2; ++i) {
    if (!nets[i].fits(2)) return "overflow lines[" + std::to_string(i) + "].item X";
  }
  const Wide base = nets[0] + nets[1];
  Wide tax(0, 0);
  if (rate) {
    tax = prices_include_tax ? oracle.r_quotient(base * *rate, Wide(100, 0) + *rate)
                             : oracle.r_quotient(base * *rate, Wide(100, 0));
  }
  const Wide net = prices_include_tax ? base - tax : base;
  const bool room = base.fits(2) && tax.fits(2) && net.fits(2) && (net + tax).fits(2);
  return room ? "" : "overflow total";
}

TEST(TotalOverflow, TwoLinesAndTheirTax) {
  const std::optional<Decimal> rates[] = {std::nullopt,       Decimal(0),   Decimal(19),
                                          Decimal("0.00001"), Decimal(100), Decimal(std::string(33, '9') + ".99999")};
  const auto values = signed_boundary_values();
  for (const bool prices_include_tax : {false, true}) {
    BookContent content;
    content.items = {item_at("X", "1")};
    content.policy.prices_include_tax = prices_include_tax;
    const auto book = Book::build(content);
    const AmountsOracle oracle(content.policy, "EUR");
    for (const auto& rate : rates) {
      for (const auto& a : values) {
        for (const auto& b : values) {
          const auto request = request_of({line_worth(a, rate), line_worth(b, rate)});
          ASSERT_EQ(refusal([&] { price(book, request); }), expected_outcome(oracle, a, b, rate, prices_include_tax))
              << a.text() << " + " << b.text() << " at " << (rate ? rate->text() : "no rate");
        }
      }
    }
  }
  report("documents of two lines", 2 * std::size(rates) * values.size() * values.size());
}

// Bases that cancel out in the document's net still have to fit each for itself.
TEST(TotalOverflow, EveryTaxRowHasToFit) {
  BookContent content;
  content.items = {item_at("X", "1")};
  const auto book = Book::build(content);
  const Decimal half("5" + std::string(35, '0'));
  const auto line = [&](const Decimal& amount, int rate) { return line_worth(amount, Decimal(rate)); };
  EXPECT_EQ(refusal([&] { price(book, request_of({line(half, 0), line(half, 0), line(-half, 1), line(-half, 1)})); }),
            "overflow total");
  EXPECT_EQ(refusal([&] { price(book, request_of({line(half, 0), line(-half, 1), line(half, 0), line(-half, 0)})); }),
            "");
}

TEST(TotalOverflow, CampaignSums) {
  BookContent content;
  content.items = {item_at("X", ("5" + std::string(35, '0')).c_str())};
  content.campaigns = {discount_campaign("A", "X", "0")};
  const auto book = Book::build(content);
  auto request = request_of({line_of("X"), line_of("X", "-1")});
  EXPECT_EQ(refusal([&] { price(book, request); }), "");
  request.lines.push_back(line_of("X"));
  request.lines.push_back(line_of("X"));
  EXPECT_EQ(refusal([&] { price(book, request); }), "overflow total");
}

}  // namespace
}  // namespace rabatt
