// All pairs of boundary values through every operation: overflow exactly where the result has no room, never a wrap.

#include <gtest/gtest.h>

#include "boundary_values.h"
#include "refusal.h"
#include "trials.h"
#include "wide.h"

namespace rabatt {
namespace {

// "overflow", or the value.
template <class Compute>
std::string outcome(Compute compute) {
  std::string value;
  const std::string code = refused_as([&] { value = compute().text(); });
  return code.empty() ? value : code;
}

std::string expected(const Wide& value) { return value.fits() ? value.text() : "overflow"; }

constexpr Rounding modes[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down, Rounding::up,
                              Rounding::down,    Rounding::ceiling,   Rounding::floor};

TEST(NumberOverflow, SumsAndProductsOfAllPairs) {
  const auto values = signed_boundary_values();
  for (const auto& a : values) {
    for (const auto& b : values) {
      ASSERT_EQ(outcome([&] { return a + b; }), expected(Wide(a) + b)) << a.text() << " + " << b.text();
      ASSERT_EQ(outcome([&] { return a - b; }), expected(Wide(a) - b)) << a.text() << " - " << b.text();
      ASSERT_EQ(outcome([&] { return a * b; }), expected(Wide(a) * b)) << a.text() << " * " << b.text();
    }
  }
  report("pairs of boundary values added, subtracted, multiplied", values.size() * values.size());
}

TEST(NumberOverflow, QuotientsAndRoundingsOfAllPairs) {
  const auto values = signed_boundary_values();
  for (const auto& a : values) {
    for (const auto& b : values) {
      for (const auto mode : modes) {
        for (const int places : {0, 2, 19, 38}) {
          if (b.is_zero()) continue;
          ASSERT_EQ(outcome([&] { return divide(a, b, places, mode); }),
                    expected(rounded_quotient_of(a, b, Wide(1, places), mode)))
              << a.text() << " / " << b.text() << " to " << places;
        }
        if (b.sign() <= 0) continue;
        ASSERT_EQ(outcome([&] { return a.rounded(b, mode); }), expected(rounded(a, b, mode)))
            << a.text() << " to " << b.text();
      }
    }
  }
}

TEST(NumberOverflow, RoundedProductsOfAllPairs) {
  const auto values = signed_boundary_values();
  for (const auto& a : values) {
    for (const auto& b : values) {
      for (const char* step : {"0.01", "0.05", "1", "0.00000000000000000000000000000000000001"}) {
        ASSERT_EQ(outcome([&] { return multiply_rounded(a, b, Decimal(step), Rounding::half_up); }),
                  expected(rounded(Wide(a) * b, Decimal(step), Rounding::half_up)))
            << a.text() << " * " << b.text() << " to " << step;
      }
    }
  }
}

TEST(NumberOverflow, PlacesOfAllValues) {
  for (const auto& value : signed_boundary_values()) {
    for (int places = 0; places <= 38; ++places) {
      const bool fits = Wide(value).fits(places) && Wide(value).reduced().places <= places;
      ASSERT_EQ(outcome([&] { return value.at_places(places); }), fits ? value.text() : "overflow")
          << value.text() << " at " << places;
    }
  }
}

}  // namespace
}  // namespace rabatt
