// Reading and printing decimals.

#include <gtest/gtest.h>

#include "random.h"
#include "refusal.h"
#include "trials.h"
#include "wide.h"

namespace rabatt {
namespace {

using namespace std::string_literals;

std::string nines(std::size_t count) { return std::string(count, '9'); }
std::string zeros(std::size_t count) { return std::string(count, '0'); }

TEST(DecimalText, AcceptedForms) {
  const std::pair<std::string, std::string> forms[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.00", "0"},
      {"1", "1"},
      {"-1", "-1"},
      {"12.50", "12.5"},
      {"-12.50", "-12.5"},
      {"100", "100"},
      {"0.01", "0.01"},
      {"007.10", "7.1"},
      {zeros(500) + "7", "7"},
      {"-" + zeros(500) + ".5", "-0.5"},
      {"18446744073709551616", "18446744073709551616"},
      {nines(38), nines(38)},
      {"-" + nines(38), "-" + nines(38)},
      {zeros(9) + nines(38), nines(38)},
      {nines(19) + "." + nines(19), nines(19) + "." + nines(19)},
      {"0." + nines(38), "0." + nines(38)},
      {"0." + zeros(37) + "1", "0." + zeros(37) + "1"},
      {"0." + zeros(38), "0"},
      {"1." + zeros(37), "1"},
  };
  for (const auto& [text, printed] : forms) {
    const auto value = Decimal::parse(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(value->text(), printed) << text;
    EXPECT_EQ(*value, Decimal(text));
  }
}

// clang-format off
const std::string refused_forms[] = {
    "", "-", "--1", "+1", "1-", ".", "-.", ".5", "-.5", "5.", "-5.", "1.2.3", "1..2", "1,5", "1,000.00", "1'000",
    "1_000", "1 000", " 1", "1 ", "\t1", "1\n", "1\0"s, "\0"s, "1e3", "1E3", "1e-3", "0x10", "1f", "NaN", "nan",
    "Inf", "inf", "Infinity", "-inf", "ten", "5%", "€5", "\xB2", "١٢", "１２", "−1", "1.-5", "1.+5", "- 1", "(1)",
    "1/2", "½", "1. 5", "1 .5", nines(39), "1" + zeros(38), "-" + nines(39), "1." + zeros(38), nines(38) + ".0",
    nines(37) + ".99", zeros(9) + nines(39), "0." + zeros(39), "0." + zeros(38) + "1", "0." + nines(39),
    nines(100'000),
};
// clang-format on

TEST(DecimalText, RefusedForms) {
  for (const auto& text : refused_forms) {
    EXPECT_FALSE(Decimal::parse(text)) << text.substr(0, 80);
    EXPECT_EQ(refused_as([&] { Decimal{std::string_view(text)}; }), "invalid_decimal") << text.substr(0, 80);
  }
}

TEST(DecimalText, SubjectIsTheText) {
  EXPECT_EQ(refusal([] { Decimal("1,5"); }), "invalid_decimal 1,5");
  EXPECT_EQ(refusal([] { Decimal(""); }), "invalid_decimal");
}

TEST(DecimalText, PrintsAtLeastThePlacesAskedFor) {
  EXPECT_EQ(Decimal("1.5").text(2), "1.50");
  EXPECT_EQ(Decimal("1.5").text(0), "1.5");
  EXPECT_EQ(Decimal("1.50").text(0), "1.50");
  EXPECT_EQ(Decimal("1.50").text(), "1.5");
  EXPECT_EQ(Decimal("-0.00").text(2), "0.00");
  EXPECT_EQ(Decimal("-0.5").text(3), "-0.500");
  EXPECT_EQ(Decimal(7).text(2), "7.00");
  EXPECT_EQ(Decimal(nines(38)).text(38), nines(38) + "." + zeros(38));
}

TEST(DecimalText, IntegersOfEveryWidth) {
  EXPECT_EQ(Decimal(INT64_MIN).text(), "-9223372036854775808");
  EXPECT_EQ(Decimal(UINT64_MAX).text(), "18446744073709551615");
  EXPECT_EQ(Decimal(static_cast<signed char>(-7)).text(), "-7");
  EXPECT_EQ(Decimal().text(), "0");
}

TEST(DecimalText, RoundTrips) {
  Random random("decimal text");
  const auto count = trials(100'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Decimal value = random.decimal();
    const std::string text = value.text();
    ASSERT_EQ(text, Wide(value).text());
    ASSERT_EQ(Decimal(text), value) << text;
    ASSERT_EQ(Decimal(text).places(), value.places_needed()) << text;
    ASSERT_EQ(Decimal(text).mantissa(), value.reduced().mantissa()) << text;
  }
  report("decimal text round trips", count);
}

// Every text of a few characters is accepted exactly when it is [-]digits[.digits].
TEST(DecimalText, GrammarOfShortTexts) {
  constexpr std::string_view alphabet = "05-.+e ";
  const auto is_decimal = [](std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto digits = [](std::string_view part) {
      return !part.empty() && part.find_first_not_of("05") == std::string_view::npos;
    };
    const auto point = text.find('.');
    if (point == std::string_view::npos) return digits(text);
    return digits(text.substr(0, point)) && digits(text.substr(point + 1));
  };
  std::vector<std::string> texts{""};
  for (std::size_t at = 0; at < texts.size(); ++at) {
    const std::string text = texts[at];
    EXPECT_EQ(Decimal::parse(text).has_value(), is_decimal(text)) << '"' << text << '"';
    for (const char c : alphabet) {
      if (text.size() < 5) texts.push_back(text + c);
    }
  }
}

}  // namespace
}  // namespace rabatt
