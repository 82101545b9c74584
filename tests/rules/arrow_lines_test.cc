// Lines as Arrow: the prices of price_orders() with an order per row, whatever the columns are made of; and arrays that
// are not what they say.

#include "rabatt/arrow_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "arrow_samples.h"
#include "rabatt/exact.h"
#include "rabatt/orders.h"
#include "random_shops.h"

namespace rabatt {
namespace {

std::shared_ptr<const BatchPricer> pricer_of(const Book& book) { return std::make_shared<BatchPricer>(book); }

// The cells of a result column as text; numbers with all their places.
TextCells cells_of(const ArrowSchema& schema, const ArrowArray& array, std::size_t column) {
  const auto& values = *array.children[column];
  const std::string format = schema.children[column]->format;
  const auto* valid = static_cast<const std::uint8_t*>(values.buffers[0]);
  TextCells cells;
  for (std::size_t row = 0; row < static_cast<std::size_t>(array.length); ++row) {
    if (!Validity{valid, 0}[row]) {
      cells.emplace_back();
      continue;
    }
    if (format.starts_with("d:")) {
      Int128 mantissa = 0;
      std::memcpy(&mantissa, static_cast<const char*>(values.buffers[1]) + row * sizeof(mantissa), sizeof(mantissa));
      cells.emplace_back(Decimal::scaled(mantissa, std::stoi(format.substr(5))).text());
      continue;
    }
    const auto index = format == "c" ? static_cast<const std::int8_t*>(values.buffers[1])[row]
                                     : static_cast<const std::int32_t*>(values.buffers[1])[row];
    const auto* offsets = static_cast<const std::int32_t*>(values.dictionary->buffers[1]) + index;
    const auto* bytes = static_cast<const char*>(values.dictionary->buffers[2]);
    cells.emplace_back(std::string(bytes + offsets[0], bytes + offsets[1]));
  }
  return cells;
}

TextTable priced(ArrowPricer* pricer, const ArrowArray& lines) {
  ArrowSchema schema;
  ArrowArray array;
  pricer->price(lines, &array);
  pricer->schema(&schema);
  EXPECT_EQ(array.length, lines.length);
  TextTable table;
  for (std::int64_t column = 0; column < array.n_children; ++column) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(array.children[column]->buffers[1]) % 64, 0U);
    table.push_back({schema.children[column]->name, cells_of(schema, array, static_cast<std::size_t>(column))});
  }
  array.release(&array);
  schema.release(&schema);
  EXPECT_EQ(array.release, nullptr);
  return table;
}

// ---- random shops ----

TextTable texts_of(const std::vector<Request>& requests) {
  TextTable table;
  const auto add = [&](const char* name, auto cell) {
    TextColumn column{name, {}};
    for (const auto& request : requests) {
      std::string text = cell(request, request.lines.at(0));
      column.cells.push_back(text.empty() ? std::nullopt : std::optional(std::move(text)));
    }
    table.push_back(std::move(column));
  };
  const auto number = [](const std::optional<Decimal>& value) { return value ? value->text() : std::string(); };
  add("date", [](const auto& request, const auto&) { return request.date ? request.date->text() : ""; });
  add("currency", [](const auto& request, const auto&) { return request.currency; });
  add("customer", [](const auto& request, const auto&) { return request.customer; });
  add("organisation", [](const auto& request, const auto&) { return request.organisation; });
  add("campaign", [](const auto& request, const auto&) { return request.campaign; });
  add("code", [](const auto& request, const auto&) { return request.code; });
  add("prices_include_tax", [](const auto& request, const auto&) {
    return request.prices_include_tax ? std::string(*request.prices_include_tax ? "true" : "false") : "";
  });
  add("item", [](const auto&, const auto& line) { return line.item; });
  add("quantity", [&](const auto&, const auto& line) { return number(line.quantity); });
  add("unit", [](const auto&, const auto& line) { return line.unit; });
  add("list_price", [&](const auto&, const auto& line) { return number(line.list_price); });
  add("manual_price", [&](const auto&, const auto& line) { return number(line.manual_price); });
  add("manual_discount", [&](const auto&, const auto& line) { return number(line.manual_discount); });
  return table;
}

SampleColumn in_any_texts(Random* random, const TextColumn& column, std::size_t offset) {
  struct Index {
    const char* format;
    std::size_t bytes;
  };
  constexpr Index indexes[] = {{"c", 1}, {"s", 2}, {"S", 2}, {"i", 4}, {"I", 4}, {"l", 8}, {"L", 8}};
  const auto form = random->below(6);
  if (form == 0) return text_column(column.name, column.cells, "U", offset);
  if (form == 1) return text_column(column.name, column.cells, "vu", offset);
  if (form == 2) return text_column(column.name, column.cells, "u", offset);
  const auto& index = indexes[random->below(std::size(indexes))];
  const bool fits = column.cells.size() < 100 || index.bytes > 1;
  return dictionary_column(column.name, column.cells, fits ? index.format : "i", fits ? index.bytes : 4, offset);
}

SampleColumn in_any_numbers(Random* random, const TextColumn& column, std::size_t offset) {
  int places = 0;
  std::vector<std::optional<Decimal>> values;
  for (const auto& cell : column.cells) {
    values.push_back(cell ? std::optional(Decimal(*cell)) : std::nullopt);
    if (cell) places = std::max(places, values.back()->places_needed());
  }
  std::vector<std::optional<Int128>> mantissas;
  Int128 most = 0;
  for (const auto& value : values) {
    const bool fits = !value || Exact(*value).narrowed(places);
    if (!fits || random->one_in(300)) return in_any_texts(random, column, offset);
    mantissas.push_back(value ? std::optional(value->at_places(places).mantissa()) : std::nullopt);
    if (value) most = std::max(most, value->at_places(places).magnitude().mantissa());
  }
  const auto scale = std::to_string(places);
  const auto up_to = [&](int bits) { return most < Int128{1} << static_cast<unsigned>(bits - 1); };
  if (up_to(8) && places == 0 && random->one_in(2)) return number_column(column.name, mantissas, "c", 1, offset);
  if (up_to(16) && places == 0 && random->one_in(2)) return number_column(column.name, mantissas, "s", 2, offset);
  if (up_to(32) && random->one_in(2)) {
    return number_column(column.name, mantissas, places == 0 ? "i" : "d:9," + scale + ",32", 4, offset);
  }
  if (up_to(64) && random->one_in(2)) {
    return number_column(column.name, mantissas, places == 0 ? "l" : "d:18," + scale + ",64", 8, offset);
  }
  return number_column(column.name, mantissas, "d:38," + scale, 16, offset);
}

SampleColumn in_any_dates(Random* random, const TextColumn& column, std::size_t offset) {
  std::vector<std::optional<Int128>> seconds;
  bool has_time = false;
  for (const auto& cell : column.cells) {
    seconds.push_back(cell ? std::optional<Int128>(Date::from(*cell).first_moment().time_since_epoch().count())
                           : std::nullopt);
    has_time |= cell && Date::from(*cell).time;
  }
  const auto times = [&](Int128 factor, Int128 divisor) {
    auto values = seconds;
    for (auto& value : values) {
      if (value) value = *value * factor / divisor;
    }
    return values;
  };
  switch (random->below(has_time ? 5 : 7)) {
    case 0: return number_column(column.name, seconds, "tss:", 8, offset);
    case 1: return number_column(column.name, times(1'000, 1), "tsm:", 8, offset);
    case 2: return number_column(column.name, times(1'000'000, 1), "tsu:", 8, offset);
    case 3: return number_column(column.name, times(1'000'000'000, 1), "tsn:", 8, offset);
    case 4: return in_any_texts(random, column, offset);
    case 5: return number_column(column.name, times(1'000, 1), "tdm", 8, offset);
    default: return number_column(column.name, times(1, 86'400), "tdD", 4, offset);
  }
}

SampleColumn in_any_flags(Random* random, const TextColumn& column, std::size_t offset) {
  if (random->one_in(2)) return in_any_texts(random, column, offset);
  std::vector<std::optional<bool>> flags;
  for (const auto& cell : column.cells) flags.push_back(cell ? std::optional(*cell == "true") : std::nullopt);
  return flag_column(column.name, flags, offset);
}

std::vector<SampleColumn> in_any_form(Random* random, const TextTable& table, std::size_t offset) {
  std::vector<SampleColumn> columns;
  for (const auto& column : table) {
    const bool is_blank = std::ranges::none_of(column.cells, [](const auto& cell) { return cell.has_value(); });
    if (is_blank && random->one_in(2)) {
      columns.push_back(null_column(column.name, column.cells.size()));
      columns.back().offset = offset;
    } else if (column.name == "date") {
      columns.push_back(in_any_dates(random, column, offset));
    } else if (column.name == "prices_include_tax") {
      columns.push_back(in_any_flags(random, column, offset));
    } else if (column.name == "quantity" || column.name.starts_with("manual") || column.name == "list_price") {
      columns.push_back(in_any_numbers(random, column, offset));
    } else {
      columns.push_back(in_any_texts(random, column, offset));
    }
  }
  return columns;
}

bool is_same(const std::optional<std::string>& mine, const std::optional<std::string>& theirs, bool is_number) {
  if (!mine || !theirs || !is_number) return mine.value_or("") == theirs.value_or("");
  return Decimal(*mine) == Decimal(*theirs);
}

void expect_same(const TextTable& mine, const TextTable& theirs, int places) {
  for (const auto& column : mine) {
    const auto& expected = *std::ranges::find(theirs, column.name, &TextColumn::name);
    const auto& status = mine[0].cells;
    for (std::size_t row = 0; row < column.cells.size(); ++row) {
      const bool is_ok = status[row] == "ok";
      if (!is_ok && column.name == "list_price") continue;  // there price_orders() keeps what came in
      if (status[row] == "overflow") {
        const auto& ok = *std::ranges::find(theirs, "status", &TextColumn::name);
        if (ok.cells[row] != "overflow") {
          EXPECT_EQ(ok.cells[row], "ok");
          bool fits = true;
          for (const auto& number : theirs) {
            if (kind_of_column(number.name) != ColumnKind::amount || !number.cells[row]) continue;
            const auto value = Exact(Decimal(*number.cells[row])).narrowed(places);
            fits = fits && value && value->places_needed() <= places;
          }
          EXPECT_FALSE(fits) << "row " << row;
          continue;
        }
      }
      const bool is_number = kind_of_column(column.name) != ColumnKind::text;
      ASSERT_TRUE(is_same(column.cells[row], expected.cells[row], is_number))
          << column.name << ", row " << row << ": " << column.cells[row].value_or("null") << ", alone "
          << expected.cells[row].value_or("null");
    }
  }
}

TEST(ArrowLines, PricesLinesOfShopsInAnyFormAsOrders) {
  Random random("lines of shops as Arrow");
  const auto count = trials(300);
  constexpr std::size_t lines = 150;
  for (std::uint64_t i = 0; i < count && !testing::Test::HasFatalFailure(); ++i) {
    SCOPED_TRACE("shop " + std::to_string(i));
    const auto content = random_shop(&random);
    const auto book = Book::build(content);
    const auto texts = texts_of(random_order_lines(&random, content, random.one_in(4) ? 20 : lines));
    TextTable orders = texts;
    orders.push_back({"order", {}});
    for (std::size_t row = 0; row < texts[0].cells.size(); ++row) orders.back().cells.emplace_back(std::to_string(row));
    const auto expected = price_orders(book, orders).lines;
    for (int form = 0; form < 3; ++form) {
      const auto offset = random.one_in(2) ? 0U : static_cast<std::size_t>(random.between(1, 20));
      SampleTable table(in_any_form(&random, texts, offset), random.one_in(2) ? offset : 0);
      ArrowPricer pricer(pricer_of(book), table.schema(), {.batch = {.threads = random.between(1, 3)}});
      expect_same(priced(&pricer, table.array()), expected, pricer.places());
    }
  }
  report("lines as Arrow", count * lines * 3);
}

// ---- what is refused ----

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
