// The cache of statements keeps those used last, and no more.
#include "database/statement_cache.h"

#include <gtest/gtest.h>

#include "databases.h"

namespace rabatt {
namespace {

TEST(StatementCache, TheOneNotUsedForLongestLeaves) {
  StatementCache<int> cache(2);
  EXPECT_EQ(cache.add("a", 1), std::nullopt);
  EXPECT_EQ(cache.add("b", 2), std::nullopt);
  ASSERT_TRUE(cache.find("a"));
  EXPECT_EQ(cache.add("c", 3), 2);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_EQ(*cache.find("a"), 1);
  EXPECT_EQ(*cache.find("c"), 3);
  EXPECT_EQ(cache.remove("a"), 1);
  EXPECT_EQ(cache.remove("a"), std::nullopt);
  EXPECT_EQ(cache.size(), 1u);
}

class StatementsTest : public DatabaseTest {};
RABATT_ON_ALL_DATABASES(StatementsTest);

TEST_P(StatementsTest, ManyMoreThanAreKept) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 1000; ++i) {
      const std::string number = std::to_string(i);
      const auto found = rows("select " + number + " + cast($1 as bigint)", {"1"});
      ASSERT_EQ(found, (Rows{{std::to_string(i + 1)}}));
    }
  }
  if (GetParam() == Kind::postgres) {
    EXPECT_EQ(rows("select count(*) <= 128 from pg_prepared_statements"), (Rows{{"1"}}));
  }
}

TEST_P(StatementsTest, SeeTheTableAsItIsNow) {
  script("create table t (a {integer})");
  connection().run("insert into t (a) values ($1)", {"1"});
  const char* const select = "select * from t where a = $1";
  EXPECT_EQ(rows(select, {"1"}), (Rows{{"1"}}));
  script("alter table t add column b {integer}");
  EXPECT_EQ(rows(select, {"1"}), (Rows{{"1", std::nullopt}}));
}

class SharedStatementsTest : public DatabaseTest {};
RABATT_ON_SHARED_DATABASES(SharedStatementsTest);

// Another process may have changed the table: PostgreSQL refuses the plan once, in whose place a new one is made.
TEST_P(SharedStatementsTest, SeeTheTableAsOthersMadeIt) {
  script("create table t (a {integer})");
  const char* const select = "select * from t where a = $1";
  EXPECT_EQ(rows(select, {"1"}), (Rows{}));
  const auto other = another();
  other->run_script(spelled("alter table t add column b {integer}"));
  const auto fault = fault_of([&] { rows(select, {"1"}); });
  EXPECT_EQ(fault, GetParam() == Kind::postgres ? std::optional(Fault::sql) : std::nullopt);
  EXPECT_EQ(rows(select, {"1"}), (Rows{}));
}

}  // namespace
}  // namespace rabatt
