// How many random trials the property tests make, and from which seed.
//
//   --operations=N   operations of the wide-integer oracle, and bits of a book file that are flipped, of as many as it
//                    has; else RABATT_TEST_OPERATIONS, else 10,000,000.
//   --factor=N       the other property tests make so many times their usual trials; else RABATT_TEST_FACTOR, else 1.
//   --seed=N         else RABATT_TEST_SEED, else 1. Every property test prints the seed that it ran with.
#pragma once

#include <cstdint>
#include <iostream>
#include <string_view>

namespace rabatt {

std::uint64_t test_seed();
std::uint64_t operations();

// `usual` trials of a property, times the factor.
std::uint64_t trials(std::uint64_t usual);

// What a property test says of itself at its end.
inline void report(std::string_view property, std::uint64_t tried, std::string_view more = {}) {
  std::cout << property << ": seed " << test_seed() << ", " << tried << " tried" << more << '\n';
}

}  // namespace rabatt
