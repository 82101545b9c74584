// SQLite's files: that are not there, are not databases, or may not be written.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "database/sqlite.h"
#include "databases.h"
#include "scratch.h"

namespace rabatt {
namespace {

namespace fs = std::filesystem;

// Permissions bind everybody but root.
class WithoutPrivileges {
 public:
  WithoutPrivileges() : user_(geteuid()) {
    if (user_ == 0 && seteuid(65534) != 0) throw std::runtime_error("root cannot become nobody");
  }
  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;
  ~WithoutPrivileges() {
    if (seteuid(user_) != 0) std::abort();
  }

 private:
  uid_t user_;
};

class SqliteFilesTest : public ::testing::Test {
 protected:
  std::string path() const { return scratch_.file("shop.db"); }
  void make() const {
    open_sqlite(path(), Access::create)->run_script("create table t (a text); insert into t (a) values ('kept')");
  }
  void permit(mode_t folder, mode_t file) const {
    ASSERT_EQ(chmod(path().c_str(), file), 0);
    ASSERT_EQ(chmod(scratch_.folder().c_str(), folder), 0);
  }
  std::optional<Fault> open_fault(const std::string& path, Access access) const {
    return fault_of([&] { open_sqlite(path, access); });
  }

  Scratch scratch_;
};

TEST_F(SqliteFilesTest, Missing) {
  EXPECT_EQ(open_fault(path(), Access::read_write), Fault::missing);
  EXPECT_EQ(open_fault(path(), Access::read_only), Fault::missing);
  EXPECT_FALSE(fs::exists(path()));
  EXPECT_EQ(open_fault(scratch_.file("no/such/shop.db"), Access::create), Fault::missing);
  EXPECT_EQ(open_fault(scratch_.folder(), Access::create), Fault::missing);
  EXPECT_EQ(open_fault("", Access::create), Fault::missing);
  EXPECT_EQ(open_fault(path() + std::string("\0.db", 4), Access::create), Fault::missing);
}

TEST_F(SqliteFilesTest, NoDatabase) {
  std::ofstream(path()) << std::string(5000, 'x');
  for (const Access access : {Access::create, Access::read_write, Access::read_only}) {
    EXPECT_EQ(open_fault(path(), access), Fault::corrupt);
  }
  EXPECT_EQ(fs::file_size(path()), 5000u);
}

TEST_F(SqliteFilesTest, ADamagedPage) {
  {
    const auto connection = open_sqlite(path(), Access::create);
    connection->run_script("create table t (a text)");
    connection->begin(Mode::write);
    for (int i = 0; i < 1000; ++i) connection->run("insert into t (a) values ($1)", {std::string(100, 'x')});
    connection->commit();
  }
  std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(8192, '\xee');
  file.close();
  const auto connection = open_sqlite(path(), Access::read_write);
  EXPECT_EQ(fault_of([&] { connection->run("select count(*), max(a) from t"); }), Fault::corrupt);
}

TEST_F(SqliteFilesTest, APathIsNoUri) {
  const fs::path before = fs::current_path();
  fs::current_path(scratch_.folder());
  open_sqlite("file:shop.db?mode=memory", Access::create)->run("create table t (a text)");
  EXPECT_TRUE(fs::exists("file:shop.db?mode=memory"));
  fs::current_path(before);
}

TEST_F(SqliteFilesTest, OpenedForReading) {
  make();
  const auto connection = open_sqlite(path(), Access::read_only);
  connection->run("select a from t", {}, [](RowView row) { EXPECT_EQ(row[0], "kept"); });
  EXPECT_EQ(fault_of([&] { connection->run("insert into t (a) values ('b')"); }), Fault::read_only);
  EXPECT_EQ(fault_of([&] { connection->run_script("create table u (a text)"); }), Fault::read_only);
  connection->begin(Mode::read);
  connection->run("select a from t");
  connection->commit();
}

TEST_F(SqliteFilesTest, AFileThatMayNotBeWritten) {
  make();
  permit(0777, 0444);
  const WithoutPrivileges nobody;
  EXPECT_EQ(open_fault(path(), Access::read_write), Fault::read_only);
  EXPECT_EQ(open_fault(path(), Access::create), Fault::read_only);
}

TEST_F(SqliteFilesTest, AFolderThatMayNotBeWritten) {
  make();
  permit(0555, 0666);
  {
    const WithoutPrivileges nobody;
    EXPECT_EQ(open_fault(path(), Access::read_write), Fault::read_only);
    EXPECT_EQ(open_fault(scratch_.file("new.db"), Access::create), Fault::read_only);
    EXPECT_EQ(open_fault(scratch_.file("new.db"), Access::read_write), Fault::missing);
  }
  permit(0755, 0644);
}

TEST_F(SqliteFilesTest, ASecondWriter) {
  make();
  const auto one = open_sqlite(path(), Access::read_write);
  const auto two = open_sqlite(path(), Access::read_write, std::chrono::milliseconds(20));
  one->begin(Mode::write);
  EXPECT_EQ(fault_of([&] { two->run("insert into t (a) values ('b')"); }), Fault::busy);
  one->rollback();
  two->run("insert into t (a) values ('b')");
}

TEST_F(SqliteFilesTest, ManyMakeItAtOnce) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto connection = open_sqlite(path(), Access::create);
      connection->run_script("create table if not exists t (a text); insert into t (a) values ('x')");
    });
  }
  threads.clear();
  open_sqlite(path(), Access::read_only)->run("select count(*) from t", {}, [](RowView row) {
    EXPECT_EQ(row[0], "8");
  });
}

TEST_F(SqliteFilesTest, AFullFile) {
  const auto connection = open_sqlite(path(), Access::create);
  connection->run_script("create table t (a text)");
  connection->run("pragma max_page_count = 20");
  connection->begin(Mode::write);
  const std::string text(1000, 'x');
  const auto fill = [&] {
    for (;;) connection->run("insert into t (a) values ($1)", {text});
  };
  EXPECT_EQ(fault_of(fill), Fault::full);
  EXPECT_TRUE(connection->in_transaction());
  EXPECT_EQ(fault_of([&] { connection->run("insert into t (a) values ('small')"); }), Fault::sql) << "not by itself";
  connection->rollback();
  connection->run("select count(*) from t", {}, [](RowView row) { EXPECT_EQ(row[0], "0"); });
  connection->run("insert into t (a) values ('small')");
}

}  // namespace
}  // namespace rabatt
