// A short history of a database, on a disk that fails at each of its writes in turn: what commit() acknowledged is
// there afterwards, and nothing else, whole.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>

#include "database/sqlite.h"
#include "databases.h"
#include "failing_disk.h"
#include "scratch.h"

namespace rabatt {
namespace {

using Failure = FailingDisk::Failure;

constexpr int steps = 6;

// A transaction with two rows in two tables, of several pages; a later one changes those before.
void step(Connection& connection, int number) {
  const std::string id = std::to_string(number), text(9000, static_cast<char>('a' + number));
  connection.begin(Mode::write);
  try {
    connection.run("insert into one (id, a) values ($1, $2)", {id, text});
    connection.run("update one set a = $1", {text});
    connection.run("insert into two (id) values ($1)", {id});
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
}

// How many steps the database has; fails unless each is whole.
int state(const std::string& path, const FailingDisk& disk) {
  const auto connection = open_sqlite(path, Access::read_write, std::chrono::seconds(1), disk.name());
  std::string found;
  connection->run("pragma integrity_check", {}, [&](RowView row) { EXPECT_EQ(row[0], "ok"); });
  connection->run(
      "select (select count(*) from one), (select count(*) from two), (select count(distinct a) from one), "
      "(select max(substr(a, 1, 1)) from one)",
      {}, [&](RowView row) {
        EXPECT_EQ(row[0], row[1]);
        found = *row[0];
        if (found == "0") return;
        EXPECT_EQ(row[2], "1");
        EXPECT_EQ(row[3], std::string(1, static_cast<char>('a' + std::stoi(found) - 1)));
      });
  return std::stoi(found);
}

struct Outcome {
  int acknowledged = 0;
  std::optional<Fault> fault;
  long calls = 0;
  int after_crash = 0;      // of the process
  int after_power_cut = 0;  // only what was synced is there
  int after_close = 0;
};

// The history up to its first fault, with call number `n` failing.
Outcome history(FailingDisk& disk, long n, Failure failure) {
  const Scratch scratch;
  const std::string path = scratch.file("shop.db"), crashed = scratch.file("crashed.db"), cut = scratch.file("cut.db");
  Outcome outcome;
  disk.fail_at(-1, failure);
  {
    const auto connection = open_sqlite(path, Access::create, std::chrono::seconds(1), disk.name());
    connection->run_script(
        "create table one (id integer primary key, a text); create table two (id integer primary key)");
    connection->run("pragma wal_autocheckpoint = 12");  // pages: the log is moved into the file now and then
    disk.fail_at(n, failure);
    outcome.fault = fault_of([&] {
      for (; outcome.acknowledged < steps; ++outcome.acknowledged) step(*connection, outcome.acknowledged);
    });
    EXPECT_FALSE(connection->in_transaction());
    outcome.calls = disk.calls();
    for (const std::string end : {"", "-wal"}) {
      std::filesystem::copy_file(path + end, crashed + end);
      if (std::filesystem::exists(path + end + ".synced"))
        std::filesystem::copy_file(path + end + ".synced", cut + end);
    }
    disk.fail_at(-1, failure);
  }
  outcome.after_crash = state(crashed, disk);
  outcome.after_power_cut = state(cut, disk);
  outcome.after_close = state(path, disk);
  return outcome;
}

class SqliteDiskTest : public ::testing::TestWithParam<Failure> {};
INSTANTIATE_TEST_SUITE_P(On, SqliteDiskTest, ::testing::Values(Failure::full, Failure::error),
                         [](const auto& info) { return info.param == Failure::full ? "FullDisk" : "BadDisk"; });

TEST_P(SqliteDiskTest, EveryWrite) {
  FailingDisk disk;
  const Outcome whole = history(disk, -1, GetParam());
  ASSERT_EQ(whole.acknowledged, steps);
  ASSERT_EQ(whole.after_crash, steps);
  ASSERT_EQ(whole.after_power_cut, steps);
  long failed = 0, unknown = 0;
  for (long n = 0; n < whole.calls; ++n) {
    const Outcome outcome = history(disk, n, GetParam());
    if (outcome.fault) {
      ++failed;
      EXPECT_TRUE(outcome.fault == Fault::full || outcome.fault == Fault::io) << n;
    } else {
      EXPECT_EQ(outcome.acknowledged, steps) << "a checkpoint may fail: the log has all " << n;
    }
    EXPECT_EQ(outcome.after_close, outcome.acknowledged) << n;
    // a commit that was written and then not synced may survive: `io`
    for (const int after : {outcome.after_crash, outcome.after_power_cut}) {
      EXPECT_GE(after, outcome.acknowledged) << n;
      EXPECT_LE(after, outcome.acknowledged + (outcome.fault ? 1 : 0)) << n;
    }
    const bool is_known = outcome.after_crash == outcome.acknowledged;
    EXPECT_TRUE(is_known || outcome.fault == Fault::io) << n;
    unknown += !is_known;
  }
  EXPECT_GT(failed, steps);
  std::cout << "writes that failed: " << whole.calls << ", seen by a transaction: " << failed
            << ", of which written all the same: " << unknown << '\n';
}

// The same connection goes on when there is room again.
TEST_P(SqliteDiskTest, GoesOnAfterwards) {
  FailingDisk disk;
  for (const long n : {0L, 3L, 7L, 12L}) {
    const Scratch scratch;
    const auto connection = open_sqlite(scratch.file("shop.db"), Access::create, std::chrono::seconds(1), disk.name());
    connection->run_script(
        "create table one (id integer primary key, a text); create table two (id integer primary key)");
    disk.fail_at(n, GetParam());
    int done = 0;
    EXPECT_TRUE(fault_of([&] {
      for (; done < steps; ++done) step(*connection, done);
    }));
    disk.fail_at(-1, GetParam());
    for (; done < steps; ++done) step(*connection, done);
    EXPECT_EQ(state(scratch.file("shop.db"), disk), steps);
  }
}

}  // namespace
}  // namespace rabatt
