// The decimal core against unbounded integers: random operands of every size, and the neighbourhood of every tie.

#include <gtest/gtest.h>

#include <optional>

#include "rabatt/error.h"
#include "random.h"
#include "trials.h"
#include "wide.h"

namespace rabatt {
namespace {

constexpr std::uint64_t properties = 10;  // the tests of this file share the operations

// Runs one property's share of the operations, and counts those that overflow.
class Trial {
 public:
  explicit Trial(std::string_view name) : random(test_seed()), name_(name) {}

  template <class Operation>
  void run(Operation operation) {
    const auto count = operations() / properties;
    for (std::uint64_t i = 0; i < count && !::testing::Test::HasFailure(); ++i) operation();
    EXPECT_GT(computed_, count / 50) << "hardly anything was computed";
    report(name_, count, ", " + std::to_string(computed_) + " computed, " + std::to_string(overflows_) + " overflows");
  }

  // `compute()` must give `expected`, or overflow exactly where that has no room in a Decimal.
  template <class Compute>
  void agree(const Wide& expected, const std::string& what, Compute compute) {
    std::optional<Decimal> result;
    try {
      result = compute();
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), Code::overflow) << what;
    }
    ASSERT_EQ(result.has_value(), expected.fits()) << what << " is " << expected.text();
    if (result) ASSERT_TRUE(Wide(*result) == expected) << what << " is " << expected.text() << ", not " << result->text();
    ++(result ? computed_ : overflows_);
  }

  Random random;

 private:
  std::string name_;
  std::uint64_t computed_ = 0;
  std::uint64_t overflows_ = 0;
};

std::string described(const Decimal& a, std::string_view operation, const Decimal& b) {
  return a.text() + " " + std::string(operation) + " " + b.text();
}

std::string in_mode(Rounding mode) { return " in mode " + std::to_string(static_cast<int>(mode)); }

// A decimal of a wide value, if it fits.
std::optional<Decimal> narrowed(const Wide& value) {
  if (!value.fits()) return std::nullopt;
  const Wide reduced = value.reduced();
  return Decimal::scaled(static_cast<Int128>(reduced.mantissa), reduced.places);
}

// Steps that money is rounded to, and steps of any size.
Decimal any_step(Random* random) {
  constexpr const char* usual[] = {"0.01", "0.05", "1", "0.00001", "3", "0.25", "0.001", "10"};
  if (random->one_in(2)) return Decimal(random->pick(usual));
  const Decimal step = random->decimal().magnitude();
  return step.is_zero() ? Decimal(1) : step;
}

// k·step/2 − 1, + 0 or + 1 unit of a place beyond those of the tie: right at a tie or a multiple, or next to it.
std::optional<Decimal> near_tie(Random* random, const Decimal& step) {
  const Int128 k = random->magnitude(random->between(0, 20)) * (random->one_in(2) ? 1 : -1);
  const Wide tie = Wide(Integer(k), 0) * step * Decimal("0.5");
  return narrowed(tie + Wide(random->between(-1, 1), tie.places + random->between(0, 2)));
}

TEST(WideOracle, Sums) {
  Trial trial("sums");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal b = trial.random.decimal();
    trial.agree(Wide(a) + b, described(a, "+", b), [&] { return a + b; });
  });
}

TEST(WideOracle, Differences) {
  Trial trial("differences");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal b = trial.random.decimal();
    trial.agree(Wide(a) - b, described(a, "-", b), [&] { return a - b; });
  });
}

TEST(WideOracle, Products) {
  Trial trial("products");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal b = trial.random.decimal();
    trial.agree(Wide(a) * b, described(a, "*", b), [&] { return a * b; });
  });
}

TEST(WideOracle, Order) {
  Trial trial("comparisons");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal unit = trial.random.decimal();
    // any two, or neighbours that are spelled with different places
    const Decimal b = trial.random.one_in(2) ? unit : narrowed(Wide(a) + Wide(trial.random.between(-1, 1), 38)).value_or(a);
    const int expected = (Wide(a) - b).sign();
    const auto order = a <=> b;
    ASSERT_EQ(order < 0 ? -1 : order > 0 ? 1 : 0, expected) << described(a, "<=>", b);
    ASSERT_EQ(a == b, expected == 0) << described(a, "==", b);
    trial.agree(a, a.text(), [&] { return a; });
  });
}

TEST(WideOracle, Rounding) {
  Trial trial("roundings");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal step = any_step(&trial.random);
    const auto mode = trial.random.rounding();
    trial.agree(rounded(a, step, mode), described(a, "to", step) + in_mode(mode), [&] { return a.rounded(step, mode); });
  });
}

TEST(WideOracle, RoundingNextToTies) {
  Trial trial("roundings next to ties");
  trial.run([&] {
    const Decimal step = any_step(&trial.random);
    const auto a = near_tie(&trial.random, step);
    if (!a) return;
    const auto mode = trial.random.rounding();
    trial.agree(rounded(*a, step, mode), described(*a, "to", step) + in_mode(mode),
                [&] { return a->rounded(step, mode); });
  });
}

TEST(WideOracle, Quotients) {
  Trial trial("quotients");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal b = trial.random.decimal();
    if (b.is_zero()) return;
    const int places = trial.random.between(0, 38);
    const auto mode = trial.random.rounding();
    trial.agree(rounded_quotient_of(a, b, Wide(1, places), mode),
                described(a, "/", b) + " to " + std::to_string(places) + " places" + in_mode(mode),
                [&] { return divide(a, b, places, mode); });
  });
}

// a = b·(k + ½)·10^−places, and its neighbours.
TEST(WideOracle, QuotientsNextToTies) {
  Trial trial("quotients next to ties");
  trial.run([&] {
    const Decimal b = Decimal::scaled(trial.random.magnitude(trial.random.between(1, 18)) + 1, trial.random.between(0, 8));
    const int places = trial.random.between(0, 8);
    const auto product = narrowed(Wide(b) * Wide(1, places));
    const auto a = product ? near_tie(&trial.random, *product) : std::nullopt;
    if (!a) return;
    const auto mode = trial.random.rounding();
    trial.agree(rounded_quotient_of(*a, b, Wide(1, places), mode),
                described(*a, "/", b) + " to " + std::to_string(places) + " places" + in_mode(mode),
                [&] { return divide(*a, b, places, mode); });
  });
}

TEST(WideOracle, RoundedProducts) {
  Trial trial("rounded products");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const Decimal b = trial.random.decimal();
    const Decimal step = any_step(&trial.random);
    const auto mode = trial.random.rounding();
    trial.agree(rounded(Wide(a) * b, step, mode), described(a, "*", b) + " to " + step.text() + in_mode(mode),
                [&] { return multiply_rounded(a, b, step, mode); });
  });
}

// With b = 2^i·5^j a tie of the step has a factor a of few digits.
TEST(WideOracle, RoundedProductsNextToTies) {
  Trial trial("rounded products next to ties");
  trial.run([&] {
    const Decimal step = any_step(&trial.random);
    constexpr const char* factors[] = {"0.5", "0.2", "2", "5", "0.125", "0.16", "8", "25", "-0.25", "1", "-4"};
    const Decimal b(trial.random.pick(factors));
    const auto tie = near_tie(&trial.random, step);
    const auto inverse = divide(1, b, 8, Rounding::half_up);
    const auto a = tie ? narrowed(Wide(*tie) * inverse) : std::nullopt;
    if (!a) return;
    const auto mode = trial.random.rounding();
    trial.agree(rounded(Wide(*a) * b, step, mode), described(*a, "*", b) + " to " + step.text() + in_mode(mode),
                [&] { return multiply_rounded(*a, b, step, mode); });
  });
}

}  // namespace
}  // namespace rabatt
