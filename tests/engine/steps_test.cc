// The steps of a line, replayed: each begins where the one before ended, and the last one is the net.

#include <gtest/gtest.h>

#include <algorithm>

#include "random_documents.h"
#include "samples.h"
#include "shown.h"
#include "trials.h"

namespace rabatt {
namespace {

void check_replay(const QuoteLine& line) {
  ASSERT_FALSE(line.steps.empty());
  EXPECT_FALSE(line.steps[0].before) << "nothing comes before the first step";
  EXPECT_EQ(line.steps[0].what, StepWhat::unit_price);
  const Exact quantity(Decimal(line.quantity));
  Exact value = line.steps[0].after;
  auto what = StepWhat::unit_price;
  for (std::size_t i = 1; i < line.steps.size(); ++i) {
    const auto& step = line.steps[i];
    EXPECT_LE(what, step.what) << "unit prices come before amounts";
    if (what != step.what) value = value * quantity;
    what = step.what;
    ASSERT_TRUE(step.before);
    EXPECT_EQ(*step.before, value);
    EXPECT_NE(step.after, value) << "a step that changes nothing is left out";
    value = step.after;
  }
  if (what == StepWhat::unit_price) value = value * quantity;
  EXPECT_EQ(value, Exact(line.net));
}

bool has(const QuoteLine& line, StepName name) {
  return std::any_of(line.steps.begin(), line.steps.end(), [&](const Step& step) { return step.step == name; });
}

// Each source has its own steps.
void check_names(const QuoteLine& line) {
  EXPECT_EQ(has(line, StepName::list_price), line.list_price.has_value());
  EXPECT_TRUE(line.source == Source::manual || !has(line, StepName::manual));
  if (line.source == Source::manual || line.source == Source::list) {
    EXPECT_FALSE(has(line, StepName::campaign_discount) || has(line, StepName::customer_discount) ||
                 has(line, StepName::combined_discount) || has(line, StepName::set_price));
  }
  EXPECT_FALSE(line.source == Source::customer && has(line, StepName::campaign_discount));
  EXPECT_TRUE(line.source == Source::both || !has(line, StepName::combined_discount));
}

TEST(Steps, ReplayToTheNet) {
  Random random("steps");
  const auto count = trials(2'000);
  std::uint64_t lines = 0;
  for (std::uint64_t i = 0; i < count && !HasFailure(); ++i) {
    const auto content = random_book(&random);
    const auto book = Book::build(content);
    for (int documents = 0; documents < 4; ++documents) {
      for (const auto& line : price(book, random_request(&random, content)).lines) {
        SCOPED_TRACE(shown_in_full(line));
        check_replay(line);
        check_names(line);
        ++lines;
      }
    }
  }
  report("replayed lines", lines);
}

std::string steps_of(const QuoteLine& line) {
  const std::string text = shown_in_full(line);
  const auto begin = text.find("| ") + 2;
  return text.substr(begin, text.rfind("| ") - begin);
}

TEST(Steps, NamesAndNumbers) {
  BookContent content;
  content.items = {item_at("TEA", "9.99")};
  content.items[0].units = {{"BOX", Decimal(12)}};
  content.campaigns = {discount_campaign("A", "TEA", "15")};
  auto request = request_of({line_of("TEA", "-3")});
  request.lines[0].unit = "BOX";
  // 12 × 9.99 = 119.88; −3 × 119.88 = −359.64; 15 % of it is 53.946, rounded 53.95
  EXPECT_EQ(steps_of(priced_line(content, request)),
            "list_price/unit_price null→9.99; unit_conversion/unit_price 9.99→119.88; "
            "campaign_discount/amount -359.64→-305.694; rounding/amount -305.694→-305.69 rounded; ");
}

TEST(Steps, EachPolicyRoundsAtItsOwnPlace) {
  BookContent content;
  content.items = {item_at("TEA", "0.335")};
  content.customers = {customer_with("C", "10")};
  content.policy.currencies = {{"EUR", {Decimal("0.01"), Decimal("0.01")}}};
  const auto steps = [&](RoundAt round_at) {
    content.policy.round_at = round_at;
    return steps_of(priced_line(content, request_of({line_of("TEA", "3")}, "C")));
  };
  EXPECT_EQ(steps(RoundAt::line_discount),  // gross 1.005 → 1.01, less 0.10
            "list_price/unit_price null→0.335; rounding/amount 1.005→1.01 rounded; "
            "customer_discount/amount 1.01→0.909; rounding/amount 0.909→0.91 rounded; ");
  EXPECT_EQ(steps(RoundAt::line_net),
            "list_price/unit_price null→0.335; customer_discount/amount 1.005→0.9045; "
            "rounding/amount 0.9045→0.9 rounded; ");
  EXPECT_EQ(steps(RoundAt::unit_discount),  // 0.335 − R(0.0335) = 0.305
            "list_price/unit_price null→0.335; customer_discount/unit_price 0.335→0.3015; "
            "rounding/unit_price 0.3015→0.305 rounded; rounding/amount 0.915→0.92 rounded; ");
  EXPECT_EQ(steps(RoundAt::unit_net),
            "list_price/unit_price null→0.335; customer_discount/unit_price 0.335→0.3015; "
            "rounding/unit_price 0.3015→0.3 rounded; ");
}

TEST(Steps, LimitWhereTheNetWouldLeaveItsRange) {
  BookContent content;
  content.items = {item_at("NAIL", "0.14")};
  content.customers = {customer_with("C", "10")};
  content.policy.round_at = RoundAt::unit_discount;
  content.policy.rounding = Rounding::up;
  content.policy.currencies = {{"EUR", {Decimal("0.01"), Decimal("1")}}};
  const auto line = priced_line(content, request_of({line_of("NAIL", "2")}, "C"));  // 0.14 − 1 = −0.86
  EXPECT_EQ(steps_of(line),
            "list_price/unit_price null→0.14; customer_discount/unit_price 0.14→0.126; "
            "rounding/unit_price 0.126→-0.86 rounded; limit/amount -1.72→0; ");
  EXPECT_TRUE(line.net.is_zero());
}

}  // namespace
}  // namespace rabatt
