// The verbs that lose digits: rounded, divide, multiply_rounded.

#include <gtest/gtest.h>

#include "rabatt/decimal.h"
#include "refusal.h"

namespace rabatt {
namespace {

constexpr Rounding modes[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down, Rounding::up,
                              Rounding::down,    Rounding::ceiling,   Rounding::floor};

// What each mode makes of a value, in the order of `modes`.
struct Row {
  const char* value;
  const char* step;
  const char* results[7];
};

TEST(Rounding, SevenModesAtEveryStep) {
  const Row rows[] = {
      // value     step    half_up  half_even half_down up       down    ceiling  floor
      {"2.5", "1", {"3", "2", "2", "3", "2", "3", "2"}},
      {"-2.5", "1", {"-3", "-2", "-2", "-3", "-2", "-2", "-3"}},
      {"3.5", "1", {"4", "4", "3", "4", "3", "4", "3"}},
      {"-3.5", "1", {"-4", "-4", "-3", "-4", "-3", "-3", "-4"}},
      {"2.4", "1", {"2", "2", "2", "3", "2", "3", "2"}},
      {"-2.4", "1", {"-2", "-2", "-2", "-3", "-2", "-2", "-3"}},
      {"2.6", "1", {"3", "3", "3", "3", "2", "3", "2"}},
      {"0.5", "1", {"1", "0", "0", "1", "0", "1", "0"}},
      {"-0.5", "1", {"-1", "0", "0", "-1", "0", "0", "-1"}},
      {"0.001", "1", {"0", "0", "0", "1", "0", "1", "0"}},
      {"-0.001", "1", {"0", "0", "0", "-1", "0", "0", "-1"}},
      {"7", "1", {"7", "7", "7", "7", "7", "7", "7"}},
      {"0", "0.05", {"0", "0", "0", "0", "0", "0", "0"}},
      {"0.025", "0.05", {"0.05", "0", "0", "0.05", "0", "0.05", "0"}},
      {"0.075", "0.05", {"0.1", "0.1", "0.05", "0.1", "0.05", "0.1", "0.05"}},
      {"-0.075", "0.05", {"-0.1", "-0.1", "-0.05", "-0.1", "-0.05", "-0.05", "-0.1"}},
      {"29.97", "0.05", {"29.95", "29.95", "29.95", "30", "29.95", "30", "29.95"}},
      {"4.5", "3", {"6", "6", "3", "6", "3", "6", "3"}},
      {"1.5", "3", {"3", "0", "0", "3", "0", "3", "0"}},
      {"-4.5", "3", {"-6", "-6", "-3", "-6", "-3", "-3", "-6"}},
      {"10", "3", {"9", "9", "9", "12", "9", "12", "9"}},
      {"0.375", "0.25", {"0.5", "0.5", "0.25", "0.5", "0.25", "0.5", "0.25"}},
      {"-0.125", "0.25", {"-0.25", "0", "0", "-0.25", "0", "0", "-0.25"}},
      {"1.13", "0.25", {"1.25", "1.25", "1.25", "1.25", "1", "1.25", "1"}},
      {"449.99", "100", {"400", "400", "400", "500", "400", "500", "400"}},
      {"450", "100", {"500", "400", "400", "500", "400", "500", "400"}},
  };
  for (const auto& [value, step, results] : rows) {
    for (std::size_t mode = 0; mode < std::size(modes); ++mode) {
      EXPECT_EQ(Decimal(value).rounded(Decimal(step), modes[mode]).text(), results[mode])
          << value << " to " << step << " in mode " << mode;
    }
  }
}

TEST(Rounding, ToPlacesIsAStepOfThosePlaces) {
  EXPECT_EQ(Decimal("1.005").rounded_to_places(2, Rounding::half_up), Decimal("1.01"));
  EXPECT_EQ(Decimal("1.005").rounded_to_places(2, Rounding::half_even), Decimal("1"));
  EXPECT_EQ(Decimal("-1.5").rounded_to_places(0, Rounding::floor), Decimal(-2));
  EXPECT_EQ(Decimal("1.5").rounded_to_places(38, Rounding::up), Decimal("1.5"));
  EXPECT_EQ(refused_as([] { Decimal(1).rounded_to_places(39, Rounding::up); }), "overflow");
  EXPECT_EQ(refused_as([] { Decimal(1).rounded_to_places(-1, Rounding::up); }), "overflow");
}

TEST(Rounding, MirroredModesWorkOnTheMagnitude) {
  for (const auto mode : modes) {
    for (const char* text : {"2.5", "3.5", "2.4", "2.6", "2"}) {
      const Decimal value(text);
      EXPECT_EQ((-value).rounded(1, mirrored(mode)), -value.rounded(1, mirrored(mode))) << text;
    }
  }
  EXPECT_EQ(mirrored(Rounding::ceiling), Rounding::up);
  EXPECT_EQ(mirrored(Rounding::floor), Rounding::down);
}

TEST(Rounding, OverflowWhereTheMultipleHas39Digits) {
  const Decimal largest(std::string(38, '9'));
  EXPECT_EQ(largest.rounded(10, Rounding::down).text(), std::string(37, '9') + "0");
  EXPECT_EQ(refused_as([&] { largest.rounded(10, Rounding::up); }), "overflow");
  EXPECT_EQ(refused_as([&] { (-largest).rounded(10, Rounding::half_even); }), "overflow");
  EXPECT_EQ(Decimal("0.1").rounded(largest, Rounding::up), largest);
}

TEST(Rounding, StepMustBePositive) {
  EXPECT_EQ(refused_as([] { Decimal(1).rounded(0, Rounding::up); }), "invalid_amount");
  EXPECT_EQ(refused_as([] { Decimal(1).rounded(-1, Rounding::up); }), "invalid_amount");
  EXPECT_EQ(refused_as([] { multiply_rounded(1, 1, 0, Rounding::up); }), "invalid_amount");
}

TEST(Decimal, DivideRoundsOnce) {
  EXPECT_EQ(divide(1, 3, 4, Rounding::half_up).text(), "0.3333");
  EXPECT_EQ(divide(2, 3, 4, Rounding::half_up).text(), "0.6667");
  EXPECT_EQ(divide(-2, 3, 0, Rounding::half_up).text(), "-1");
  EXPECT_EQ(divide(Decimal("0.0005"), 1, 3, Rounding::half_up).text(), "0.001");
  EXPECT_EQ(divide(1, 3, 38, Rounding::down).text(), "0." + std::string(38, '3'));
  EXPECT_EQ(divide(Decimal("12.5"), Decimal("-0.25"), 0, Rounding::floor).text(), "-50");
}

TEST(Decimal, DivideRoundsTieToEven) {
  EXPECT_EQ(divide(1, 8, 2, Rounding::half_even).text(), "0.12");
  EXPECT_EQ(divide(3, 8, 2, Rounding::half_even).text(), "0.38");
  EXPECT_EQ(divide(-1, 8, 2, Rounding::half_even).text(), "-0.12");
}

TEST(Decimal, DivideRefusals) {
  EXPECT_EQ(refused_as([] { divide(1, 0, 2, Rounding::up); }), "division_by_zero");
  EXPECT_EQ(refused_as([] { divide(0, Decimal("0.00"), 2, Rounding::up); }), "division_by_zero");
  EXPECT_EQ(refused_as([] { divide(1, 3, 39, Rounding::up); }), "overflow");
  EXPECT_EQ(refused_as([] { divide(1, 3, -1, Rounding::up); }), "overflow");
  EXPECT_EQ(refused_as([] { divide(10, 3, 38, Rounding::up); }), "overflow");
  EXPECT_EQ(refused_as([] { divide(Decimal(std::string(38, '9')), Decimal("0.1"), 0, Rounding::up); }), "overflow");
}

TEST(Decimal, MultiplyRoundedTakesAProductOfAnyWidth) {
  const Decimal wide("0." + std::string(38, '9'));
  EXPECT_EQ(multiply_rounded(wide, wide, Decimal("0.01"), Rounding::down).text(), "0.99");
  EXPECT_EQ(multiply_rounded(wide, wide, Decimal("0.01"), Rounding::half_up).text(), "1");
  EXPECT_EQ(multiply_rounded(Decimal("9950"), Decimal("0.139"), Decimal("0.05"), Rounding::half_up).text(), "1383.05");
  EXPECT_EQ(refused_as([] { multiply_rounded(Decimal(std::string(38, '9')), 2, 1, Rounding::down); }), "overflow");
}

}  // namespace
}  // namespace rabatt
