// Tables, cells and arrays of Arrow that are not what they should be; and what is kept between arrays.

#include <gtest/gtest.h>

#include <cstring>

#include "arrow_samples.h"

namespace rabatt {
namespace {

const Book& shop() {
  static const Book book = [] {
    BookContent content;
    content.items.resize(2);
    content.items[0].item = "TEA";
    content.items[0].prices = {{"EUR", Decimal("9.99")}};
    content.items[1].item = "7";
    content.items[1].prices = {{"EUR", Decimal("5")}};
    return Book::build(content);
  }();
  return book;
}

ArrowLineOptions on_a_day() { return {.date = Date::from("2026-03-10"), .currency = "EUR"}; }

std::string refusal(std::vector<SampleColumn> columns, const ArrowLineOptions& options = on_a_day()) {
  SampleTable table(std::move(columns));
  try {
    ArrowPricer pricer(pricer_of(shop()), table.schema(), options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

SampleColumn items() { return text_column("item", {"TEA", "7", std::nullopt}); }
SampleColumn quantities() { return number_column("quantity", {3, 1, 2}, "l", 8); }

TEST(ArrowLines, RefusesTablesWithTheColumn) {
  EXPECT_EQ(refusal({items(), quantities()}), "");
  EXPECT_EQ(refusal({items()}), "missing_field: quantity");
  EXPECT_EQ(refusal({items(), quantities()}, {.date = Date::from("2026-03-10")}), "missing_field: currency");
  EXPECT_EQ(refusal({items(), quantities(), text_column("currency", {"EUR", "EUR", ""})}), "duplicate_field: currency");
  EXPECT_EQ(refusal({items(), quantities(), items()}), "duplicate_field: item");
  EXPECT_EQ(refusal({items(), number_column("quantity", {1, 1, 1}, "g", 8)}), "invalid_decimal: quantity");
  EXPECT_EQ(refusal({items(), number_column("quantity", {1, 1, 1}, "tdD", 4)}), "invalid_value: quantity");
  EXPECT_EQ(refusal({flag_column("item", {true, true, true}), quantities()}), "invalid_value: item");
  EXPECT_EQ(refusal({items(), quantities(), number_column("date", {1, 1, 1}, "tss:UTC", 8)}, {.currency = "EUR"}),
            "invalid_date: date");
  EXPECT_EQ(refusal({items(), quantities(), number_column("date", {1, 1, 1}, "l", 8)}, {.currency = "EUR"}),
            "invalid_value: date");
  auto options = on_a_day();
  options.columns = {"net", "nett"};
  EXPECT_EQ(refusal({items(), quantities()}, options), "invalid_value: columns nett");
  options = on_a_day();
  options.places = 39;
  EXPECT_EQ(refusal({items(), quantities()}, options), "invalid_value: places 39");
}

TextCells statuses(std::vector<SampleColumn> columns, const ArrowLineOptions& options = on_a_day()) {
  SampleTable table(std::move(columns));
  ArrowPricer pricer(pricer_of(shop()), table.schema(), options);
  return priced(&pricer, table.array()).at(0).cells;
}

TEST(ArrowLines, FaultsOfCellsAreStatuses) {
  using Cells = TextCells;
  for (const auto* format : {"u", "U", "vu"}) {
    const auto texts = text_column("item", {"\xff", std::string(201, 'x'), ""}, format);
    EXPECT_EQ(statuses({texts, quantities()}), (Cells{"invalid_identifier", "invalid_identifier", "missing_field"}));
    const auto codes = text_column("code", {"\xff", " ", "\xc2\xa0x"}, format);
    EXPECT_EQ(statuses({items(), quantities(), codes}), (Cells{"invalid_identifier", "ok", "missing_field"}));
  }
  EXPECT_EQ(statuses({number_column("item", {7, 7, 8}, "C", 1), quantities()}), (Cells{"ok", "ok", "unknown_item"}));
  const auto numbers = text_column("quantity", {"1e3", "2", " 1"});
  EXPECT_EQ(statuses({items(), numbers}), (Cells{"invalid_decimal", "ok", "invalid_decimal"}));
  // numbers that have room alone, but not in one column
  const auto far_apart = text_column("quantity", {"0.00000000000000000000000000000000000001", "2", "9e"});
  EXPECT_EQ(statuses({items(), far_apart}), (Cells{"ok", "ok", "invalid_decimal"}));
  // the first fault in the order of the columns
  const auto discounts = number_column("manual_discount", {101, -1, 5}, "i", 4);
  const auto prices = number_column("list_price", {-1, 2, -1}, "i", 4);
  EXPECT_EQ(statuses({items(), quantities(), discounts, prices}),
            (Cells{"invalid_discount", "invalid_discount", "negative_price"}));
  EXPECT_EQ(statuses({items(), quantities(), prices, discounts}),
            (Cells{"negative_price", "invalid_discount", "negative_price"}));
}

TEST(ArrowLines, DatesThatAreNoneAreStatuses) {
  using Cells = TextCells;
  const ArrowLineOptions in_euro{.currency = "EUR"};
  const Int128 wrapped = (Int128{1} << 32) * 86'400;  // a day that 32 bits take for 1970-01-01
  for (const Int128 day : {Int128{2'932'897}, Int128{-719'163}}) {
    EXPECT_EQ(statuses({items(), quantities(), number_column("date", {day, 1, 1}, "tdD", 4)}, in_euro),
              (Cells{"invalid_date", "ok", "missing_field"}));
    EXPECT_EQ(statuses({items(), quantities(), number_column("date", {day, day, day}, "tdD", 4)}, in_euro),
              (Cells{"invalid_date", "invalid_date", "invalid_date"}));
  }
  EXPECT_EQ(statuses({items(), quantities(), number_column("date", {wrapped, -wrapped, 1}, "tss:", 8)}, in_euro),
            (Cells{"invalid_date", "invalid_date", "missing_field"}));
  EXPECT_EQ(statuses({items(), quantities(), number_column("date", {1'000, 1'001, 1}, "tsm:", 8)}, in_euro),
            (Cells{"ok", "invalid_date", "invalid_date"}));
}

template <class Spoil>
std::string spoilt(Spoil spoil) {
  SampleTable table({dictionary_column("item", {"TEA", "7", std::nullopt, "TEA"}, "i", 4),
                     number_column("quantity", {1, 2, 3, 4}, "l", 8), text_column("customer", {"a", "b", "c", "d"}),
                     text_column("unit", {"each", "a text of many bytes", "", ""}, "vu")});
  ArrowPricer pricer(pricer_of(shop()), table.schema(), on_a_day());
  spoil(table);
  ArrowArray priced{};
  try {
    pricer.price(table.array(), &priced);
  } catch (const Error& error) {
    EXPECT_EQ(priced.release, nullptr);
    return error.what();
  }
  if (priced.release) priced.release(&priced);
  return "";
}

TEST(ArrowLines, ArraysThatAreNotWellFormed) {
  EXPECT_EQ(spoilt([](SampleTable&) {}), "");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().release = nullptr; }), "invalid_value: lines");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().length = -1; }), "invalid_value: lines");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().offset = -1; }), "invalid_value: lines");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().offset = INT64_MAX; }), "invalid_value: lines");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().length = 5; }), "invalid_value: item");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().n_children = 1; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().children = nullptr; }), "invalid_value: item");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.array().children[1] = nullptr; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(1).release = nullptr; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(1).length = 3; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(1).offset = -1; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(1).n_buffers = 1; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(1).buffers = nullptr; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(1).buffers[1] = nullptr; }), "invalid_value: quantity");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(0).dictionary = nullptr; }), "invalid_value: item");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(0).dictionary->length = -1; }), "invalid_value: item");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(0).dictionary->length = 2; }), "invalid_value: item");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(0).dictionary->buffers[2] = nullptr; }), "invalid_value: item");
  EXPECT_EQ(spoilt([](SampleTable& t) { t.child(2).buffers[2] = nullptr; }), "invalid_value: customer");
  const auto with_index = [](std::int32_t index) {
    return spoilt([&](SampleTable& t) { std::memcpy(t.column(0).buffers[1].data(), &index, sizeof(index)); });
  };
  EXPECT_EQ(with_index(3), "");
  EXPECT_EQ(with_index(4), "invalid_value: item");
  EXPECT_EQ(with_index(-1), "invalid_value: item");
  const auto with_offset = [](std::int32_t offset) {
    return spoilt([&](SampleTable& t) { std::memcpy(t.column(2).buffers[1].data() + 4, &offset, sizeof(offset)); });
  };
  EXPECT_EQ(with_offset(-1), "invalid_value: customer");
  EXPECT_EQ(with_offset(3), "invalid_value: customer");  // the next one is less
  const auto with_view = [](std::size_t at, std::int32_t value) {
    return spoilt([&](SampleTable& t) { std::memcpy(t.column(3).buffers[1].data() + 16 + at, &value, sizeof(value)); });
  };
  EXPECT_EQ(with_view(0, -1), "invalid_value: unit");
  EXPECT_EQ(with_view(0, 21), "invalid_value: unit");
  EXPECT_EQ(with_view(8, 1), "invalid_value: unit");
  EXPECT_EQ(with_view(8, -1), "invalid_value: unit");
  EXPECT_EQ(with_view(12, 1), "invalid_value: unit");
  EXPECT_EQ(with_view(12, -1), "invalid_value: unit");
}

TEST(ArrowLines, OneDictionaryIsNotTakenForAnother) {
  const auto column = [](const char* text) { return dictionary_column("item", {text, text}, "i", 4); };
  SampleTable first({column("TEA"), number_column("quantity", {1, 2}, "l", 8)});
  SampleTable second({column("ICE"), number_column("quantity", {1, 2}, "l", 8)});
  ArrowPricer pricer(pricer_of(shop()), first.schema(), on_a_day());
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(priced(&pricer, first.array())[0].cells, (TextCells{"ok", "ok"}));
    EXPECT_EQ(priced(&pricer, first.array())[0].cells, (TextCells{"ok", "ok"}));
    EXPECT_EQ(priced(&pricer, second.array())[0].cells, (TextCells{"unknown_item", "unknown_item"}));
  }
}

TEST(ArrowLines, ManyLinesOfOneDayAreSlicedAndSharedOut) {
  constexpr std::size_t count = 100'003;
  std::vector<std::optional<Int128>> numbers;
  TextCells texts;
  for (std::size_t row = 0; row < count; ++row) {
    numbers.emplace_back(static_cast<std::int64_t>(row % 1'000));
    texts.emplace_back(row % 7 == 0 ? "7" : row % 11 == 0 ? "ICE" : "TEA");
  }
  SampleTable table({dictionary_column("item", texts, "i", 4), number_column("quantity", numbers, "l", 8)});
  auto options = on_a_day();
  options.columns = {"status", "net"};
  options.batch.threads = 3;
  ArrowPricer pricer(pricer_of(shop()), table.schema(), options);
  const auto results = priced(&pricer, table.array());
  ASSERT_EQ(results.size(), 2U);
  for (std::size_t row = 0; row < count; ++row) {
    const bool is_known = row % 7 == 0 || row % 11 != 0;
    ASSERT_EQ(results[0].cells[row], is_known ? "ok" : "unknown_item") << row;
    const auto price = row % 7 == 0 ? Decimal("5") : Decimal("9.99");
    if (is_known) {
      ASSERT_EQ(results[1].cells[row], (price * static_cast<int>(row % 1'000)).text()) << row;
    } else {
      ASSERT_FALSE(results[1].cells[row]) << row;
    }
  }
}

}  // namespace
}  // namespace rabatt
