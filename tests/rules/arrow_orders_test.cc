// Orders as Arrow: the answers of price_orders() for the same texts, whatever the columns are made of; and arrays that
// are not what they say.

#include "rabatt/arrow_orders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>

#include "arrow_samples.h"
#include "rabatt/batch.h"
#include "rabatt/exact.h"
#include "random_documents.h"

namespace rabatt {
namespace {

// ---- what comes out, as text ----

std::string value_text(const ArrowArray& values, const std::string& format, std::size_t row) {
  if (format == "u") {
    const auto* offsets = static_cast<const std::int32_t*>(values.buffers[1]) + row;
    const auto* bytes = static_cast<const char*>(values.buffers[2]);
    return {bytes + offsets[0], bytes + offsets[1]};
  }
  if (format == "l") return std::to_string(static_cast<const std::int64_t*>(values.buffers[1])[row]);
  Int128 mantissa = 0;
  std::memcpy(&mantissa, static_cast<const char*>(values.buffers[1]) + row * sizeof(mantissa), sizeof(mantissa));
  const int places = std::stoi(format.substr(5));
  return Decimal::scaled(mantissa, places).text(places);
}

TextTable table_of(const ArrowSchema& schema, const ArrowArray& array) {
  EXPECT_EQ(schema.n_children, array.n_children);
  TextTable table;
  for (std::int64_t i = 0; i < array.n_children; ++i) {
    const auto& values = *array.children[i];
    const std::string format = schema.children[i]->format;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.buffers[1]) % 64, 0U);
    EXPECT_EQ(values.length, array.length);
    TextColumn column{schema.children[i]->name, {}};
    const Validity valid{static_cast<const std::uint8_t*>(values.buffers[0])};
    for (std::size_t row = 0; row < static_cast<std::size_t>(array.length); ++row) {
      column.cells.push_back(valid[row] ? std::optional(value_text(values, format, row)) : std::nullopt);
    }
    EXPECT_EQ(std::ranges::count_if(column.cells, [](const auto& cell) { return !cell; }), values.null_count)
        << column.name;
    table.push_back(std::move(column));
  }
  return table;
}

struct Answer {
  TextTable lines, orders;
  std::string formats;
  int places = 0;
};

Answer priced(const Book& book, SampleTable& table, const ArrowOrderOptions& options = {}) {
  auto priced = price_arrow_orders(book, table.schema(), table.array(), options);
  Answer answer{table_of(priced.lines_schema, priced.lines), table_of(priced.orders_schema, priced.orders), "",
                priced.places};
  for (auto* schema : {&priced.lines_schema, &priced.orders_schema}) {
    for (std::int64_t i = 0; i < schema->n_children; ++i)
      answer.formats += std::string(schema->children[i]->format) + " ";
    schema->release(schema);
    EXPECT_EQ(schema->release, nullptr);
  }
  for (auto* array : {&priced.lines, &priced.orders}) {
    array->release(array);
    EXPECT_EQ(array->release, nullptr);
  }
  return answer;
}

const TextCells& column(const TextTable& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &TextColumn::name);
  if (found == table.end()) throw std::runtime_error("no column " + std::string(name));
  return found->cells;
}

bool operator==(const Answer& a, const Answer& b) {
  const auto same = [](const TextColumn& x, const TextColumn& y) { return x.name == y.name && x.cells == y.cells; };
  return std::ranges::equal(a.lines, b.lines, same) && std::ranges::equal(a.orders, b.orders, same) &&
         a.formats == b.formats && a.places == b.places;
}

// ---- random tables ----

// Rows of several documents, in any order.
TextTable random_table(Random* random, const BookContent& content) {
  TextTable table;
  for (const char* name :
       {"order", "date", "currency", "item", "quantity", "customer", "organisation", "campaign", "payment_term", "unit",
        "list_price", "manual_price", "manual_discount", "tax_rate", "code", "prices_include_tax"}) {
    table.push_back({name, {}});
  }
  std::vector<std::vector<std::string>> rows;
  const auto number = [](const std::optional<Decimal>& value) { return value ? value->text() : std::string(); };
  for (int order = random->one_in(10) ? 100 : 12; order > 0; --order) {
    const auto request = random_request(random, content);
    for (const auto& line : request.lines) {
      rows.push_back({std::to_string(order * 7 % 90), request.date->text(), request.currency, line.item,
                      number(line.quantity), request.customer, request.organisation, request.campaign,
                      request.payment_term, line.unit, number(line.list_price), number(line.manual_price),
                      number(line.manual_discount), number(line.tax_rate), "", ""});
    }
  }
  if (random->one_in(2)) {
    for (std::size_t i = rows.size() - 1; i > 0; --i) std::swap(rows[i], rows[random->below(i + 1)]);
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (const auto& row : rows) {
      table[i].cells.push_back(row[i].empty() ? std::nullopt : std::optional(row[i]));
    }
  }
  return table;
}

// Cells that are none, that contradict others or that nobody knows.
void spoil(Random* random, TextTable* table) {
  constexpr const char* rubbish[] = {"",
                                     " ",
                                     "rubbish",
                                     "1,5",
                                     "-1",
                                     "\xC3",
                                     "99999999999999999999999999999999999999",
                                     "0.00000000000000000000000000001",
                                     "2026-02-30",
                                     "true",
                                     "TEA",
                                     "C1",
                                     "USD"};
  for (int i = random->between(0, 4); i > 0; --i) {
    auto& cells = (*table)[random->below(table->size())].cells;
    cells[random->below(cells.size())] = random->pick(rubbish);
  }
}

// A column as the type asks for, and its cells as the texts of that type.
SampleColumn in_any_texts(Random* random, const TextColumn& column, std::size_t offset) {
  switch (random->below(5)) {
    case 0: return text_column(column.name, column.cells, "U", offset);
    case 1: return text_column(column.name, column.cells, "vu", offset);
    case 2: return dictionary_column(column.name, column.cells, "S", 2, offset);
    case 3: return dictionary_column(column.name, column.cells, "l", 8, offset);
    default: return text_column(column.name, column.cells, "u", offset);
  }
}

// Null where not all cells are such values.
template <class Parse>
auto all_values(const TextCells& cells, Parse parse) {
  std::vector<decltype(parse(std::string()))> values;
  for (const auto& cell : cells) {
    values.push_back(cell ? parse(*cell) : std::nullopt);
    if (cell && !values.back()) values.clear();
    if (values.empty()) break;
  }
  return values;
}

std::optional<SampleColumn> as_numbers(Random* random, TextColumn* column, std::size_t offset) {
  const auto values = all_values(column->cells, &Decimal::parse);
  if (values.empty()) return std::nullopt;
  int places = 0;
  for (const auto& value : values) places = std::max(places, value ? value->places_needed() : 0);
  // order keys and names keep their spelling
  const bool is_name = column->name == "order";
  places += is_name ? 0 : random->between(0, 3);
  std::vector<std::optional<Int128>> mantissas;
  Int128 most = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    mantissas.emplace_back();
    if (!values[row]) continue;
    if (!Exact(*values[row]).narrowed(places)) return std::nullopt;
    try {
      const auto scaled = values[row]->at_places(places);
      mantissas.back() = scaled.mantissa();
      most = std::max(most, scaled.magnitude().mantissa());
      column->cells[row] = scaled.text(places);
    } catch (const Error&) {
      return std::nullopt;
    }
  }
  const auto scale = std::to_string(places);
  if (places == 0 && most < 128) return number_column(column->name, mantissas, "c", 1, offset);
  if (places == 0 && most < 1 << 30) return number_column(column->name, mantissas, "i", 4, offset);
  if (most < 1 << 30) return number_column(column->name, mantissas, "d:9," + scale + ",32", 4, offset);
  if (most < Int128{1} << 62U) return number_column(column->name, mantissas, "d:18," + scale + ",64", 8, offset);
  return number_column(column->name, mantissas, "d:38," + scale, 16, offset);
}

std::optional<SampleColumn> as_dates(Random* random, TextColumn* column, std::size_t offset) {
  const auto dates = all_values(column->cells, &Date::parse);
  if (dates.empty()) return std::nullopt;
  const bool has_time = std::ranges::any_of(dates, [](const auto& date) { return date && date->time; });
  struct Form {
    const char* format;
    std::int64_t per_second, seconds;
    std::size_t bytes;
  };
  constexpr Form moments[] = {{"tss:", 1, 1, 8}, {"tsm:", 1'000, 1, 8}, {"tsn:", 1'000'000'000, 1, 8}};
  constexpr Form days[] = {{"tdD", 1, 86'400, 4}, {"tdm", 1'000, 1, 8}};
  const bool as_moments = has_time || random->one_in(2);
  const auto& form = as_moments ? random->pick(moments) : random->pick(days);
  std::vector<std::optional<Int128>> values;
  for (std::size_t row = 0; row < dates.size(); ++row) {
    values.emplace_back();
    if (!dates[row]) continue;
    values.back() = Int128{dates[row]->first_moment().time_since_epoch().count()} * form.per_second / form.seconds;
    const Date date(dates[row]->day, dates[row]->time.value_or(std::chrono::seconds(0)));
    column->cells[row] = as_moments ? date.text() : text_of(date.day);
  }
  return number_column(column->name, values, form.format, form.bytes, offset);
}

// Each column of any type that can hold it; the texts become those of the types.
std::vector<SampleColumn> in_any_form(Random* random, TextTable* table, std::size_t offset) {
  std::vector<SampleColumn> columns;
  for (auto& column : *table) {
    std::optional<SampleColumn> typed;
    const bool is_blank = std::ranges::none_of(column.cells, [](const auto& cell) { return cell.has_value(); });
    if (is_blank) {
      const std::vector<std::optional<bool>> no_flags(column.cells.size());
      typed =
          random->one_in(2) ? null_column(column.name, no_flags.size()) : flag_column(column.name, no_flags, offset);
      typed->offset = offset;
    } else if (column.name == "date" && !random->one_in(4)) {
      typed = as_dates(random, &column, offset);
    } else if (!random->one_in(4)) {
      typed = as_numbers(random, &column, offset);
    }
    columns.push_back(typed ? *typed : in_any_texts(random, column, offset));
  }
  return columns;
}

// The result columns that price_orders() gives, null where it leaves what came in.
Answer expected_of(const PricedOrders& priced) {
  Answer answer;
  answer.places = priced.places;
  const auto& status = column(priced.lines, "status");
  for (const char* name : {"status", "list_price", "unit_price", "discount", "gross", "discount_amount", "net",
                           "unit_net", "list_amount", "saved", "source", "applied_campaign", "applied_price_book"}) {
    answer.lines.push_back({name, column(priced.lines, name)});
    for (std::size_t row = 0; row < status.size(); ++row) {
      if (status[row] != "ok" && answer.lines.size() > 1) answer.lines.back().cells[row].reset();
    }
  }
  answer.orders = priced.orders;
  return answer;
}

bool is_same(const std::optional<std::string>& a, const std::optional<std::string>& b, bool as_number) {
  return as_number && a && b ? Decimal(*a) == Decimal(*b) : a == b;
}

void expect_same(const TextTable& mine, const TextTable& theirs, bool as_numbers) {
  ASSERT_EQ(mine.size(), theirs.size());
  for (std::size_t i = 0; i < mine.size(); ++i) {
    ASSERT_EQ(mine[i].name, theirs[i].name);
    ASSERT_EQ(mine[i].cells.size(), theirs[i].cells.size());
    const auto kind = kind_of_column(mine[i].name);
    const bool as_number = as_numbers && (kind == ColumnKind::amount || kind == ColumnKind::percent);
    for (std::size_t row = 0; row < mine[i].cells.size(); ++row) {
      ASSERT_TRUE(is_same(mine[i].cells[row], theirs[i].cells[row], as_number))
          << mine[i].name << ", row " << row << ": " << mine[i].cells[row].value_or("null") << ", as text "
          << theirs[i].cells[row].value_or("null");
    }
  }
}

// Its orders have the row at which they appear where theirs have the order's cell.
void expect_same(Answer mine, const Answer& theirs, const TextTable& texts, bool as_numbers) {
  EXPECT_EQ(mine.places, theirs.places);
  expect_same(mine.lines, theirs.lines, as_numbers);
  ASSERT_EQ(mine.orders.at(0).name, "first_row");
  mine.orders[0].name = "order";
  const auto& orders = column(texts, "order");
  for (auto& cell : mine.orders[0].cells) {
    const auto row = static_cast<std::size_t>(std::stoul(*cell));
    cell = orders[row];
    EXPECT_EQ(std::ranges::find(orders, cell) - orders.begin(), static_cast<std::ptrdiff_t>(row));
  }
  expect_same(mine.orders, theirs.orders, as_numbers);
}

void expect_fitting(const Answer& at_places, const Answer& as_text, int places) {
  const auto& status = at_places.lines[0].cells;
  for (std::size_t row = 0; row < status.size(); ++row) {
    if (as_text.lines[0].cells[row] != "ok") {
      EXPECT_EQ(status[row], as_text.lines[0].cells[row]);
      continue;
    }
    bool fits = true;
    for (const auto& cells : as_text.lines) {
      if (kind_of_column(cells.name) != ColumnKind::amount || !cells.cells[row]) continue;
      const Decimal value(*cells.cells[row]);
      const auto whole = value.magnitude().rounded_to_places(0, Rounding::down);
      fits = fits && value.places_needed() <= places &&
             (whole.is_zero() || whole.text().size() + static_cast<std::size_t>(places) <= 38);
    }
    if (!fits) {
      EXPECT_EQ(status[row], "overflow");
    }
    for (const auto& cells : at_places.lines) {
      if (kind_of_column(cells.name) != ColumnKind::amount || status[row] != "ok") continue;
      EXPECT_TRUE(is_same(cells.cells[row], column(as_text.lines, cells.name)[row], true));
    }
  }
}

TEST(ArrowOrders, AreTheAnswersOfTablesOfText) {
  Random random("orders as Arrow");
  const auto count = trials(400);
  std::uint64_t rows = 0;
  std::map<std::string, std::uint64_t> seen;
  for (std::uint64_t i = 0; i < count && !testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE("table " + std::to_string(i));
    const auto content = random_book(&random);
    const auto book = Book::build(content);
    auto texts = random_table(&random, content);
    if (!random.one_in(3)) spoil(&random, &texts);
    const auto offset = random.one_in(2) ? 0U : static_cast<std::size_t>(random.between(1, 20));
    SampleTable table(in_any_form(&random, &texts, offset), random.one_in(2) ? offset : 0);
    rows += texts[0].cells.size();

    const int threads = random.between(1, 3);
    const auto text = priced(book, table, {.fit = ColumnFit::text, .threads = threads});
    const auto decimal = priced(book, table, {.fit = ColumnFit::decimal, .threads = threads});
    const auto text_expected = expected_of(price_orders(book, texts));
    const auto decimal_expected = expected_of(price_orders(book, texts, ColumnFit::decimal, threads));
    expect_same(text, text_expected, texts, false);
    expect_same(decimal, decimal_expected, texts, true);
    for (const auto& status : text.lines[0].cells) ++seen[*status];

    EXPECT_EQ(text, priced(book, table, {.fit = ColumnFit::text, .threads = 4 - threads}));
    EXPECT_EQ(decimal,
              priced(book, table, {.fit = ColumnFit::decimal, .places = decimal.places, .threads = 4 - threads}));
    const int places = random.between(0, 8);
    expect_fitting(priced(book, table, {.fit = ColumnFit::decimal, .places = places}), text, places);
  }
  for (const char* status :
       {"ok", "invalid_decimal", "inconsistent_order", "unknown_item", "missing_field", "overflow"}) {
    EXPECT_GT(seen[status], 0U) << status;
  }
  report("orders as Arrow", rows);
}

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
  EXPECT_EQ(refusal({items}), "missing_field: order");
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
