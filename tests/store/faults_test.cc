// Each fault that can be provoked through a connection has the same name on all databases.
#include <gtest/gtest.h>

#include <string>

#include "databases.h"

namespace rabatt {
namespace {

class FaultsTest : public DatabaseTest {
 protected:
  static constexpr std::array<std::string_view, 4> columns{"id", "code", "parent", "percent"};

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) return;
    script(
        "create table item (id {integer} primary key, code {text} not null unique, parent {integer} references item "
        "(id), percent {decimal} check (percent <= 100));"
        "create table late (id {integer} primary key, item {integer} references item (id) deferrable initially "
        "deferred);"
        "create table kept (item {integer} references item (id) on delete restrict)");
  }

  using Values = std::array<CellView, 4>;

  std::optional<Fault> by_run(const Values& values) {
    return fault_of(
        [&] { connection().run("insert into item (id, code, parent, percent) values ($1, $2, $3, $4)", values); });
  }

  // Between good rows.
  std::optional<Fault> by_load(const Values& values) {
    int row = 0;
    const auto next = [&](std::span<CellView> cells) {
      static constexpr std::array<Values, 2> good{Values{"8", "eight", std::nullopt, "0"},
                                                  Values{"9", "nine", "8", std::nullopt}};
      if (row == 3) return false;
      const Values& from = row == 1 ? values : good[row / 2];
      std::copy(from.begin(), from.end(), cells.begin());
      ++row;
      return true;
    };
    return fault_of([&] { connection().load("item", columns, next); });
  }
};
RABATT_ON_ALL_DATABASES(FaultsTest);

TEST_P(FaultsTest, OfRows) {
  ASSERT_EQ(by_run({"1", "one", std::nullopt, "100"}), std::nullopt);
  const std::vector<std::pair<Values, Fault>> faulty{
      {{"1", "two", std::nullopt, "1"}, Fault::unique},
      {{"2", "one", std::nullopt, "1"}, Fault::unique},
      {{"2", "two", "77", "1"}, Fault::foreign_key},
      {{"2", "two", "1", "100.01"}, Fault::check},
      {{"2", std::nullopt, "1", "1"}, Fault::check},
      {{"two", "two", "1", "1"}, Fault::check},
      {{"9223372036854775808", "two", "1", "1"}, Fault::check},
  };
  for (const auto& [values, fault] : faulty) {
    EXPECT_EQ(by_run(values), fault);
    EXPECT_EQ(by_load(values), fault);
    EXPECT_FALSE(connection().in_transaction());
    EXPECT_EQ(rows("select id from item"), (Rows{{"1"}})) << "all or none";

    connection().begin(Mode::write);
    EXPECT_EQ(by_load(values), fault);
    EXPECT_EQ(by_load({"2", "two", "1", "1"}), Fault::sql) << "the transaction has failed";
    connection().rollback();
    connection().begin(Mode::write);
    connection().begin_part();
    EXPECT_EQ(by_load(values), fault);
    connection().rollback_part();
    connection().commit();
  }
  EXPECT_EQ(by_load({"2", "two", "1", "1"}), std::nullopt);
  EXPECT_EQ(rows("select id from item order by id"), (Rows{{"1"}, {"2"}, {"8"}, {"9"}}));
}

TEST_P(FaultsTest, OfReferences) {
  ASSERT_EQ(by_run({"1", "one", std::nullopt, "1"}), std::nullopt);
  ASSERT_EQ(by_run({"2", "two", "1", "1"}), std::nullopt);
  EXPECT_EQ(fault_of([&] { connection().run("delete from item where id = 1"); }), Fault::foreign_key);
  EXPECT_EQ(fault_of([&] { connection().run("update item set id = 5 where id = 1"); }), Fault::foreign_key);
  connection().run("insert into kept (item) values (2)");
  EXPECT_EQ(fault_of([&] { connection().run("delete from item where id = 2"); }), Fault::foreign_key);
}

TEST_P(FaultsTest, OfReferencesAtTheEnd) {
  connection().begin(Mode::write);
  connection().run("insert into late (id, item) values (1, 1)");
  ASSERT_EQ(by_run({"1", "one", std::nullopt, "1"}), std::nullopt);
  connection().commit();
  connection().begin(Mode::write);
  connection().run("insert into late (id, item) values (2, 2)");
  EXPECT_EQ(fault_of([&] { connection().commit(); }), Fault::foreign_key);
  EXPECT_FALSE(connection().in_transaction());
  EXPECT_EQ(rows("select id from late"), (Rows{{"1"}}));
  EXPECT_EQ(fault_of([&] { connection().run("insert into late (id, item) values (2, 2)"); }), Fault::foreign_key);
  EXPECT_EQ(rows("select id from late"), (Rows{{"1"}}));
}

TEST_P(FaultsTest, OfASourceOfRows) {
  for (const bool inside : {false, true}) {
    if (inside) connection().begin(Mode::write);
    int left = 3;
    const auto next = [&](std::span<CellView> cells) {
      if (--left == 0) throw std::string("no more");
      cells[0] = left == 2 ? "1" : "2";
      cells[1] = cells[0];
      return true;
    };
    EXPECT_THROW(connection().load("item", columns, next), std::string);
    EXPECT_EQ(connection().in_transaction(), inside);
    if (inside) {
      EXPECT_EQ(by_run({"5", "five", std::nullopt, "1"}), Fault::sql);
    }
    connection().rollback();
    EXPECT_EQ(rows("select id from item"), Rows{});
  }
}

TEST_P(FaultsTest, LoadNothing) {
  EXPECT_EQ(connection().load("item", columns, [](auto) { return false; }), 0);
  EXPECT_EQ(fault_of([&] { connection().load("no_such", columns, [](auto) { return false; }); }), Fault::sql);
  constexpr std::array<std::string_view, 1> unknown{"no_such"};
  EXPECT_EQ(fault_of([&] { connection().load("item", unknown, [](auto) { return false; }); }), Fault::sql);
}

TEST_P(FaultsTest, MessagesHaveNoValues) {
  ASSERT_EQ(by_run({"1", "secret", std::nullopt, "1"}), std::nullopt);
  for (const Values& values : {Values{"2", "secret", std::nullopt, "1"}, Values{"secret", "b", std::nullopt, "1"},
                               Values{"2", "b", "1", "secret"}, Values{"2", "secret", "1", "101"}}) {
    try {
      connection().run("insert into item (id, code, parent, percent) values ($1, $2, $3, $4)", values);
      EXPECT_TRUE(values[3] == "secret" && GetParam() != Kind::postgres) << "SQLite's decimals are texts";
    } catch (const DatabaseError& error) {
      EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
TEST_P(FaultsTest, OfALoadMeanwhileByTheNextCallAtLatest) {
  const auto load_twice = [&] {
    int count = 0;
    connection().load_meanwhile("item", columns, [&](std::span<CellView> cells) {
      cells[0] = "1";
      cells[1] = "one";
      return count++ < 2;
    });
  };
  connection().begin(Mode::write);
  connection().begin_part();
  EXPECT_EQ(fault_of([&] {
              load_twice();
              connection().run("select id from item");
            }),
            Fault::unique);
  connection().rollback_part();
  connection().begin_part();
  fault_of(load_twice);
  connection().rollback_part();
  EXPECT_EQ(by_load({"2", "two", "8", "1"}), std::nullopt);
  connection().commit();
  EXPECT_EQ(rows("select id from item order by id"), (Rows{{"2"}, {"8"}, {"9"}}));

  connection().begin(Mode::write);
  EXPECT_EQ(fault_of([&] {
              load_twice();
              connection().commit();
            }),
            Fault::unique);
  connection().rollback();
  EXPECT_FALSE(connection().in_transaction());
  EXPECT_EQ(rows("select count(*) from item"), (Rows{{"3"}}));
}

}  // namespace rabatt
