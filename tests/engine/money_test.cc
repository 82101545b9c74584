// The currency table, and money of one currency or two.

#include <gtest/gtest.h>

#include <algorithm>

#include "rabatt/money.h"
#include "refusal.h"

namespace rabatt {
namespace {

TEST(Currencies, TheListHas165Codes) {
  const auto codes = currency_codes();
  EXPECT_EQ(codes.size(), 165U);
  EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end(), std::greater_equal<>()), codes.end())
      << "sorted, no code twice";
  for (const auto code : codes) {
    EXPECT_EQ(code.size(), 3U);
    EXPECT_TRUE(std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) << code;
    const auto places = minor_units(code);
    ASSERT_TRUE(places) << code;
    EXPECT_TRUE(*places == 0 || (*places >= 2 && *places <= 4)) << code;
  }
}

// Those of everyday use, those without minor units or with three and four, and those on which libraries disagree.
TEST(Currencies, MinorUnits) {
  const std::pair<const char*, int> known[] = {
      {"EUR", 2}, {"USD", 2}, {"GBP", 2}, {"CHF", 2}, {"CZK", 2}, {"JPY", 0}, {"KRW", 0}, {"CLP", 0}, {"ISK", 0},
      {"VND", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0}, {"UGX", 0}, {"UYI", 0}, {"RWF", 0}, {"BHD", 3}, {"IQD", 3},
      {"JOD", 3}, {"KWD", 3}, {"LYD", 3}, {"OMR", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}, {"HUF", 2}, {"IDR", 2},
      {"MGA", 2}, {"MRU", 2}, {"AFN", 2}, {"ALL", 2}, {"IRR", 2}, {"KPW", 2}, {"LAK", 2}, {"LBP", 2}, {"MMK", 2},
      {"SOS", 2}, {"SYP", 2}, {"YER", 2}, {"RSD", 2}, {"COP", 2}, {"TWD", 2}, {"PKR", 2}, {"SLE", 2}, {"VED", 2},
      {"VES", 2}, {"XCG", 2}, {"ZWG", 2}, {"CHE", 2}, {"CHW", 2}, {"USN", 2}, {"BOV", 2}, {"MXV", 2}, {"COU", 2}};
  for (const auto& [code, places] : known) EXPECT_EQ(minor_units(code), places) << code;
}

TEST(Currencies, MetalsTestCodesAndOldOnesAreUnknown) {
  for (const char* code : {"XAU", "XAG", "XPT", "XPD", "XXX",  "XTS", "XDR", "XSU",  "XUA",  "XBA", "XBB", "XBC",
                           "XBD", "BGN", "HRK", "DEM", "ANG",  "CUC", "SLL", "ZWL",  "VEF",  "MRO", "STD", "BYR",
                           "LTL", "BTC", "",    "EU",  "EURO", "eur", "Eur", "EUR ", " EUR", "ZZZ", "AAA"}) {
    EXPECT_EQ(minor_units(code), std::nullopt) << code;
  }
}

TEST(Currencies, TheEditionIsADate) {
  EXPECT_EQ(currency_edition.size(), 10U);
  EXPECT_EQ(currency_edition.substr(4, 1), "-");
}

TEST(Money, AddsAndSubtractsExactly) {
  const Money a{Decimal("1.00"), "EUR"};
  const Money b{Decimal("2.505"), "EUR"};
  EXPECT_EQ((a + b).amount, Decimal("3.505"));
  EXPECT_EQ((a - b).amount, Decimal("-1.505"));
  EXPECT_EQ((a + b).currency, "EUR");
  EXPECT_EQ(a + b - b, a);
}

TEST(Money, TwoCurrenciesDoNotMix) {
  const Money eur{1, "EUR"};
  const Money chf{1, "CHF"};
  EXPECT_EQ(refusal([&] { eur + chf; }), "currency_mismatch EUR CHF");
  EXPECT_EQ(refusal([&] { chf - eur; }), "currency_mismatch CHF EUR");
  EXPECT_NE(eur, chf);
  EXPECT_NE(eur, (Money{2, "EUR"}));
}

TEST(Money, OverflowsAsDecimalsDo) {
  const Money most{Decimal(std::string(38, '9')), "EUR"};
  const Money unit{1, "EUR"};
  EXPECT_EQ(refused_as([&] { most + unit; }), "overflow");
  EXPECT_EQ((most - unit + unit), most);
}

TEST(Money, ACurrencyOfOnesOwnAddsUp) { EXPECT_EQ((Money{1, "POINTS"} + Money{2, "POINTS"}).amount, Decimal(3)); }

}  // namespace
}  // namespace rabatt
