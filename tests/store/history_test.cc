// Random histories of a store: they leave a store that check() finds nothing wrong with, the same on both databases,
// and each of its past moments can be published again.
#include <set>

#include "random_verbs.h"
#include "shop.h"
#include "trials.h"

namespace rabatt {
namespace {

constexpr int most_steps = 400;

Instant step_time(int step) { return moment(0) + std::chrono::seconds(step); }

At at_step(int step) {
  auto at = ann();
  at.time = step_time(step);
  return at;
}

// The book of a store after each step of a history.
std::vector<std::string> hashes_after_each_step(const Store& store, std::uint64_t seed, int steps,
                                                std::set<std::string>* outcomes) {
  RandomVerbs verbs(seed);
  std::vector<std::string> hashes;
  for (int step = 1; step <= steps; ++step) {
    for (const auto& line : verbs.step(store, at_step(step))) {
      outcomes->insert(line.substr(0, line.find_first_of(" ")));
    }
    hashes.push_back(store.publish(at_step(step)).book.hash());
  }
  return hashes;
}

using HistoryTest = ShopTest;

TEST_P(HistoryTest, IsTheSameEverywhereAndComesBack) {
  const auto memory = Store::open("sqlite::memory:", {.at = ann()});
  const int steps =
      static_cast<int>(std::min<std::uint64_t>(trials(GetParam() == Kind::postgres ? 70 : 120), most_steps));
  std::set<std::string> outcomes, again;
  const auto hashes = hashes_after_each_step(store(), test_seed(), steps, &outcomes);
  EXPECT_EQ(hashes, hashes_after_each_step(memory, test_seed(), steps, &again));
  EXPECT_EQ(problems(), "[]");
  std::set<std::string> different(hashes.begin(), hashes.end());
  EXPECT_GT(different.size(), static_cast<std::size_t>(steps) / 4);
  std::mt19937_64 random(test_seed());
  int tried = 0;
  for (; tried < 50; ++tried) {
    const int step = static_cast<int>(random() % static_cast<unsigned>(steps)) + 1;
    const auto then = store().publish(at_step(steps), {.as_of = step_time(step)});
    EXPECT_EQ(then.book.hash(), hashes[static_cast<std::size_t>(step) - 1]) << "after step " << step;
  }
  report("books of past moments", static_cast<std::uint64_t>(tried),
         ", steps " + std::to_string(steps) + ", different books " + std::to_string(different.size()));
  if (steps < most_steps) return;
  for (const auto code : {"conflict", "number_taken", "in_use", "not_found", "valid_until_before_date"}) {
    EXPECT_TRUE(outcomes.contains(code)) << code;
  }
}

RABATT_ON_ALL_DATABASES(HistoryTest);

}  // namespace
}  // namespace rabatt
