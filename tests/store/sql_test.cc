// One SQL text, the same answer from all databases.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "databases.h"

namespace rabatt {
namespace {

class SqlTest : public DatabaseTest {
 protected:
  // A price of each of `texts`, in this order.
  void make_prices(const std::vector<Cell>& texts) {
    script("create table price (id {integer} primary key, name {text}, amount {decimal}, is_net {boolean})");
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string id = std::to_string(i);
      connection().run("insert into price (id, name, amount, is_net) values ($1, $2, $3, $4)",
                       {id, "p" + id, texts[i], i % 2 ? "1" : "0"});
    }
  }
};
RABATT_ON_ALL_DATABASES(SqlTest);

TEST_P(SqlTest, ParametersAreOfTheirColumnsType) {
  make_prices({"10", "9", "-1.5", std::nullopt});
  EXPECT_EQ(rows("select name from price where id = $1", {"2"}), (Rows{{"p2"}}));
  EXPECT_EQ(rows("select name from price where id > $1 order by id limit $2 offset $3", {"0", "2", "1"}),
            (Rows{{"p2"}, {"p3"}}));
  EXPECT_EQ(rows("select name from price where id in ($2, $1) order by id", {"3", "1"}), (Rows{{"p1"}, {"p3"}}));
  EXPECT_EQ(rows("select name from price where is_net = $1 and id < $2", {"1", "3"}), (Rows{{"p1"}}));
  EXPECT_EQ(rows("select name from price where name = $1 or name = $1", {"p1"}), (Rows{{"p1"}}));
  EXPECT_EQ(rows("select count(*) from price having count(*) > cast($1 as bigint)", {"3"}), (Rows{{"4"}}));
  EXPECT_EQ(rows("select id from price where $1 < amount order by id", {"9.5"}), (Rows{{"0"}}));
}

TEST_P(SqlTest, BooleansAndNulls) {
  make_prices({"10", std::nullopt, "3"});
  EXPECT_EQ(rows("select id from price where is_net"), (Rows{{"1"}}));
  EXPECT_EQ(rows("select id from price where is_net = false order by id"), (Rows{{"0"}, {"2"}}));
  EXPECT_EQ(rows("select id from price where not is_net and is_net is not null order by id"), (Rows{{"0"}, {"2"}}));
  EXPECT_EQ(rows("select id, amount is null from price where amount is null"), (Rows{{"1", "1"}}));
  EXPECT_EQ(rows("select id from price where amount = $1", {std::nullopt}), (Rows{}));
  EXPECT_EQ(rows("select cast($1 as text) is null", {std::nullopt}), (Rows{{"1"}}));
  EXPECT_EQ(rows("select id from price where cast($1 as bigint) is null or id = $2 order by id", {std::nullopt, "1"}),
            (Rows{{"0"}, {"1"}, {"2"}}));
  EXPECT_EQ(rows("select id from price order by amount nulls first"), (Rows{{"1"}, {"2"}, {"0"}}));
  EXPECT_EQ(rows("select id from price order by amount desc nulls last"), (Rows{{"0"}, {"2"}, {"1"}}));
}

TEST_P(SqlTest, DecimalsCompareAsNumbers) {
  const std::vector<Cell> texts{"100",
                                "9",
                                "-100",
                                "-9",
                                "0.5",
                                "0.45",
                                "9.99",
                                "1000000",
                                "0",
                                "10.0",
                                "99999999999999999999999999999999999999",
                                "99999999999999999999999999999999999998"};
  make_prices(texts);
  const Rows rising{{"2"}, {"3"}, {"8"}, {"5"}, {"4"}, {"1"}, {"6"}, {"9"}, {"0"}, {"7"}, {"11"}, {"10"}};
  EXPECT_EQ(rows("select id from price order by amount"), rising);
  EXPECT_EQ(rows("select id from price where amount > $1 and amount <= $2 order by amount", {"0.46", "10"}),
            (Rows{{"4"}, {"1"}, {"6"}, {"9"}}));
  EXPECT_EQ(rows("select id from price where amount between $1 and $2 order by amount", {"-9", "0.450"}),
            (Rows{{"3"}, {"8"}, {"5"}}));
  EXPECT_EQ(rows("select id, amount from price where amount = $1", {"10.00"}), (Rows{{"9", "10.0"}}));
  EXPECT_EQ(rows("select id from price where amount = $1", {"99999999999999999999999999999999999998"}), (Rows{{"11"}}));
  EXPECT_EQ(rows("select min(amount), max(amount) from price"), (Rows{{"-100", texts[10]}}));
  script("create index price_by_amount on price (amount, id)");
  EXPECT_EQ(rows("select id from price order by amount"), rising);
  EXPECT_EQ(rows("select id from price where amount < $1 order by amount", {"0"}), (Rows{{"2"}, {"3"}}));
  EXPECT_EQ(rows("select count(*) from price a join price b on a.amount < b.amount"), (Rows{{"66"}}));
}

TEST_P(SqlTest, EqualDecimalsAreOne) {
  script("create table rate (percent {decimal} primary key)");
  connection().run("insert into rate (percent) values ($1)", {"1.5"});
  EXPECT_EQ(fault_of([&] { connection().run("insert into rate (percent) values ($1)", {"1.50"}); }), Fault::unique);
  connection().run("insert into rate (percent) values ($1)", {"1.51"});
  EXPECT_EQ(rows("select count(distinct percent) from rate"), (Rows{{"2"}}));
}

TEST_P(SqlTest, TextsAreSortedByCodePoint) {
  std::vector<std::string> texts{"",  "A", "B",  "Z",  "_", "a",  "aa",  "b", "ä",
                                 "é", "ﬃ", "🧾", "10", "9", " a", "A b", "AB"};
  script("create table t (a {text} primary key)");
  for (const auto& text : texts) connection().run("insert into t (a) values ($1)", {text});
  std::sort(texts.begin(), texts.end());  // UTF-8 by bytes is by code point
  Rows expected;
  for (const auto& text : texts) expected.push_back({text});
  EXPECT_EQ(rows("select a from t order by a"), expected);
  EXPECT_EQ(rows("select a from t where a > $1 and a < $2 order by a", {"Z", "b"}), (Rows{{"_"}, {"a"}, {"aa"}}));
  EXPECT_EQ(rows("select min(a), max(a) from t"), (Rows{{"", "🧾"}}));
}

TEST_P(SqlTest, LikeMindsTheCase) {
  script("create table t (a {text})");
  for (const char* text : {"Tea", "tea", "t%a", "t_a", "t\\a"})
    connection().run("insert into t (a) values ($1)", {text});
  EXPECT_EQ(rows("select a from t where a like $1 order by a", {"t_a"}).size(), 4u);
  EXPECT_EQ(rows("select a from t where a like $1 escape '!'", {"t!%a"}), (Rows{{"t%a"}}));
  EXPECT_EQ(rows("select a from t where a like $1 escape '!'", {"%!_%"}), (Rows{{"t_a"}}));
  EXPECT_EQ(rows("select a from t where a like $1 escape '!'", {"T%"}), (Rows{{"Tea"}}));
}

TEST_P(SqlTest, OnConflict) {
  make_prices({"1", "2"});
  const char* const upsert =
      "insert into price (id, name, amount) values ($1, $2, $3) "
      "on conflict (id) do update set name = excluded.name, amount = excluded.amount "
      "where price.amount <> excluded.amount";
  EXPECT_EQ(connection().run(upsert, {"1", "new", "3"}), 1);
  EXPECT_EQ(connection().run(upsert, {"1", "newer", "3.0"}), 0);
  EXPECT_EQ(connection().run(upsert, {"7", "seven", "7"}), 1);
  EXPECT_EQ(connection().run("insert into price (id) values ($1) on conflict do nothing", {"7"}), 0);
  EXPECT_EQ(rows("select id, name, amount from price order by id"),
            (Rows{{"0", "p0", "1"}, {"1", "new", "3"}, {"7", "seven", "7"}}));
}

TEST_P(SqlTest, Returning) {
  make_prices({"1", "2", "3"});
  Rows found;
  const auto keep = [&](RowView row) { found.emplace_back(row.begin(), row.end()); };
  EXPECT_EQ(connection().run("update price set is_net = true where id > $1 returning id, is_net", {"0"}, keep), 2);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (Rows{{"1", "1"}, {"2", "1"}}));
  EXPECT_EQ(connection().run("delete from price where id = $1 returning amount", {"2"}), 1);  // nobody wants to see it
  EXPECT_EQ(rows("select count(*) from price"), (Rows{{"2"}}));
}

TEST_P(SqlTest, CountsWhatWasChanged) {
  make_prices({"1", "2", "3"});
  EXPECT_EQ(connection().run("update price set amount = $1 where id < $2", {"0", "2"}), 2);
  EXPECT_EQ(connection().run("select id from price"), 0);
  EXPECT_EQ(connection().run("select id from price where id = $1", {"1"}), 0);
  EXPECT_EQ(connection().run("create table other (a integer)"), 0);
  EXPECT_EQ(connection().run("update price set amount = $1 where id = $2", {"0", "99"}), 0);
  EXPECT_EQ(connection().run("insert into other (a) select id from price"), 3);
  EXPECT_EQ(connection().run("delete from other"), 3);
  EXPECT_EQ(connection().run("drop table other"), 0);
}

TEST_P(SqlTest, Scripts) {
  script(
      "-- a comment; with a semicolon\ncreate table a (b {text});\n\ninsert into a (b) values ('x; y');\n-- the end\n");
  EXPECT_EQ(rows("select b from a"), (Rows{{"x; y"}}));
  EXPECT_TRUE(fault_of([&] { script("insert into a (b) values ('z'); create table a (b {text})"); }));
  EXPECT_FALSE(connection().in_transaction());
  EXPECT_EQ(rows("select b from a"), (Rows{{"x; y"}}));
  script("");
}

TEST_P(SqlTest, MistakesAreTold) {
  make_prices({"1"});
  const auto fault = [&](std::string_view sql, std::initializer_list<CellView> parameters = {}) {
    return fault_of([&] { connection().run(sql, parameters); });
  };
  EXPECT_EQ(fault("selekt 1"), Fault::sql);
  EXPECT_EQ(fault("select nothing from price"), Fault::sql);
  EXPECT_EQ(fault("select id from price where name = \"p0\""), Fault::sql);  // a name, not a text
  EXPECT_EQ(fault("select 1; select 2"), Fault::sql);
  EXPECT_EQ(fault(""), Fault::sql);
  EXPECT_EQ(fault({}), Fault::sql);
  EXPECT_EQ(fault(" -- a comment"), Fault::sql);
  EXPECT_EQ(fault(" select 1 ; -- a comment"), std::nullopt);
  EXPECT_EQ(fault("select id from price where id = $1"), Fault::sql);
  EXPECT_EQ(fault("select id from price where id = $1", {"1", "2"}), Fault::sql);
  EXPECT_EQ(fault("select id from price where id = $2", {"1", "2"}), Fault::sql);
  EXPECT_EQ(fault("select id from price where id = ?", {"1"}), Fault::sql);
  EXPECT_EQ(fault("select id from price where id = :id", {"1"}), Fault::sql);
  EXPECT_EQ(fault("savepoint part"), Fault::sql);
  EXPECT_EQ(fault_of([&] { script("select id from price where id = $1"); }), Fault::sql);
  EXPECT_EQ(rows("select id from price"), (Rows{{"0"}}));
  EXPECT_FALSE(connection().in_transaction());
}

}  // namespace
}  // namespace rabatt
