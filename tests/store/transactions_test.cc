// Transactions, their parts, and what a failed one is.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "databases.h"

namespace rabatt {
namespace {

class TransactionsTest : public DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) script("create table t (a {integer} primary key)");
  }
  void insert(std::string_view a) { connection().run("insert into t (a) values ($1)", {a}); }
  Rows all() { return rows("select a from t order by a"); }
  auto insert_fault(std::string_view a) {
    return fault_of([&] { insert(a); });
  }
};
RABATT_ON_ALL_DATABASES(TransactionsTest);

class SharedTransactionsTest : public TransactionsTest {};
RABATT_ON_SHARED_DATABASES(SharedTransactionsTest);

TEST_P(TransactionsTest, CommitAndRollback) {
  connection().begin(Mode::write);
  EXPECT_TRUE(connection().in_transaction());
  insert("1");
  connection().commit();
  EXPECT_FALSE(connection().in_transaction());
  connection().begin(Mode::write);
  insert("2");
  connection().rollback();
  EXPECT_FALSE(connection().in_transaction());
  connection().rollback();
  EXPECT_EQ(all(), (Rows{{"1"}}));
}

TEST_P(TransactionsTest, PartsNest) {
  connection().begin(Mode::write);
  insert("1");
  connection().begin_part();
  insert("2");
  connection().begin_part();
  insert("3");
  connection().rollback_part();
  EXPECT_EQ(all(), (Rows{{"1"}, {"2"}}));
  connection().begin_part();
  insert("4");
  connection().commit_part();
  connection().commit_part();
  connection().begin_part();
  insert("5");
  connection().begin_part();
  insert("6");
  connection().commit_part();
  connection().rollback_part();
  connection().commit();
  EXPECT_EQ(all(), (Rows{{"1"}, {"2"}, {"4"}}));
}

TEST_P(TransactionsTest, AfterAFaultNothingRunsUntilRollback) {
  connection().begin(Mode::write);
  insert("1");
  EXPECT_EQ(insert_fault("1"), Fault::unique);
  EXPECT_EQ(insert_fault("2"), Fault::sql);
  EXPECT_EQ(fault_of([&] { all(); }), Fault::sql);
  EXPECT_TRUE(connection().in_transaction());
  connection().rollback();
  EXPECT_EQ(all(), Rows{});
}

TEST_P(TransactionsTest, AFailedOneCannotBeCommitted) {
  connection().begin(Mode::write);
  insert("1");
  EXPECT_EQ(insert_fault("1"), Fault::unique);
  EXPECT_EQ(fault_of([&] { connection().commit(); }), Fault::sql);
  EXPECT_FALSE(connection().in_transaction());
  EXPECT_EQ(all(), Rows{});
}

TEST_P(TransactionsTest, AFaultInAPartIsMendedByItsRollback) {
  connection().begin(Mode::write);
  insert("1");
  connection().begin_part();
  connection().begin_part();
  insert("2");
  EXPECT_EQ(insert_fault("1"), Fault::unique);
  EXPECT_EQ(fault_of([&] { connection().commit_part(); }), Fault::sql);
  connection().rollback_part();
  insert("3");
  EXPECT_EQ(insert_fault("3"), Fault::unique);
  connection().rollback_part();
  insert("4");
  connection().commit();
  EXPECT_EQ(all(), (Rows{{"1"}, {"4"}}));
}

TEST_P(TransactionsTest, OutOfPlace) {
  EXPECT_EQ(fault_of([&] { connection().commit(); }), Fault::sql);
  EXPECT_EQ(fault_of([&] { connection().begin_part(); }), Fault::sql);
  connection().begin(Mode::write);
  EXPECT_EQ(fault_of([&] { connection().commit_part(); }), Fault::sql);
  connection().rollback();
  connection().begin(Mode::write);
  EXPECT_EQ(fault_of([&] { connection().begin(Mode::write); }), Fault::sql);
  connection().rollback();
}

TEST_P(TransactionsTest, ReadingDoesNotWrite) {
  connection().begin(Mode::read);
  EXPECT_EQ(insert_fault("1"), Fault::read_only);
  connection().rollback();
  connection().begin(Mode::read);
  EXPECT_EQ(fault_of([&] { script("create table other (a {integer})"); }), Fault::read_only);
  connection().rollback();
  connection().begin(Mode::read);
  constexpr std::array<std::string_view, 1> names{"a"};
  EXPECT_EQ(fault_of([&] { connection().load("t", names, [](auto row) { return row[0] = "1", true; }); }),
            Fault::read_only);
  connection().rollback();
  insert("1");
  EXPECT_EQ(all(), (Rows{{"1"}}));
}

TEST_P(SharedTransactionsTest, ReadingSeesOneState) {
  const auto other = another();
  insert("1");
  connection().begin(Mode::read);
  EXPECT_EQ(all(), (Rows{{"1"}}));
  other->run("insert into t (a) values (2)");
  EXPECT_EQ(all(), (Rows{{"1"}}));
  connection().commit();
  EXPECT_EQ(all(), (Rows{{"1"}, {"2"}}));
}

TEST_P(SharedTransactionsTest, OneWriterAtATime) {
  const auto other = another(std::chrono::milliseconds(50));
  connection().begin(Mode::write);
  insert("1");
  EXPECT_EQ(fault_of([&] { other->begin(Mode::write); }), Fault::busy);
  EXPECT_FALSE(other->in_transaction());
  other->begin(Mode::read);  // readers do not wait
  other->run("select a from t", {}, [](RowView) { FAIL() << "not committed yet"; });
  other->commit();
  connection().commit();
  other->begin(Mode::write);  // and it is usable again
  EXPECT_EQ(fault_of([&] { other->run("insert into t (a) values (1)"); }), Fault::unique);
  other->rollback();
}

// The writer that waited works on what the one before left.
TEST_P(SharedTransactionsTest, AWriterSeesAllThatWasWrittenBefore) {
  const auto other = another();
  other->run("select count(*) from t");
  for (int i = 0; i < 20; ++i) {
    Connection& writer = i % 2 ? *other : connection();
    writer.begin(Mode::write);
    std::string next;
    writer.run("select count(*) from t", {}, [&](RowView row) { next = *row[0]; });
    EXPECT_EQ(next, std::to_string(i));
    writer.run("insert into t (a) values ($1)", {next});
    writer.commit();
  }
}

TEST_P(TransactionsTest, AVisitorMayThrow) {
  script("create table n (a {integer})");
  connection().run(
      "insert into n (a) with recursive r(i) as (select 1 union all select i + 1 from r where i < 1000) select i from "
      "r");
  for (const bool inside : {false, true}) {
    if (inside) connection().begin(Mode::write);
    int seen = 0;
    const auto third = [&](RowView) {
      if (++seen == 3) throw std::string("enough");
    };
    EXPECT_THROW(connection().run("select a from n where a > $1", {"5"}, third), std::string);
    EXPECT_EQ(seen, 3);
    EXPECT_EQ(rows("select count(*) from n"), (Rows{{"1000"}}));
    if (inside) {
      insert("7");
      connection().commit();  // the visitor's trouble is not the transaction's
    }
  }
  EXPECT_EQ(all(), (Rows{{"7"}}));
}

TEST_P(TransactionsTest, AConnectionInUseDoesNothingElse) {
  constexpr std::array<std::string_view, 1> names{"a"};
  const std::vector<std::function<void()>> uses{
      [&] { connection().run("select 2"); },
      [&] { connection().run_script("select 2"); },
      [&] { connection().load("t", names, [](auto) { return false; }); },
      [&] { connection().begin(Mode::read); },
      [&] { connection().commit(); },
  };
  for (const auto& use : uses) {
    int seen = 0;
    const auto visit = [&](RowView) {
      EXPECT_EQ(fault_of(use), Fault::sql);
      ++seen;
    };
    connection().run("select 1 union all select 2", {}, visit);
    EXPECT_EQ(seen, 2);
    const auto next = [&](std::span<CellView> row) {
      EXPECT_EQ(fault_of(use), Fault::sql);
      row[0] = "7";
      return seen-- == 2;
    };
    EXPECT_EQ(connection().load("t", names, next), 1);
    EXPECT_EQ(connection().run("delete from t"), 1);
  }
}

}  // namespace
}  // namespace rabatt
