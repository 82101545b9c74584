// The order of decimals as texts: against numbers, and as an order.
#include "database/decimal_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "rabatt/decimal.h"
#include "trials.h"

namespace rabatt {
namespace {

TEST(DecimalOrder, Rises) {
  const std::string long_one(5000, '9');
  const std::vector<std::string> rising{"-" + long_one,
                                        "-10",
                                        "-9.99",
                                        "-0.001",
                                        "-0.0001",
                                        "0",
                                        "0.0001",
                                        "0.00010000001",
                                        "0.1",
                                        "1",
                                        "1.05",
                                        "1.5",
                                        "9.99",
                                        "10",
                                        "99.9",
                                        "100.01",
                                        long_one,
                                        long_one + ".1",
                                        "",
                                        "+",
                                        "-",
                                        ".",
                                        "1,5",
                                        "1.2.3",
                                        "1e5",
                                        "NaN",
                                        "x",
                                        "é"};
  std::vector<std::string> others = rising;
  std::sort(others.begin() + 18, others.end());  // what is no decimal goes by bytes
  for (std::size_t i = 0; i < others.size(); ++i) {
    for (std::size_t j = 0; j < others.size(); ++j) {
      EXPECT_EQ(compare_decimal_texts(others[i], others[j]), i <=> j) << others[i] << " and " << others[j];
    }
  }
}

TEST(DecimalOrder, EqualNumbersAreEqual) {
  const std::vector<std::vector<std::string>> equals{
      {"0", "-0", "+0", "0.0", "-0.00", "000", ".0", "0."},
      {"1.5", "+1.5", "01.5", "1.50", "0001.5000"},
      {"-0.5", "-.5", "-00.50"},
      {"100", "100.", "0100.000"},
  };
  for (const auto& texts : equals) {
    for (const auto& a : texts) {
      for (const auto& b : texts) EXPECT_TRUE(compare_decimal_texts(a, b) == 0) << a << " and " << b;
    }
  }
}

std::string random_decimal(std::mt19937_64& random) {
  std::string text(random() % 3 == 0 ? "-" : "");
  text += std::string(random() % 3, '0');
  const auto digits = [&](std::size_t most) {
    for (std::size_t i = random() % most; i > 0; --i) text += static_cast<char>('0' + random() % 3);
  };
  text += '0';
  digits(6);
  if (random() % 2) {
    text += ".0";
    digits(6);
  }
  return text;
}

TEST(DecimalOrder, IsThatOfDecimals) {
  std::mt19937_64 random(test_seed());
  const auto count = trials(100'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string a = random_decimal(random), b = random_decimal(random);
    ASSERT_EQ(compare_decimal_texts(a, b), Decimal(a) <=> Decimal(b)) << a << " and " << b;
  }
  report("order of decimals as texts", count);
}

// Any texts: what a database holds need not be decimals.
TEST(DecimalOrder, IsTotal) {
  std::mt19937_64 random(test_seed());
  const auto count = trials(100'000);
  const auto text = [&] {
    std::string made;
    for (std::size_t i = random() % 6; i > 0; --i) made += "+-.0012x\xff"[random() % 9];
    return made;
  };
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string a = text(), b = text(), c = text();
    ASSERT_EQ(compare_decimal_texts(a, b), 0 <=> compare_decimal_texts(b, a)) << a << " and " << b;
    if (compare_decimal_texts(a, b) <= 0 && compare_decimal_texts(b, c) <= 0) {
      ASSERT_TRUE(compare_decimal_texts(a, c) <= 0) << a << ", " << b << ", " << c;
    }
  }
  report("order of any texts as decimals", count);
}

}  // namespace
}  // namespace rabatt
