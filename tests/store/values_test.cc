// What goes in comes out, to the last digit and byte, by run() and by load(), on all databases.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "databases.h"
#include "trials.h"

namespace rabatt {
namespace {

class ValuesTest : public DatabaseTest {
 protected:
  static constexpr std::string_view table =
      "create table t (id {integer} primary key, c {text}, d {decimal}, i {integer}, b {boolean}, day {day}, "
      "at {instant}, x {bytes})";
  static constexpr std::array<std::string_view, 8> columns{"id", "c", "d", "i", "b", "day", "at", "x"};

  // In the spelling that must come back.
  static Rows samples();
  Rows all() { return rows("select id, c, d, i, b, day, at, x from t order by id"); }
};
RABATT_ON_ALL_DATABASES(ValuesTest);

ValuesTest::Rows ValuesTest::samples() {
  const std::vector<Cell> texts{"",
                                std::nullopt,
                                "'; drop table t; --",
                                "\"%_\\ \\n \\N \\. \\\\ $1 ? :a @b {}",
                                "tab\tline\nreturn\rbell\x07 form\f vertical\v back\b end",
                                "\\.",
                                "\n\\.\n",
                                " white space ",
                                "עברית العربية \u202Eright to left",
                                "👩‍👩‍👧‍👦 🧾 é e\u0301 ß İ ﬃ \U0010FFFF",
                                std::string(300, '\\')};
  const std::vector<Cell> decimals{"0",
                                   std::nullopt,
                                   "99999999999999999999999999999999999999",
                                   "-99999999999999999999999999999999999999",
                                   "0.00000000000000000000000000000000000001",
                                   "-1234567890123456789012345678.9012345678",
                                   "1.50",
                                   "1.500",
                                   "12.3400",
                                   "1234567890123456789.123456",
                                   "0.0"};
  const std::vector<Cell> integers{"0",  std::nullopt,       "9223372036854775807", "-9223372036854775808", "1",
                                   "-1", "9007199254740993", "2147483648",          "-2147483649",          "10",
                                   "42"};
  const std::vector<Cell> days{"2026-03-01", std::nullopt, "0001-01-01", "9999-12-31", "2024-02-29", "1970-01-01"};
  const std::vector<Cell> instants{"2026-03-01T09:30:00.000Z", std::nullopt,
                                   "2026-03-01T09:30:00.120Z", "1970-01-01T00:00:00.001Z",
                                   "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z"};
  const std::vector<Cell> bytes{"\\x", std::nullopt, "\\x00ff0a5c", "\\xdeadbeef"};
  const std::vector<Cell> booleans{"1", "0", std::nullopt};
  Rows made;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    made.push_back({std::to_string(i), texts[i], decimals[i], integers[i], booleans[i % booleans.size()],
                    days[i % days.size()], instants[i % instants.size()], bytes[i % bytes.size()]});
  }
  return made;
}

TEST_P(ValuesTest, ByRun) {
  script(std::string(table));
  for (const auto& row : samples()) {
    const std::vector<CellView> cells(row.begin(), row.end());
    EXPECT_EQ(connection().run("insert into t (id, c, d, i, b, day, at, x) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                               std::span<const CellView>(cells)),
              1);
  }
  EXPECT_EQ(all(), samples());
}

TEST_P(ValuesTest, ByLoad) {
  script(std::string(table));
  const Rows made = samples();
  std::size_t next = 0;
  const auto count = connection().load("t", columns, [&](std::span<CellView> cells) {
    if (next == made.size()) return false;
    std::copy(made[next].begin(), made[next].end(), cells.begin());
    ++next;
    return true;
  });
  EXPECT_EQ(count, static_cast<std::int64_t>(made.size()));
  EXPECT_EQ(all(), made);
}

TEST_P(ValuesTest, EveryValueIsFoundByItself) {
  script(std::string(table));
  for (const auto& row : samples()) {
    const std::vector<CellView> cells(row.begin(), row.end());
    connection().run("insert into t (id, c, d, i, b, day, at, x) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                     std::span<const CellView>(cells));
    for (std::size_t i = 1; i < row.size(); ++i) {
      const std::string sql = "select id from t where " + std::string(columns[i]) + " = $1 and id = $2";
      EXPECT_EQ(rows(sql, {cells[i], cells[0]}), row[i] ? Rows{{row[0]}} : Rows{}) << sql << ": " << *row[0];
    }
  }
}

TEST_P(ValuesTest, EmptyIsNotNull) {
  const CellView nowhere{std::string_view()};  // without an address
  EXPECT_EQ(rows("select cast($1 as text), cast($2 as text), cast($3 as text)", {"", nowhere, std::nullopt}),
            (Rows{{"", "", std::nullopt}}));
}

TEST_P(ValuesTest, TenMegabytes) {
  script("create table t (a {text})");
  std::string text;
  while (text.size() < 10'000'000) text += "ten megabytes \\ of \t text\n é ";
  connection().run("insert into t (a) values ($1)", {text});
  bool is_left = true;
  constexpr std::array<std::string_view, 1> only{"a"};
  connection().load("t", only, [&](std::span<CellView> row) { return row[0] = text, std::exchange(is_left, false); });
  const Rows found = rows("select a from t");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0][0] == text && found[1][0] == text);
}

TEST_P(ValuesTest, RandomTexts) {
  script("create table t (id {integer} primary key, a {text})");
  std::mt19937_64 random(test_seed());
  constexpr std::array<std::string_view, 14> pieces{"\\", "\t", "\n", "\r", "N",  ".", "'",
                                                    "\"", "%",  "_",  "é",  "🧾", " ", "a"};
  Rows made;
  for (std::size_t i = 0; i < trials(500); ++i) {
    std::string text;
    for (std::size_t size = random() % 8; size > 0; --size) text += pieces[random() % pieces.size()];
    made.push_back({std::to_string(i), text});
  }
  auto next = made.begin();
  constexpr std::array<std::string_view, 2> names{"id", "a"};
  connection().load("t", names, [&](std::span<CellView> row) {
    if (next == made.end()) return false;
    std::copy(next->begin(), next->end(), row.begin());
    ++next;
    return true;
  });
  EXPECT_EQ(rows("select id, a from t order by id"), made);
  report("texts through a database", made.size());
}

TEST_P(ValuesTest, WhatIsNoTextIsRefused) {
  script("create table t (a {text})");
  constexpr std::array<std::string_view, 1> names{"a"};
  using namespace std::string_view_literals;
  for (const std::string_view text : {"a\0b"sv, "\0"sv, "\xff"sv, "a\xc3"sv, "\xed\xa0\x80"sv}) {
    EXPECT_EQ(fault_of([&] { connection().run("insert into t (a) values ($1)", {text}); }), Fault::check);
    EXPECT_EQ(fault_of([&] { connection().load("t", names, [&](auto row) { return row[0] = text, true; }); }),
              Fault::check);
  }
  EXPECT_EQ(rows("select a from t"), Rows{});
}

}  // namespace
}  // namespace rabatt
