// Databases for tests: each test of a DatabaseTest runs on every kind, with a new, empty database.
//
//   TEST_P(DatabaseTest, KeepsNull) { connection().run("create table t (a " + of("text") + ")"); … }
//
// The PostgreSQL server is the one whose URL, or a file with it, is named by RABATT_TEST_POSTGRES. Without it the tests
// that need it are skipped.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "database/connection.h"
#include "database/postgres.h"
#include "database/sqlite.h"
#include "scratch.h"

namespace rabatt {

enum class Kind { sqlite_file, sqlite_memory, postgres };

// The server's URL; nothing if there is none.
std::optional<std::string> postgres_url();

// A new, empty database, gone with the object.
class TestDatabase {
 public:
  explicit TestDatabase(Kind kind);
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();

  // A path, ":memory:", or a URL.
  const std::string& place() const { return place_; }

  // Every connection to a database in memory has one of its own.
  std::unique_ptr<Connection> connect(std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

 private:
  Kind kind_;
  std::string place_;
  Scratch scratch_;
  std::string name_;  // on the server
};

class DatabaseTest : public ::testing::TestWithParam<Kind> {
 protected:
  using Rows = std::vector<std::vector<Cell>>;

  void SetUp() override;

  TestDatabase& database() { return *database_; }
  Connection& connection() { return *connection_; }
  // Not to a database in memory, where no other can see it.
  std::unique_ptr<Connection> another(std::chrono::milliseconds patience = std::chrono::seconds(5)) {
    return database_->connect(patience);
  }

  // A statement of the test's own, with the words of Dialect: "create table t (id {integer}, name {text})".
  std::string spelled(std::string_view sql) const;
  void script(const std::string& sql) { connection().run_script(spelled(sql)); }
  Rows rows(std::string_view sql, std::initializer_list<CellView> parameters = {});

 private:
  std::unique_ptr<TestDatabase> database_;
  std::unique_ptr<Connection> connection_;
};

// The fault that `action` ends with.
template <class Action>
std::optional<Fault> fault_of(Action action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error.fault();
  }
  return std::nullopt;
}

std::string kind_name(const ::testing::TestParamInfo<Kind>& info);

#define RABATT_ON_ALL_DATABASES(suite)                                                                           \
  INSTANTIATE_TEST_SUITE_P(On, suite, ::testing::Values(Kind::sqlite_file, Kind::sqlite_memory, Kind::postgres), \
                           kind_name)

// Those that several connections share.
#define RABATT_ON_SHARED_DATABASES(suite) \
  INSTANTIATE_TEST_SUITE_P(On, suite, ::testing::Values(Kind::sqlite_file, Kind::postgres), kind_name)

void PrintTo(Kind kind, std::ostream* out);
void PrintTo(Fault fault, std::ostream* out);

}  // namespace rabatt
