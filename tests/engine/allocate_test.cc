// Splitting an amount without losing a cent.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "rabatt/money.h"
#include "random.h"
#include "refusal.h"
#include "trials.h"
#include "wide.h"

namespace rabatt {
namespace {

using Parts = std::vector<Decimal>;

Parts parts(std::initializer_list<const char*> texts) {
  Parts list;
  for (const char* text : texts) list.emplace_back(text);
  return list;
}

TEST(Allocate, Examples) {
  const Decimal cent("0.01");
  EXPECT_EQ(allocate(Decimal("0.05"), {{3, 7}}, cent), parts({"0.02", "0.03"}));
  EXPECT_EQ(allocate(Decimal("100"), parts({"1", "1", "1"}), cent), parts({"33.34", "33.33", "33.33"}));
  EXPECT_EQ(allocate(Decimal("-100"), parts({"1", "1", "1"}), cent), parts({"-33.34", "-33.33", "-33.33"}));
  EXPECT_EQ(allocate(Decimal("5.97"), parts({"25.47", "85.00", "8.98"}), cent), parts({"1.27", "4.25", "0.45"}));
  EXPECT_EQ(allocate(Decimal("0.10"), parts({"1", "1", "1"}), Decimal("0.05")), parts({"0.05", "0.05", "0"}));
  EXPECT_EQ(allocate(Decimal("9"), parts({"1", "3"}), Decimal(3)), parts({"3", "6"}));
  EXPECT_EQ(allocate(Decimal("0"), parts({"1", "2"}), cent), parts({"0", "0"}));
  EXPECT_EQ(allocate(Decimal("1"), parts({"0", "5", "0"}), cent), parts({"0", "1", "0"}));
  EXPECT_EQ(allocate(Decimal("0.02"), parts({"1", "1", "1"}), cent), parts({"0.01", "0.01", "0"}));
}

// A part of a negative weight goes the other way; rounding down is towards −∞.
TEST(Allocate, NegativeWeights) {
  EXPECT_EQ(allocate(Decimal("1.00"), parts({"3", "-1"}), Decimal("0.01")), parts({"1.50", "-0.50"}));
  EXPECT_EQ(allocate(Decimal("0.01"), parts({"3", "-1"}), Decimal("0.01")), parts({"0.02", "-0.01"}));
  EXPECT_EQ(allocate(Decimal("0.05"), parts({"-3", "-7"}), Decimal("0.01")), parts({"0.02", "0.03"}));
}

TEST(Allocate, MoneyInMinorUnits) {
  EXPECT_EQ(allocate(Money{100, "JPY"}, parts({"1", "2"})), (std::vector<Money>{{33, "JPY"}, {67, "JPY"}}));
  EXPECT_EQ(allocate(Money{1, "TND"}, parts({"1", "2"})),
            (std::vector<Money>{{Decimal("0.333"), "TND"}, {Decimal("0.667"), "TND"}}));
  EXPECT_EQ(refused_as([] { allocate(Money{1, "XAU"}, parts({"1"})); }), "unknown_currency");
  EXPECT_EQ(refused_as([] { allocate(Money{Decimal("0.5"), "JPY"}, parts({"1"})); }), "invalid_amount");
}

TEST(Allocate, Refusals) {
  const Decimal cent("0.01");
  EXPECT_EQ(refused_as([&] { allocate(1, {}, cent); }), "invalid_weights");
  EXPECT_EQ(refused_as([&] { allocate(1, parts({"0", "0.00"}), cent); }), "invalid_weights");
  EXPECT_EQ(refused_as([&] { allocate(1, parts({"2", "-2"}), cent); }), "invalid_weights");
  EXPECT_EQ(refused_as([&] { allocate(0, {}, cent); }), "invalid_weights");
  EXPECT_EQ(refused_as([&] { allocate(Decimal("0.015"), parts({"1"}), cent); }), "invalid_amount");
  EXPECT_EQ(refused_as([&] { allocate(Decimal("-0.03"), parts({"1"}), Decimal("0.05")); }), "invalid_amount");
  EXPECT_EQ(refused_as([&] { allocate(1, parts({"1"}), 0); }), "invalid_amount");
  EXPECT_EQ(refused_as([&] { allocate(1, parts({"1"}), -1); }), "invalid_amount");
  const Decimal largest(std::string(38, '9'));
  EXPECT_EQ(refused_as([&] { allocate(largest, parts({"3", "-1"}), 1); }), "overflow");
  EXPECT_EQ(allocate(largest, Parts{largest}, 1), Parts{largest});
}

// The definition, on unbounded integers: parts in steps of the amount ≥ 0.
std::vector<Integer> defined_parts(const Integer& steps, const std::vector<Integer>& weights) {
  Integer total = std::accumulate(weights.begin(), weights.end(), Integer(0));
  const int sign = total < 0 ? -1 : 1;
  total *= sign;
  std::vector<Integer> result;
  std::vector<std::pair<Integer, std::size_t>> remainders;  // negated, so that they sort as the left-over steps go
  Integer left = steps;
  for (const auto& weight : weights) {
    const Integer share = steps * weight * sign;
    result.push_back(rounded_ratio(share, total, Rounding::floor));
    remainders.emplace_back(result.back() * total - share, remainders.size());
    left -= result.back();
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; left > 0; ++i, --left) ++result[remainders.at(i).second];
  return result;
}

struct Split {
  Decimal amount;
  Decimal step;
  Parts weights;
  std::vector<Integer> expected;  // in steps
};

// Weights of any size and sign, many of them alike, whose sum is not 0.
std::optional<Split> random_split(Random* random) {
  constexpr const char* steps[] = {"0.01", "0.05", "1", "0.001", "0.25", "3"};
  Split split;
  split.step = Decimal(random->pick(steps));
  const Int128 size = random->magnitude(random->between(0, 15));
  split.amount = Decimal::scaled(size, 0) * split.step;
  std::vector<Integer> weights;
  const bool positive = random->one_in(2);
  for (int count = random->between(1, 12); count > 0; --count) {
    const Int128 weight = random->magnitude(random->between(0, random->one_in(2) ? 2 : 16));
    weights.emplace_back(positive || random->one_in(2) ? weight : -weight);
    split.weights.push_back(Decimal::scaled(static_cast<Int128>(weights.back()), 2));
  }
  if (std::accumulate(weights.begin(), weights.end(), Integer(0)) == 0) return std::nullopt;
  split.expected = defined_parts(Integer(size), weights);
  return split;
}

TEST(Allocate, PartsSumToWhole) {
  Random random("allocate");
  const auto count = trials(100'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto split = random_split(&random);
    if (!split) continue;
    const auto& [amount, step, weights, expected] = *split;
    const auto result = allocate(amount, weights, step);
    ASSERT_EQ(result.size(), weights.size());
    const Decimal zero;
    ASSERT_EQ(std::accumulate(result.begin(), result.end(), zero), amount);
    for (std::size_t part = 0; part < result.size(); ++part) {
      ASSERT_TRUE(Wide(result[part]) == Wide(expected[part], 0) * step)
          << amount.text() << " by step " << step.text() << ", part " << part << ": " << result[part].text();
    }
    // less than one step from the exact share: |part·Σw − amount·w| < step·|Σw|
    const Decimal total = std::accumulate(weights.begin(), weights.end(), zero);
    for (std::size_t part = 0; part < result.size(); ++part) {
      const Wide off = Wide(result[part]) * total - Wide(amount) * weights[part];
      ASSERT_TRUE((off.sign() < 0 ? -off : off) < Wide(step) * total.magnitude());
    }
    const auto mirrored = allocate(-amount, weights, step);
    for (std::size_t part = 0; part < result.size(); ++part) ASSERT_EQ(mirrored[part], -result[part]);
  }
  report("splits", count);
}

}  // namespace
}  // namespace rabatt
