// Orders as tables: what decimal columns can hold. The rows themselves are in tests/cases/orders.case.

#include "rabatt/orders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "rabatt/json.h"

namespace rabatt {
namespace {

const Book& shop() {
  static const Book book = book_from_json(R"({"items": [{"item": "TEA", "prices": {"EUR": "9.99"}}]})");
  return book;
}

// Orders of one row each, with a list price and a quantity.
TextTable orders_of(const std::vector<std::pair<std::string, std::string>>& rows) {
  TextTable table = {{"order", {}}, {"date", {}}, {"currency", {}}, {"item", {}}, {"list_price", {}}, {"quantity", {}}};
  for (const auto& [list_price, quantity] : rows) {
    const std::array cells = {std::to_string(table[0].cells.size()),
                              std::string("2026-03-10"),
                              std::string("EUR"),
                              std::string("TEA"),
                              list_price,
                              quantity};
    for (std::size_t i = 0; i < cells.size(); ++i) table[i].cells.emplace_back(cells[i]);
  }
  return table;
}

const std::vector<std::optional<std::string>>& column(const TextTable& table, std::string_view name) {
  return std::find_if(table.begin(), table.end(), [&](const TextColumn& c) { return c.name == name; })->cells;
}

struct Priced {
  std::vector<std::string> statuses;
  int places;
};

Priced priced(const std::vector<std::pair<std::string, std::string>>& rows, ColumnFit fit = ColumnFit::decimal) {
  const auto result = price_orders(shop(), orders_of(rows), fit);
  Priced answer{{}, result.places};
  for (const auto& cell : column(result.lines, "status")) answer.statuses.push_back(*cell);
  EXPECT_EQ(column(result.lines, "status"), column(result.orders, "status"));
  return answer;
}

using Statuses = std::vector<std::string>;

const std::string tiny = "0." + std::string(37, '0') + "1";

TEST(DecimalColumns, HaveThePlacesOfTheStepsAtLeast) {
  EXPECT_EQ(priced({{"", "1"}}).places, 5);
  EXPECT_EQ(priced({{"0.0000001", "1"}, {"", "1"}}).places, 7);
}

TEST(DecimalColumns, ARefusedRowTakesNoPlaces) {
  const auto answer = priced({{"0." + std::string(38, '9'), "1000"}, {"", "1"}, {"", "2"}});
  EXPECT_EQ(answer.statuses, (Statuses{"overflow", "ok", "ok"}));
  EXPECT_EQ(answer.places, 5);
}

TEST(DecimalColumns, LeaveOutTheOddRow) {
  EXPECT_EQ(priced({{"", "1"}, {tiny, "1"}, {"", "2"}}).statuses, (Statuses{"ok", "overflow", "ok"}));
  EXPECT_EQ(priced({{"", "1"}, {std::string(36, '9'), "1"}, {"", "2"}}).statuses, (Statuses{"ok", "overflow", "ok"}));
  EXPECT_EQ(priced({{tiny, "1"}, {"", "1"}}).statuses, (Statuses{"overflow", "ok"}))
      << "of two the one with fewer places";
}

TEST(DecimalColumns, ALargeAmountAndManyPlacesFitTogetherUpTo38Digits) {
  const std::string places_20 = "0." + std::string(19, '0') + "1";
  EXPECT_EQ(priced({{places_20, "1"}, {std::string(18, '9'), "1"}}).statuses, (Statuses{"ok", "ok"}));
  EXPECT_EQ(priced({{places_20, "1"}, {std::string(19, '9'), "1"}}).statuses, (Statuses{"overflow", "ok"}));
}

TEST(DecimalColumns, TextHoldsThemAll) {
  EXPECT_EQ(priced({{"", "1"}, {tiny, "1"}, {std::string(36, '9'), "1"}}, ColumnFit::text).statuses,
            (Statuses{"ok", "ok", "ok"}));
}

}  // namespace
}  // namespace rabatt
