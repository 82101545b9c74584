// Exact: decimals as wide as they need to be, beyond 128 bits and back.

#include <gtest/gtest.h>

#include "rabatt/exact.h"
#include "random.h"
#include "refusal.h"
#include "trials.h"
#include "wide.h"

namespace rabatt {
namespace {

const Decimal largest(std::string(38, '9'));
const Decimal smallest("0." + std::string(37, '0') + "1");

TEST(Exact, NeverOverflows) {
  EXPECT_EQ((Exact(largest) * largest).text(), std::string(37, '9') + "8" + std::string(37, '0') + "1");
  EXPECT_EQ((Exact(smallest) * smallest).text(), "0." + std::string(75, '0') + "1");
  EXPECT_EQ((Exact(largest) + smallest).text(), std::string(38, '9') + "." + std::string(37, '0') + "1");
  EXPECT_EQ((Exact(largest) + 1).text(), "1" + std::string(38, '0'));
  EXPECT_EQ((-Exact(largest) - 1).text(), "-1" + std::string(38, '0'));
}

TEST(Exact, ComesBackFromBeyond128Bits) {
  const Exact wide = Exact(largest) * largest;
  EXPECT_EQ((wide - wide + Exact(Decimal("1.50"))).text(), "1.5");
  EXPECT_EQ((wide * Exact(Decimal("0.1")) * Exact(10) - wide).sign(), 0);
  EXPECT_EQ(wide.rounded(largest, Rounding::half_up), wide);
  EXPECT_EQ((Exact(smallest) * smallest).rounded(smallest, Rounding::up).narrow(), smallest);
}

// ±2^127 and its neighbours: the edge of the 128-bit integers inside.
TEST(Exact, AroundTheEdgeOf128Bits) {
  const Integer edge = Integer(1) << 127;
  const Decimal part("70141183460469231731687303715884105728");  // 2^127 − 10^38
  for (const int offset : {-2, -1, 0, 1, 2}) {
    const Exact value = Exact(largest) + part + Exact(offset + 1);
    EXPECT_EQ(value.text(), Integer(edge + offset).str());
    EXPECT_EQ((-value).text(), "-" + Integer(edge + offset).str());
    EXPECT_NE(value, value + Exact(1));
    EXPECT_EQ(-(-value), value);
    EXPECT_EQ((value - value).sign(), 0);
    EXPECT_LT(-value, value);
    EXPECT_EQ(value * Exact(-1), -value);
    EXPECT_EQ((-value).rounded(Decimal(1), Rounding::floor), -value);
    EXPECT_FALSE(value.narrowed());
  }
}

// −2^127 is a 128-bit integer, but its magnitude is none: it is held as a wide one.
TEST(Exact, SumsAndProductsThatAreTheSmallest128BitInteger) {
  const std::string smallest_128 = "-170141183460469231731687303715884105728";
  const Exact quarter = Exact(Decimal("-85070591730234615865843651857942052864"));  // −2^126
  EXPECT_EQ((quarter + quarter).text(), smallest_128);
  EXPECT_EQ((quarter * Exact(2)).text(), smallest_128);
  EXPECT_EQ((-(quarter + quarter)).text(), smallest_128.substr(1));
}

TEST(Exact, NarrowCountsDigitsWithThePlacesOfTheStep) {
  EXPECT_EQ(Exact(largest).narrow(0), largest);
  EXPECT_EQ(refused_as([] { Exact(largest).narrow(1); }), "overflow");
  EXPECT_EQ(refused_as([] { (Exact(largest) + 1).narrow(); }), "overflow");
  EXPECT_EQ(refused_as([] { (Exact(smallest) * Decimal("0.1")).narrow(); }), "overflow");
  EXPECT_EQ(Exact(Decimal(std::string(36, '9'))).narrow(2), Decimal(std::string(36, '9')));
  EXPECT_EQ(refused_as([] { Exact(Decimal(std::string(37, '9'))).narrow(2); }), "overflow");
  EXPECT_EQ(Exact(Decimal("0.00")).narrow(38).sign(), 0);
}

TEST(Exact, CopiesAreIndependent) {
  Exact wide = Exact(largest) * largest;
  const Exact copy = wide;
  Exact other = 1;
  other = wide;
  const Exact& self = other;
  other = self;
  wide = wide + 1;
  EXPECT_EQ(copy, other);
  EXPECT_GT(wide, copy);
  const Exact moved = std::move(wide);
  EXPECT_EQ(moved - 1, copy);
}

// A random sum of products, computed in both ways.
struct Pair {
  Exact exact;
  Wide wide;
};

Pair random_value(Random* random) {
  Pair sum{0, Wide(0, 0)};
  for (int terms = random->between(1, 3); terms > 0; --terms) {
    Pair term{1, Wide(1, 0)};
    for (int factors = random->between(1, 4); factors > 0; --factors) {
      const Decimal factor = random->decimal();
      term = {term.exact * factor, term.wide * factor};
    }
    sum = random->one_in(2) ? Pair{sum.exact + term.exact, sum.wide + term.wide}
                            : Pair{sum.exact - term.exact, sum.wide - term.wide};
  }
  return sum;
}

TEST(Exact, AgreesWithWideIntegers) {
  Random random("exact");
  const auto count = trials(50'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto [a, wide_a] = random_value(&random);
    ASSERT_EQ(a.text(), wide_a.text());
    ASSERT_EQ(a.sign(), wide_a.sign());
    const int places = random.between(0, 38);
    ASSERT_EQ(a.narrowed(places).has_value(), wide_a.fits(places)) << a.text() << " with " << places;
    ASSERT_EQ(a.narrowed().value_or(Decimal(-1)).text(), wide_a.fits() ? a.text() : "-1");

    const auto [b, wide_b] = random_value(&random);
    ASSERT_EQ(a < b, wide_a < wide_b) << a.text() << " " << b.text();
    ASSERT_EQ(a == b, wide_a == wide_b) << a.text() << " " << b.text();
    const Decimal step =
        random.one_in(2) ? Decimal::scaled(random.between(1, 9), places) : random.decimal().magnitude();
    const auto mode = random.rounding();
    if (step.is_zero() || b.is_zero()) continue;
    ASSERT_EQ(a.rounded(step, mode).text(), rounded(wide_a, step, mode).text()) << a.text() << " to " << step.text();
    ASSERT_EQ(rounded_quotient(a, b, step, mode).text(), rounded_quotient_of(wide_a, wide_b, step, mode).text())
        << a.text() << " / " << b.text() << " to " << step.text();
  }
  report("sums of products beyond 128 bits", count);
}

}  // namespace
}  // namespace rabatt
