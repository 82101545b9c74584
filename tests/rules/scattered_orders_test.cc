#include "rabatt/scattered_orders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "arrow_samples.h"
#include "rabatt/error.h"
#include "random.h"

namespace rabatt {
namespace {

// The orders read in pieces of `size` rows.
ScatteredOrders scanned(const TextCells& orders, std::size_t size) {
  ScatteredOrders scattered(orders.size());
  for (std::size_t begin = 0; begin < orders.size(); begin += size) {
    const auto end = std::min(orders.size(), begin + size);
    SampleTable piece({text_column("order",
                                   TextCells(orders.begin() + static_cast<std::ptrdiff_t>(begin),
                                             orders.begin() + static_cast<std::ptrdiff_t>(end)),
                                   "U")});
    scattered.note(piece.child(0));
  }
  scattered.finish();
  return scattered;
}

std::vector<std::int32_t> groups_of(const ScatteredOrders& scattered, const TextCells& orders, int count = 1) {
  SampleTable table({text_column("order", orders, "U")});
  std::vector<std::int32_t> groups(orders.size());
  scattered.groups(table.child(0), count, groups.data());
  return groups;
}

TEST(ScatteredOrders, AreThoseThatComeAgain) {
  const TextCells orders = {"A", "A", "B", "A", "C", "C", std::nullopt, "D", "", "D", "E"};
  for (const std::size_t size : {1U, 2U, 3U, 100U}) {
    const auto scattered = scanned(orders, size);
    EXPECT_TRUE(scattered.any());
    EXPECT_EQ(groups_of(scattered, orders), (std::vector<std::int32_t>{0, 0, -1, 0, -1, -1, -1, 0, -1, 0, -1}));
  }
}

TEST(ScatteredOrders, NoneWhereAllAreAdjacent) {
  TextCells orders;
  for (int order = 0; order < 100'000; ++order) orders.insert(orders.end(), 2, "order " + std::to_string(order));
  const auto scattered = scanned(orders, 777);
  EXPECT_FALSE(scattered.any());  // what the filter takes for a repetition is looked up
  const auto groups = groups_of(scattered, orders);
  EXPECT_EQ(std::count(groups.begin(), groups.end(), -1), static_cast<std::ptrdiff_t>(groups.size()));
}

TEST(ScatteredOrders, AnOrderIsWholeInItsGroup) {
  Random random("scattered orders");
  TextCells orders;
  for (int row = 0; row < 20'000; ++row) orders.emplace_back(std::to_string(random.below(3'000)));
  const auto scattered = scanned(orders, 512);
  const auto groups = groups_of(scattered, orders, 16);
  std::map<std::string, std::set<std::int32_t>> groups_of_order;
  for (std::size_t row = 0; row < orders.size(); ++row) groups_of_order[*orders[row]].insert(groups[row]);
  std::set<std::int32_t> used;
  for (const auto& [order, of_order] : groups_of_order) {
    EXPECT_EQ(of_order.size(), 1U) << order;
    used.insert(*of_order.begin());
  }
  EXPECT_GE(used.size(), 16U);
  EXPECT_LT(*used.rbegin(), 16);
}

TEST(ScatteredOrders, AnotherProcessKnowsTheSame) {
  const TextCells orders = {"A", "B", "A", "C", "B", "D"};
  const auto bytes = scanned(orders, 2).finished();
  const ScatteredOrders read(std::string_view(bytes.data(), bytes.size()));
  EXPECT_EQ(groups_of(read, orders), (std::vector<std::int32_t>{0, 0, 0, -1, 0, -1}));
  EXPECT_THROW(ScatteredOrders(std::string_view{"12345678"}), Error);
  EXPECT_THROW(ScatteredOrders(std::string_view{}), Error);
}

TEST(ScatteredOrders, RefusesArraysThatAreNone) {
  SampleTable table({text_column("order", {"A", "B"}, "U")});
  table.child(0).length = 1'000'000'000'000'000;
  ScatteredOrders scattered(10);
  EXPECT_THROW(scattered.note(table.child(0)), Error);
}

}  // namespace
}  // namespace rabatt
