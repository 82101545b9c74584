// Exact arithmetic and comparison, and what a Decimal cannot be made from.

#include <gtest/gtest.h>

#include "rabatt/decimal.h"
#include "refusal.h"

namespace rabatt {
namespace {

// No way in from, or out to, binary floating point; no division that hides how it rounds.
static_assert(!std::is_constructible_v<Decimal, double>);
static_assert(!std::is_constructible_v<Decimal, float>);
static_assert(!std::is_constructible_v<Decimal, long double>);
static_assert(!std::is_constructible_v<Decimal, bool>);
static_assert(!std::is_constructible_v<Decimal, Int128>);
static_assert(!std::is_convertible_v<const char*, Decimal>);
static_assert(!std::is_convertible_v<std::string_view, Decimal>);
static_assert(!std::is_constructible_v<double, Decimal>);
static_assert(!std::is_constructible_v<bool, Decimal>);
static_assert(std::is_convertible_v<int, Decimal> && std::is_convertible_v<std::uint64_t, Decimal>);
template <class A, class B>
concept addable = requires(A a, B b) { a + b; };
template <class A, class B>
concept divisible = requires(A a, B b) { a / b; };
static_assert(addable<Decimal, int> && !addable<Decimal, double> && !addable<Decimal, bool>);
static_assert(!divisible<Decimal, Decimal> && !divisible<Decimal, int>);
static_assert(std::is_trivially_copyable_v<Decimal>);

const Decimal largest(std::string(38, '9'));
const Decimal smallest("0." + std::string(37, '0') + "1");

TEST(Decimal, EqualByValue) {
  EXPECT_EQ(Decimal("1.0"), Decimal("1.00"));
  EXPECT_EQ(Decimal("-0"), Decimal("0.000"));
  EXPECT_EQ(Decimal("100"), Decimal(100));
  EXPECT_NE(Decimal("1.0"), Decimal("1.01"));
}

TEST(Decimal, OrderedByValue) {
  const Decimal rising[] = {-largest,     Decimal("-10"),   Decimal("-2"),  Decimal("-0.1"), -smallest,
                            Decimal(),    smallest,         Decimal("0.1"), Decimal("0.11"), Decimal("1"),
                            Decimal("9"), Decimal("10.00"), largest};
  for (std::size_t a = 0; a < std::size(rising); ++a) {
    for (std::size_t b = 0; b < std::size(rising); ++b) {
      EXPECT_EQ(rising[a] < rising[b], a < b) << rising[a].text() << " " << rising[b].text();
      EXPECT_EQ(rising[a] == rising[b], a == b) << rising[a].text() << " " << rising[b].text();
    }
  }
}

TEST(Decimal, SumsAreExact) {
  EXPECT_EQ(Decimal("0.1") + Decimal("0.2"), Decimal("0.3"));
  EXPECT_EQ(Decimal("0.3") - Decimal("0.1"), Decimal("0.2"));
  EXPECT_EQ(Decimal("5.5") + Decimal("-5.50"), Decimal());
  EXPECT_EQ(Decimal("1") - Decimal("1.01"), Decimal("-0.01"));
  EXPECT_EQ(Decimal(std::string(20, '9')) + Decimal("0." + std::string(17, '0') + "1"),
            Decimal(std::string(20, '9') + "." + std::string(17, '0') + "1"));
}

TEST(Decimal, ProductsAreExact) {
  EXPECT_EQ(Decimal("9950") * Decimal("0.139"), Decimal("1383.05"));
  EXPECT_EQ(Decimal("9.99") * -3, Decimal("-29.97"));
  EXPECT_EQ(Decimal(INT64_MAX) * INT64_MAX, Decimal("85070591730234615847396907784232501249"));
  EXPECT_EQ(largest * 0, Decimal());
  EXPECT_EQ(smallest * 10, Decimal("0." + std::string(36, '0') + "1"));
}

TEST(Decimal, SumsOverflowAt39DigitsOr39Places) {
  EXPECT_EQ((largest - 1) + 1, largest);
  EXPECT_EQ(refused_as([] { largest + 1; }), "overflow");
  EXPECT_EQ(refused_as([] { -largest - 1; }), "overflow");
  EXPECT_EQ(refused_as([] { largest + largest; }), "overflow");
  EXPECT_EQ(refused_as([] { largest + Decimal("0.1"); }), "overflow");
  EXPECT_EQ(refused_as([] { largest - smallest; }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal(1) + smallest; }), "overflow");
  EXPECT_EQ((Decimal("0.9") + smallest).text(), "0.9" + std::string(36, '0') + "1");
}

// 39 digits on the way are no overflow where the value needs fewer: 9…9.5 + 0.5 = 10^37.
TEST(Decimal, OverflowIsDecidedByTheValue) {
  const Decimal nearly(std::string(37, '9') + ".5");
  EXPECT_EQ(nearly + Decimal("0.5"), Decimal("1" + std::string(37, '0')));
  EXPECT_EQ(nearly - Decimal("0.5"), Decimal(std::string(37, '9')));
  EXPECT_EQ(smallest * Decimal("2") * Decimal("5"), smallest * 10);
  EXPECT_EQ(Decimal("0." + std::string(19, '0') + "2") * Decimal("0." + std::string(18, '0') + "5"), smallest);
}

TEST(Decimal, ProductsOverflowAt39DigitsOr39Places) {
  const Decimal nineteen(std::string(19, '9'));
  EXPECT_EQ((nineteen * nineteen).text(), std::string(18, '9') + "8" + std::string(18, '0') + "1");
  EXPECT_EQ(refused_as([&] { nineteen* Decimal(std::string(20, '9')); }), "overflow");
  EXPECT_EQ(refused_as([] { smallest* Decimal("0.1"); }), "overflow");
  EXPECT_EQ(refused_as([] { largest* largest; }), "overflow");
}

TEST(Decimal, ScaledTakesMantissaAndPlaces) {
  EXPECT_EQ(Decimal::scaled(150, 2), Decimal("1.5"));
  EXPECT_EQ(Decimal::scaled(150, 2).places(), 2);
  EXPECT_EQ(Decimal::scaled(largest.mantissa(), 38).text(), "0." + std::string(38, '9'));
  EXPECT_EQ(refused_as([] { Decimal::scaled(largest.mantissa() + 1, 0); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal::scaled(-largest.mantissa() - 1, 0); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal::scaled(1, 39); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal::scaled(1, -1); }), "overflow");
}

TEST(Decimal, AtPlacesKeepsTheValueOrOverflows) {
  EXPECT_EQ(Decimal("1.5").at_places(2).mantissa(), 150);
  EXPECT_EQ(Decimal("1.50").at_places(1).mantissa(), 15);
  EXPECT_EQ(Decimal("0.00").at_places(38).places(), 38);
  EXPECT_EQ(largest.at_places(0), largest);
  EXPECT_EQ(refused_as([] { Decimal("1.25").at_places(1); }), "overflow");
  EXPECT_EQ(refused_as([] { largest.at_places(1); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal(1).at_places(38); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal(1).at_places(39); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal(100).at_places(-1); }), "overflow");
}

TEST(Decimal, SignMagnitudeAndPlacesNeeded) {
  EXPECT_EQ((-Decimal("1.5")).magnitude(), Decimal("1.5"));
  EXPECT_EQ(Decimal("-0.01").sign(), -1);
  EXPECT_EQ(Decimal("-0.00").sign(), 0);
  EXPECT_EQ(Decimal("1.50").places_needed(), 1);
  EXPECT_EQ(Decimal("100").places_needed(), 0);
  EXPECT_EQ(smallest.places_needed(), 38);
}

}  // namespace
}  // namespace rabatt
