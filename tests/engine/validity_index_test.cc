// The index of windows against a look at every window.

#include <gtest/gtest.h>

#include "random.h"
#include "trials.h"
#include "validity_index.h"

namespace rabatt {
namespace {

using std::chrono::local_seconds;
using std::chrono::seconds;
using Entries = std::vector<ValidityEntry>;
using Nodes = std::vector<ValidityNode>;

local_seconds at(std::int64_t second) { return local_seconds(seconds(second)); }

ValidityEntry entry(const Window& window, std::uint32_t value) { return {Moments::of(window), value}; }

std::vector<std::uint32_t> visited(const Nodes& nodes, local_seconds moment) {
  std::vector<std::uint32_t> values;
  const auto visit = [&](std::uint32_t value) { values.push_back(value); };
  visit_admitting(nodes, moment, visit);
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<std::uint32_t> scanned(const Entries& entries, local_seconds moment) {
  std::vector<std::uint32_t> values;
  for (const auto& [window, value] : entries) {
    if (window.admits(moment)) values.push_back(value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

TEST(ValidityIndex, EmptyAdmitsNothing) {
  EXPECT_TRUE(visited(Nodes(), at(0)).empty());
  EXPECT_TRUE(visited(validity_nodes({}), at(0)).empty());
}

TEST(ValidityIndex, OneWindowIsInclusive) {
  const auto nodes = validity_nodes({entry({at(10), at(20)}, 7)});
  const std::vector<std::uint32_t> admitted{7};
  EXPECT_TRUE(visited(nodes, at(9)).empty());
  EXPECT_EQ(visited(nodes, at(10)), admitted);
  EXPECT_EQ(visited(nodes, at(20)), admitted);
  EXPECT_TRUE(visited(nodes, at(21)).empty());
}

TEST(ValidityIndex, OpenEndsReachTheFirstAndTheLastMoment) {
  const auto nodes =
      validity_nodes({entry({}, 1), entry({at(5), local_seconds::max()}, 2), entry({local_seconds::min(), at(5)}, 3)});
  EXPECT_EQ(visited(nodes, local_seconds::min()), (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(visited(nodes, at(5)), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(visited(nodes, local_seconds::max()), (std::vector<std::uint32_t>{1, 2}));
}

// Windows of every length within a short time, so that many begin and end at the same moments; some of them empty.
Entries random_entries(Random* random) {
  Entries entries;
  const int count = random->between(0, random->one_in(4) ? 300 : 20);
  const int span = random->between(1, 60);
  for (int i = 0; i < count; ++i) {
    Window window{at(random->between(0, span)), at(random->between(0, span))};
    if (window.until < window.from && !random->one_in(8)) std::swap(window.from, window.until);
    if (random->one_in(10)) window.from = local_seconds::min();
    if (random->one_in(10)) window.until = local_seconds::max();
    entries.push_back(entry(window, static_cast<std::uint32_t>(i)));
  }
  return entries;
}

TEST(ValidityIndex, AgreesWithALinearScan) {
  Random random("validity index");
  const auto count = trials(3'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Entries entries = random_entries(&random);
    const auto nodes = validity_nodes(entries);
    for (int second = -1; second <= 61; ++second) {
      ASSERT_EQ(visited(nodes, at(second)), scanned(entries, at(second))) << entries.size() << " windows, " << second;
    }
  }
  report("sets of windows", count);
}

}  // namespace
}  // namespace rabatt
