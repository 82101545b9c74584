// Random orders as Arrow: the answers of price_orders() for the same texts, whatever the columns are made of.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "arrow_order_answers.h"
#include "rabatt/exact.h"
#include "random_documents.h"

namespace rabatt {
namespace {

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
ArrowAnswer expected_of(const PricedOrders& priced) {
  ArrowAnswer answer;
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
void expect_same(ArrowAnswer mine, const ArrowAnswer& theirs, const TextTable& texts, bool as_numbers) {
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

void expect_fitting(const ArrowAnswer& at_places, const ArrowAnswer& as_text, int places) {
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

}  // namespace
}  // namespace rabatt
