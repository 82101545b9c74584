// The tests' main(): googletest's, with the options of trials.h.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "trials.h"

namespace rabatt {
namespace {

std::uint64_t seed = 1;
std::uint64_t factor = 1;
std::uint64_t operation_count = 10'000'000;

void take_environment(const char* name, std::uint64_t* value) {
  if (const char* text = std::getenv(name)) *value = std::stoull(text);
}

void take_option(std::string_view argument, std::string_view name, std::uint64_t* value) {
  if (argument.starts_with(name)) *value = std::stoull(std::string(argument.substr(name.size())));
}

}  // namespace

std::uint64_t test_seed() { return seed; }
std::uint64_t operations() { return operation_count; }
std::uint64_t trials(std::uint64_t usual) { return usual * factor; }

void take_options(int count, char** arguments) {
  take_environment("RABATT_TEST_SEED", &seed);
  take_environment("RABATT_TEST_OPERATIONS", &operation_count);
  take_environment("RABATT_TEST_FACTOR", &factor);
  std::for_each(arguments + 1, arguments + count, [](std::string_view argument) {
    take_option(argument, "--seed=", &seed);
    take_option(argument, "--operations=", &operation_count);
    take_option(argument, "--factor=", &factor);
  });
}

}  // namespace rabatt

int main(int count, char** arguments) {
  ::testing::InitGoogleTest(&count, arguments);
  rabatt::take_options(count, arguments);
  return RUN_ALL_TESTS();
}
