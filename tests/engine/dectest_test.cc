// The General Decimal Arithmetic vectors that a Decimal of 38 digits and 38 places can take, file by file.

#include <gtest/gtest.h>

#include <iomanip>
#include <map>

#include "dectest.h"
#include "rabatt/exact.h"
#include "refusal.h"

namespace rabatt {
namespace {

// What a vector came to: empty where it passed, else why it was not tried.
using Skipped = std::string;
const Skipped passed;

constexpr int most = Decimal::max_places;

// A multiple of 10^exponent is what the vector's result was rounded to.
std::optional<Decimal> step_of(int exponent) { return Number{1, exponent}.wide().narrowed(); }

class Runner {
 public:
  Skipped run(const Vector& vector) {
    if (vector.operation == "tosci" || vector.operation == "toeng") return text(vector);
    constexpr std::string_view known[] = {"compare", "quantize", "divide", "add", "subtract", "multiply"};
    if (std::find(std::begin(known), std::end(known), vector.operation) == std::end(known)) return "another operation";
    const auto a = operand(vector, 0);
    const auto b = operand(vector, 1);
    if (!skipped_.empty()) return std::exchange(skipped_, {});
    const std::string& operation = vector.operation;
    if (operation == "compare") return compared(vector, *a, *b);
    if (operation == "quantize") return quantized(vector, *a, *b);
    if (operation == "divide" && b->is_zero()) return divided_by_zero(*a, *b);
    if (operation == "divide") return divided(vector, *a, *b);
    if (operation == "add") return exact(vector, Exact(*a) + *b, [&] { return *a + *b; });
    if (operation == "subtract") return exact(vector, Exact(*a) - *b, [&] { return *a - *b; });
    return exact(vector, Exact(*a) * *b, [&] { return *a * *b; });
  }

 private:
  // Read by our own parser, from plain notation.
  std::optional<Decimal> operand(const Vector& vector, std::size_t index) {
    const auto number = number_of(vector.operands.at(index));
    if (!number) {
      skipped_ = "special operand";
    } else if (!number->wide().fits()) {
      skipped_ = "operand beyond 38 digits or places";
    } else {
      return Decimal(number->wide().text());
    }
    return std::nullopt;
  }

  std::optional<Number> result(const Vector& vector) {
    const auto number = number_of(vector.result);
    if (!number) skipped_ = "special result";
    return number;
  }

  static Skipped same(const Decimal& value, const Number& expected, const Vector& vector) {
    EXPECT_TRUE(Wide(value) == expected.wide()) << vector.id << ": " << value.text() << ", not " << vector.result;
    return passed;
  }

  // Operations that lose nothing here, and round to the vector's precision there.
  template <class Compute>
  Skipped exact(const Vector& vector, const Exact& value, Compute compute) {
    const auto expected = result(vector);
    if (!expected) return std::exchange(skipped_, {});
    if (!vector.has("inexact")) {
      if (!expected->wide().fits()) return "result beyond 38 digits or places";
      return same(compute(), *expected, vector);
    }
    if (!vector.rounding) return "rounding 05up";
    const auto step = step_of(expected->exponent);
    const auto rounded = step ? value.rounded(*step, *vector.rounding).narrowed() : std::nullopt;
    if (!rounded) return "result beyond 38 digits or places";
    return same(*rounded, *expected, vector);
  }

  Skipped divided(const Vector& vector, const Decimal& a, const Decimal& b) {
    const auto expected = result(vector);
    if (!expected) return std::exchange(skipped_, {});
    if (!vector.rounding) return "rounding 05up";
    if (!expected->wide().fits()) return "result beyond 38 digits or places";
    if (expected->exponent <= 0 || !vector.has("inexact")) {
      const int places = std::max(0, -expected->exponent);
      return places > most ? "result beyond 38 digits or places"
                           : same(divide(a, b, places, *vector.rounding), *expected, vector);
    }
    const auto step = step_of(expected->exponent);  // to tens, hundreds …
    return same(rounded_quotient(Exact(a), Exact(b), *step, *vector.rounding).narrow(), *expected, vector);
  }

  Skipped divided_by_zero(const Decimal& a, const Decimal& b) {
    EXPECT_EQ(refused_as([&] { divide(a, b, 2, Rounding::half_up); }), "division_by_zero");
    return passed;
  }

  Skipped quantized(const Vector& vector, const Decimal& a, const Decimal&) {
    const auto expected = result(vector);
    if (!expected) return std::exchange(skipped_, {});
    if (!vector.rounding) return "rounding 05up";
    const int exponent = number_of(vector.operands[1])->exponent;
    if (exponent > 0) {
      const auto step = step_of(exponent);
      return step ? same(a.rounded(*step, *vector.rounding), *expected, vector) : "step beyond 38 digits";
    }
    if (-exponent > most) return "step beyond 38 places";
    return same(a.rounded_to_places(-exponent, *vector.rounding), *expected, vector);
  }

  Skipped compared(const Vector& vector, const Decimal& a, const Decimal& b) {
    const auto expected = result(vector);
    if (!expected) return std::exchange(skipped_, {});
    EXPECT_EQ(a < b ? -1 : a > b ? 1 : 0, expected->coefficient) << vector.id;
    return passed;
  }

  // Our grammar is a part of theirs: [-]digits[.digits], of at most 38 digits and places; all else is refused.
  static Skipped text(const Vector& vector) {
    const std::string& written = vector.operands.at(0);
    const auto number = number_of(written);
    const bool plain = written.find_first_of("+eE") == std::string::npos && !written.starts_with('.') &&
                       !written.starts_with("-.") && !written.ends_with('.');
    const auto value = Decimal::parse(written);
    EXPECT_EQ(value.has_value(), number && plain && -number->exponent <= most && abs(number->coefficient) < ten_to(38))
        << vector.id << " " << written;
    if (!value || vector.has("inexact")) return passed;
    if (const auto expected = number_of(vector.result)) return same(*value, *expected, vector);
    return "special result";
  }

  Skipped skipped_;
};

class DecTest : public ::testing::TestWithParam<const char*> {};

TEST_P(DecTest, EveryApplicableVectorPasses) {
  const std::string folder = vectors_folder();
  if (folder.empty()) GTEST_SKIP() << "no *.decTest here: install libpython3.11-testsuite, or set RABATT_DECTEST";
  const auto vectors = vectors_of(folder + "/" + GetParam() + ".decTest");
  ASSERT_TRUE(vectors) << "no " << GetParam() << ".decTest in " << folder;
  std::map<Skipped, int> outcomes;
  Runner runner;
  for (const auto& vector : *vectors) ++outcomes[runner.run(vector)];
  std::cout << GetParam() << ": " << vectors->size() << " vectors\n";
  for (const auto& [skipped, count] : outcomes) {
    std::cout << std::setw(8) << count << "  " << (skipped == passed ? "applicable" : "skipped: " + skipped) << '\n';
  }
  EXPECT_GT(outcomes[passed], 0);
  RecordProperty("vectors", static_cast<int>(vectors->size()));
  RecordProperty("applicable", outcomes[passed]);
}

INSTANTIATE_TEST_SUITE_P(Files, DecTest,
                         ::testing::Values("add", "ddAdd", "dqAdd", "subtract", "ddSubtract", "dqSubtract", "multiply",
                                           "ddMultiply", "dqMultiply", "divide", "ddDivide", "dqDivide", "quantize",
                                           "ddQuantize", "dqQuantize", "compare", "ddCompare", "dqCompare", "base",
                                           "ddBase", "dqBase", "rounding", "inexact", "randoms"),
                         [](const auto& file) { return std::string(file.param); });

}  // namespace
}  // namespace rabatt
