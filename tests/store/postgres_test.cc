// What PostgreSQL alone has: servers that go away, other languages' orders.
#include "database/postgres.h"

#include <gtest/gtest.h>

#include "databases.h"

namespace rabatt {
namespace {

class PostgresTest : public DatabaseTest {};
INSTANTIATE_TEST_SUITE_P(On, PostgresTest, ::testing::Values(Kind::postgres), kind_name);

// Ends the server's side of `connection`.
void cut(Connection& connection, Connection& by) {
  std::string process;
  connection.run("select pg_backend_pid()", {}, [&](RowView row) { process = *row[0]; });
  by.run("select pg_terminate_backend(cast($1 as integer), 10000)", {process});
}

TEST_P(PostgresTest, LostInATransaction) {
  script("create table t (a {integer})");
  const auto other = another();
  connection().begin(Mode::write);
  connection().run("insert into t (a) values (1)");
  cut(connection(), *other);
  EXPECT_EQ(fault_of([&] { connection().run("insert into t (a) values ($1)", {"2"}); }), Fault::lost);
  EXPECT_FALSE(connection().is_usable());
  EXPECT_FALSE(connection().in_transaction());
  connection().rollback();
  EXPECT_EQ(fault_of([&] { connection().run("select 1"); }), Fault::lost);
  EXPECT_EQ(fault_of([&] { connection().run("select cast($1 as text)", {"1"}); }), Fault::lost);
  EXPECT_EQ(fault_of([&] { connection().run_script("select 1"); }), Fault::lost);
  EXPECT_EQ(fault_of([&] { connection().begin(Mode::write); }), Fault::lost);
  EXPECT_EQ(fault_of([&] { connection().commit(); }), Fault::lost);
  other->begin(Mode::write);  // its lock is free
  other->run("select a from t", {}, [](RowView) { FAIL() << "it was not committed"; });
  other->commit();
}

TEST_P(PostgresTest, LostBeforeCommit) {
  const auto other = another();
  connection().begin(Mode::write);
  cut(connection(), *other);
  EXPECT_EQ(fault_of([&] { connection().commit(); }), Fault::lost);
  EXPECT_FALSE(connection().is_usable());
}

TEST_P(PostgresTest, LostWhileLoading) {
  script("create table t (a {text})");
  const auto other = another();
  constexpr std::array<std::string_view, 1> columns{"a"};
  std::string process;
  connection().run("select pg_backend_pid()", {}, [&](RowView row) { process = *row[0]; });
  const std::string text(1000, 'x');
  int rows_left = 100'000;
  const auto next = [&](std::span<CellView> row) {
    if (rows_left == 99'000) other->run("select pg_terminate_backend(cast($1 as integer), 10000)", {process});
    row[0] = text;
    return rows_left-- > 0;
  };
  EXPECT_EQ(fault_of([&] { connection().load("t", columns, next); }), Fault::lost);
  EXPECT_FALSE(connection().is_usable());
}

TEST_P(PostgresTest, LostWhileReading) {
  const auto other = another();
  std::string process;
  connection().run("select pg_backend_pid()", {}, [&](RowView row) { process = *row[0]; });
  std::int64_t seen = 0;
  const auto visit = [&](RowView) {
    if (++seen == 1000) other->run("select pg_terminate_backend(cast($1 as integer), 10000)", {process});
  };
  EXPECT_EQ(
      fault_of([&] { connection().run("select i, repeat('x', 1000) from generate_series(1, 1000000) i", {}, visit); }),
      Fault::lost);
  EXPECT_LT(seen, 1'000'000);
}

TEST_P(PostgresTest, CopyIsForLoad) {
  script("create table t (a {integer}); insert into t (a) values (1), (2)");
  for (const char* const copy : {"copy t to stdout", "copy t from stdin"}) {
    EXPECT_EQ(fault_of([&] { connection().run(copy); }), Fault::sql);
    EXPECT_EQ(rows("select count(*) from t"), (Rows{{"2"}}));
  }
}

TEST_P(PostgresTest, NoWayIn) {
  const std::string url = database().place();
  EXPECT_EQ(fault_of([&] { open_postgres(url + "_not"); }), Fault::missing);
  EXPECT_EQ(fault_of([&] { open_postgres("postgresql://nobody" + url.substr(url.find('@'))); }), Fault::missing);
  EXPECT_EQ(fault_of([] { open_postgres("postgresql://postgres@127.0.0.1:1/postgres"); }), Fault::missing);
  EXPECT_EQ(fault_of([] { open_postgres("postgresql://postgres@127.0.0.1:port/postgres"); }), Fault::missing);
}

TEST_P(PostgresTest, WithoutTheRight) {
  script("create table t (a {integer})");
  const std::string role = "role_" + database().place().substr(database().place().rfind('/') + 1);
  connection().run("create role " + role + " login");
  const std::string url = database().place();
  const auto guest = open_postgres("postgresql://" + role + url.substr(url.find('@')));
  EXPECT_EQ(fault_of([&] { guest->run("insert into t (a) values (1)"); }), Fault::read_only);
  connection().run("drop role " + role);
}

TEST_P(PostgresTest, InstantsHaveOneSpelling) {
  EXPECT_EQ(rows("select timestamptz '2026-03-01 11:30:00.123987+02', timestamptz 'infinity', "
                 "timestamptz '0044-03-15 12:00:00+00 BC', timestamptz '2026-03-01 09:30+00'"),
            (Rows{{"2026-03-01T09:30:00.123Z", "infinity", "0044-03-15 12:00:00+00 BC", "2026-03-01T09:30:00.000Z"}}));
}

TEST_P(PostgresTest, SettingsOfTheUrlAreKept) {
  const auto named = open_postgres(database().place() + "?application_name=till&options=-c%20datestyle%3DGerman");
  named->run("select current_setting('application_name'), current_date = current_date, date '2026-03-01'", {},
             [](RowView row) {
               EXPECT_EQ(std::vector<CellView>(row.begin(), row.end()),
                         (std::vector<CellView>{"till", "1", "2026-03-01"}));
             });
}

// A database that sorts as people do still sorts our texts by code point.
TEST_P(PostgresTest, WhateverTheServersLanguage) {
  const std::string name = database().place().substr(database().place().rfind('/') + 1) + "_icu";
  try {
    connection().run("create database " + name + " locale_provider icu icu_locale 'en' template template0");
  } catch (const DatabaseError& error) {
    GTEST_SKIP() << "this server has no ICU: " << error.what();
  }
  {
    const auto icu = open_postgres(database().place() + "_icu");
    icu->run_script("create table t (a text collate \"C\", b text); insert into t values ('a', 'a'), ('B', 'B')");
    std::string ours, theirs;
    icu->run("select a from t order by a", {}, [&](RowView row) { ours += *row[0]; });
    icu->run("select b from t order by b", {}, [&](RowView row) { theirs += *row[0]; });
    EXPECT_EQ(ours, "Ba");
    EXPECT_EQ(theirs, "aB");
    EXPECT_EQ(icu->dialect().text, "text collate \"C\"");
  }
  connection().run("drop database " + name + " with (force)");
}

}  // namespace
}  // namespace rabatt
