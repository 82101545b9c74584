// Orders as Arrow: the types that are read, those of the results, and arrays that are not what they say. What comes out
// of random tables is compared in arrow_orders_random_test.cc.

#include "rabatt/arrow_orders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "arrow_order_answers.h"

namespace rabatt {
namespace {

// ---- types ----

// A book with an item of each of these names.
Book book_of_items(const std::vector<std::string>& names) {
  BookContent content;
  for (const auto& name : names) {
    auto& item = content.items.emplace_back();
    item.item = name;
    item.prices = {{"EUR", Decimal("9.99")}};
  }
  return Book::build(content);
}

std::vector<SampleColumn> with_rest(std::vector<SampleColumn> columns) {
  const auto count = columns.at(0).count;
  const auto has = [&](const char* name) {
    return std::ranges::find(columns, name, &SampleColumn::name) != columns.end();
  };
  const std::pair<const char*, const char*> rest[] = {
      {"order", "A"}, {"date", "2026-03-10"}, {"currency", "EUR"}, {"item", "TEA"}, {"quantity", "1"}};
  for (const auto& [name, cell] : rest) {
    if (!has(name)) columns.push_back(text_column(name, TextCells(count, cell)));
  }
  return columns;
}

// Whether items are read as just these texts: they are found in a book that has no others.
void expect_texts(const SampleColumn& items, const std::vector<std::string>& texts) {
  SampleTable table(with_rest({items}));
  const auto answer = priced(book_of_items(texts), table);
  EXPECT_EQ(column(answer.lines, "status"), TextCells(texts.size(), "ok")) << items.format << ' ' << texts[0];
}

using Values = std::vector<std::optional<Int128>>;

TEST(ArrowOrders, ReadsNumbersAsTheirText) {
  expect_texts(number_column("item", Values{-128, 127}, "c", 1), {"-128", "127"});
  expect_texts(number_column("item", Values{255}, "C", 1), {"255"});
  expect_texts(number_column("item", Values{-32768}, "s", 2), {"-32768"});
  expect_texts(number_column("item", Values{std::numeric_limits<std::int64_t>::min()}, "l", 8),
               {"-9223372036854775808"});
  expect_texts(number_column("item", Values{std::numeric_limits<std::uint64_t>::max()}, "L", 8),
               {"18446744073709551615"});
  expect_texts(number_column("item", Values{0, 5, -5, 12345}, "d:9,2,32", 4), {"0.00", "0.05", "-0.05", "123.45"});
  expect_texts(number_column("item", Values{0, 5, -5}, "d:9,-2", 16), {"0", "500", "-500"});
  expect_texts(number_column("item", Values{Int128{1} << 126U, 1}, "d:38,38", 16),
               {"0.85070591730234615865843651857942052864", "0." + std::string(37, '0') + "1"});
  expect_texts(number_column("item", Values{std::numeric_limits<Int128>::max()}, "d:38,0", 16),
               {"170141183460469231731687303715884105727"});
  expect_texts(flag_column("item", {true, false}), {"true", "false"});
}

TEST(ArrowOrders, ReadsDatesAsTheirText) {
  expect_texts(number_column("item", Values{0, -719'162, 2'932'896, -719'163, -719'529, 2'932'897}, "tdD", 4),
               {"1970-01-01", "0001-01-01", "9999-12-31", "0000-12-31", "-0001-12-31", "10000-01-01"});
  expect_texts(number_column("item", Values{11'248'737, 11'248'738, -12'687'428, -12'687'429}, "tdD", 4),
               {"32767-12-31", "<value out of range: 11248738>", "-32767-01-01", "<value out of range: -12687429>"});
  expect_texts(number_column("item", Values{86'399'999, -1}, "tdm", 8), {"1970-01-01", "1969-12-31"});
  expect_texts(number_column("item", Values{0, -1, 34'200}, "tss:", 8),
               {"1970-01-01T00:00:00", "1969-12-31T23:59:59", "1970-01-01T09:30:00"});
  expect_texts(number_column("item", Values{1'500, -1, 2'000}, "tsm:", 8),
               {"1970-01-01T00:00:01.500", "1969-12-31T23:59:59.999", "1970-01-01T00:00:02"});
  expect_texts(number_column("item", Values{1'000'001}, "tsu:", 8), {"1970-01-01T00:00:01.000001"});
  expect_texts(number_column("item", Values{1}, "tsn:", 8), {"1970-01-01T00:00:00.000000001"});
  expect_texts(number_column("item", Values{Int128{1} << 62U}, "tss:", 8),
               {"<value out of range: 4611686018427387904>"});
}

TEST(ArrowOrders, ReadsDictionariesOfAnyType) {
  auto dates = number_column("date", Values{1, 0, 1}, "c", 1);
  dates.dictionary = std::make_shared<SampleColumn>(number_column("", Values{20'522, 20'522}, "tdD", 4));
  auto numbers = number_column("quantity", Values{0, std::nullopt, 1}, "L", 8);
  numbers.dictionary = std::make_shared<SampleColumn>(number_column("", Values{150, std::nullopt}, "d:9,2", 16));
  SampleTable table(with_rest({dates, numbers, text_column("order", {"A", "B", "C"})}));
  const auto answer = priced(book_of_items({"TEA"}), table);
  EXPECT_EQ(column(answer.lines, "status"), (TextCells{"ok", "missing_field", "missing_field"}));
  EXPECT_EQ(column(answer.lines, "net"), (TextCells{"14.99", std::nullopt, std::nullopt}));
}

TEST(ArrowOrders, GathersRowsByTheTextOfTheOrder) {
  SampleTable table(with_rest({number_column("order", Values{7, std::nullopt, 70, 7, 70}, "d:9,1", 16)}));
  const auto answer = priced(book_of_items({"TEA"}), table, {.threads = 2});
  EXPECT_EQ(column(answer.lines, "status"), (TextCells{"ok", "missing_field", "ok", "ok", "ok"}));
  EXPECT_EQ(column(answer.orders, "first_row"), (TextCells{"0", "2"}));
  EXPECT_EQ(column(answer.orders, "total"), (TextCells{"19.98", "19.98"}));
}

TEST(ArrowOrders, HaveTheirTypes) {
  SampleTable table(with_rest({text_column("item", {"TEA", "MUG"})}));
  const auto book = book_of_items({"TEA"});
  EXPECT_EQ(priced(book, table).formats, "u u u u u u u u u u u u u l u u u u u u u l ");
  const auto decimal = priced(book, table, {.fit = ColumnFit::decimal, .places = 7});
  EXPECT_EQ(decimal.formats,
            "u d:38,7 d:38,7 d:38,12 d:38,7 d:38,7 d:38,7 d:38,7 d:38,7 d:38,7 u u u "
            "l u d:38,7 d:38,7 d:38,7 u d:38,7 d:38,7 l ");
  EXPECT_EQ(decimal.places, 7);
  EXPECT_EQ(column(decimal.lines, "net"), (TextCells{"9.9900000", std::nullopt}));
}

TEST(ArrowOrders, OfNoRows) {
  SampleTable table(with_rest({text_column("item", {})}));
  const auto answer = priced(book_of_items({"TEA"}), table, {.fit = ColumnFit::decimal, .threads = 2});
  EXPECT_EQ(answer.lines.size(), 13U);
  EXPECT_EQ(answer.orders.size(), 9U);
  EXPECT_TRUE(answer.orders[0].cells.empty());
}

// ---- what is refused ----

std::string refusal(std::vector<SampleColumn> columns, const ArrowOrderOptions& options = {}) {
  SampleTable table(std::move(columns));
  try {
    priced(book_of_items({"TEA"}), table, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(ArrowOrders, RefusesTablesWithTheColumn) {
  const auto items = text_column("item", {"TEA", "TEA"});
  const auto numbers = [](const char* name, const char* format) {
    return number_column(name, Values{1, 1}, format, 8);
  };
  EXPECT_EQ(refusal(with_rest({items})), "");
  EXPECT_EQ(refusal({items}), "missing_field: order, date, currency, quantity");
  EXPECT_EQ(refusal(with_rest({items, items})), "duplicate_field: item");
  EXPECT_EQ(refusal(with_rest({items, numbers("note", "g"), numbers("note", "g")})), "duplicate_field: note");
  EXPECT_EQ(refusal(with_rest({items, numbers("note", "g")})), "");
  EXPECT_EQ(refusal(with_rest({numbers("quantity", "g")})), "invalid_decimal: quantity");
  EXPECT_EQ(refusal(with_rest({numbers("quantity", "d:76,2,256")})), "invalid_value: quantity");
  EXPECT_EQ(refusal(with_rest({numbers("date", "ttu")})), "invalid_value: date");
  EXPECT_EQ(refusal(with_rest({numbers("date", "tss:UTC")})), "invalid_date: date");
  EXPECT_EQ(refusal(with_rest({items}), {.places = 39}), "invalid_value: places 39");
  EXPECT_EQ(refusal(with_rest({items}), {.places = -1}), "invalid_value: places -1");
}

template <class Damage>
std::string refusal_of_damaged(Damage damage) {
  SampleTable table(
      with_rest({dictionary_column("item", {"TEA", "TEA", "TEA"}, "c", 1), text_column("unit", {"", "", ""})}));
  damage(table);
  try {
    priced(book_of_items({"TEA"}), table, {.threads = 2});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(ArrowOrders, RefusesArraysThatAreNotOfTheSchema) {
  const std::uint8_t first_only = 1;
  const void* bits = &first_only;
  EXPECT_EQ(refusal_of_damaged([](SampleTable&) {}), "");
  EXPECT_EQ(refusal_of_damaged([](SampleTable& table) { table.schema().format = "i"; }), "invalid_value: orders");
  EXPECT_EQ(refusal_of_damaged([](SampleTable& table) { table.array().length = -1; }), "invalid_value: orders");
  EXPECT_EQ(refusal_of_damaged([&](SampleTable& table) {
              table.array().null_count = 2;
              table.array().buffers = &bits;
            }),
            "invalid_value: orders");
  EXPECT_EQ(refusal_of_damaged([](SampleTable& table) { table.array().n_children = 1; }), "invalid_value: unit");
  EXPECT_EQ(refusal_of_damaged([](SampleTable& table) { table.child(0).length = 2; }), "invalid_value: item");
  EXPECT_EQ(refusal_of_damaged([](SampleTable& table) { table.child(0).dictionary = nullptr; }), "invalid_value: item");
  EXPECT_EQ(refusal_of_damaged([](SampleTable& table) { table.child(0).dictionary->length = 1; }),
            "invalid_value: item");
}

}  // namespace
}  // namespace rabatt
