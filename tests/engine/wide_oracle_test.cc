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

struct Operands {
  Decimal a;
  const char* operation;
  Decimal b;
  Decimal step = 0;
  Rounding mode = Rounding::half_up;

  std::string text() const {
    return a.text() + " " + operation + " " + b.text() + ", step " + step.text() + ", mode " +
           std::to_string(static_cast<int>(mode));
  }
};

// Runs one property's share of the operations, and counts those that overflow.
class Trial {
 public:
  explicit Trial(std::string_view name) : random(name), name_(name) {}

  template <class Operation>
  void run(Operation operation) {
    const auto count = operations() / properties;
    for (std::uint64_t i = 0; i < count && !::testing::Test::HasFailure(); ++i) operation();
    EXPECT_GT(computed_, count / 50) << "hardly anything was computed";
    report(name_, count, ", " + std::to_string(computed_) + " computed, " + std::to_string(overflows_) + " overflows");
  }

  // `compute()` must give `expected`, or overflow exactly where that has no room in a Decimal.
  template <class Compute>
  void agree(const Operands& operands, const Wide& expected, Compute compute) {
    std::optional<Decimal> result;
    try {
      result = compute();
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), Code::overflow) << operands.text();
    }
    ASSERT_EQ(result.has_value(), expected.fits()) << operands.text() << ": " << expected.text();
    if (result) {
      ASSERT_TRUE(Wide(*result) == expected)
          << operands.text() << ": " << expected.text() << ", not " << result->text();
    }
    ++(result ? computed_ : overflows_);
  }

  Random random;

 private:
  std::string name_;
  std::uint64_t computed_ = 0;
  std::uint64_t overflows_ = 0;
};

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
  return (tie + Wide(random->between(-1, 1), tie.places + random->between(0, 2))).narrowed();
}

TEST(WideOracle, Sums) {
  Trial trial("sums");
  trial.run([&] {
    const Operands with{trial.random.decimal(), "+", trial.random.decimal()};
    trial.agree(with, Wide(with.a) + with.b, [&] { return with.a + with.b; });
  });
}

TEST(WideOracle, Differences) {
  Trial trial("differences");
  trial.run([&] {
    const Operands with{trial.random.decimal(), "-", trial.random.decimal()};
    trial.agree(with, Wide(with.a) - with.b, [&] { return with.a - with.b; });
  });
}

TEST(WideOracle, Products) {
  Trial trial("products");
  trial.run([&] {
    const Operands with{trial.random.decimal(), "*", trial.random.decimal()};
    trial.agree(with, Wide(with.a) * with.b, [&] { return with.a * with.b; });
  });
}

// Any two decimals, or neighbours spelled with different places.
TEST(WideOracle, Order) {
  Trial trial("comparisons");
  trial.run([&] {
    const Decimal a = trial.random.decimal();
    const auto neighbour = (Wide(a) + Wide(trial.random.between(-1, 1), 38)).narrowed();
    const Operands with{a, "<=>", trial.random.one_in(2) && neighbour ? *neighbour : trial.random.decimal()};
    const auto order = with.a <=> with.b;
    const int sign = order < 0 ? -1 : order > 0 ? 1 : 0;
    trial.agree(with, Wide((Wide(with.a) - with.b).sign(), 0), [&] { return Decimal(sign); });
    ASSERT_EQ(with.a == with.b, sign == 0) << with.text();
  });
}

TEST(WideOracle, Rounding) {
  Trial trial("roundings");
  trial.run([&] {
    const Operands with{trial.random.decimal(), "rounded", 0, any_step(&trial.random), trial.random.rounding()};
    trial.agree(with, rounded(with.a, with.step, with.mode), [&] { return with.a.rounded(with.step, with.mode); });
  });
}

TEST(WideOracle, RoundingNextToTies) {
  Trial trial("roundings next to ties");
  trial.run([&] {
    const Decimal step = any_step(&trial.random);
    const auto a = near_tie(&trial.random, step);
    if (!a) return;
    const Operands with{*a, "rounded", 0, step, trial.random.rounding()};
    trial.agree(with, rounded(with.a, with.step, with.mode), [&] { return with.a.rounded(with.step, with.mode); });
  });
}

TEST(WideOracle, Quotients) {
  Trial trial("quotients");
  trial.run([&] {
    const int places = trial.random.between(0, 38);
    const Operands with{trial.random.decimal(), "/", trial.random.decimal(), Decimal::scaled(1, places),
                        trial.random.rounding()};
    if (with.b.is_zero()) return;
    trial.agree(with, rounded_quotient_of(with.a, with.b, with.step, with.mode),
                [&] { return divide(with.a, with.b, places, with.mode); });
  });
}

// a = b·k/2·10^−places, and its neighbours.
TEST(WideOracle, QuotientsNextToTies) {
  Trial trial("quotients next to ties");
  trial.run([&] {
    const Decimal b =
        Decimal::scaled(trial.random.magnitude(trial.random.between(1, 18)) + 1, trial.random.between(0, 8));
    const int places = trial.random.between(0, 8);
    const auto step = (Wide(b) * Wide(1, places)).narrowed();
    const auto a = step ? near_tie(&trial.random, *step) : std::nullopt;
    if (!a) return;
    const Operands with{*a, "/", b, Decimal::scaled(1, places), trial.random.rounding()};
    trial.agree(with, rounded_quotient_of(with.a, with.b, with.step, with.mode),
                [&] { return divide(with.a, with.b, places, with.mode); });
  });
}

TEST(WideOracle, RoundedProducts) {
  Trial trial("rounded products");
  trial.run([&] {
    const Operands with{trial.random.decimal(), "*", trial.random.decimal(), any_step(&trial.random),
                        trial.random.rounding()};
    trial.agree(with, rounded(Wide(with.a) * with.b, with.step, with.mode),
                [&] { return multiply_rounded(with.a, with.b, with.step, with.mode); });
  });
}

// Where b = ±2^i·5^j, a tie of the step has a factor a of few digits.
TEST(WideOracle, RoundedProductsNextToTies) {
  Trial trial("rounded products next to ties");
  trial.run([&] {
    constexpr const char* factors[] = {"0.5", "0.2", "2", "5", "0.125", "0.16", "8", "25", "-0.25", "1", "-4"};
    const Decimal b(trial.random.pick(factors));
    const Decimal step = any_step(&trial.random);
    const auto tie = near_tie(&trial.random, step);
    const auto a = tie ? (Wide(*tie) * divide(1, b, 8, Rounding::half_up)).narrowed() : std::nullopt;
    if (!a) return;
    const Operands with{*a, "*", b, step, trial.random.rounding()};
    trial.agree(with, rounded(Wide(with.a) * with.b, with.step, with.mode),
                [&] { return multiply_rounded(with.a, with.b, with.step, with.mode); });
  });
}

}  // namespace
}  // namespace rabatt
