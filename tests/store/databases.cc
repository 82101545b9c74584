#include "databases.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "store/schema.h"

namespace rabatt {
namespace {

std::string read_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// The URL with another database in it.
std::string with_database(const std::string& url, const std::string& name) {
  return url.substr(0, url.rfind('/') + 1) + name;
}

std::string new_name() {
  static int count = 0;
  return "rabatt_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

}  // namespace

std::optional<std::string> postgres_url() {
  const char* said = std::getenv("RABATT_TEST_POSTGRES");
  const std::string url = !said ? "" : std::string(said).starts_with("postgres") ? said : read_line(said);
  return url.empty() ? std::nullopt : std::optional(url);
}

TestDatabase::TestDatabase(Kind kind) : kind_(kind) {
  switch (kind) {
    case Kind::sqlite_file: place_ = scratch_.file("test.db"); break;
    case Kind::sqlite_memory: place_ = ":memory:"; break;
    case Kind::postgres:
      name_ = new_name();
      open_postgres(postgres_url().value())->run("create database " + name_);
      place_ = with_database(*postgres_url(), name_);
  }
}

TestDatabase::~TestDatabase() {
  if (kind_ != Kind::postgres) return;
  try {
    open_postgres(postgres_url().value())->run("drop database " + name_ + " with (force)");
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
}

std::unique_ptr<Connection> TestDatabase::connect(std::chrono::milliseconds patience) const {
  if (kind_ == Kind::postgres) return open_postgres(place_, patience);
  return open_sqlite(place_, Access::create, patience);
}

void DatabaseTest::SetUp() {
  if (GetParam() == Kind::postgres && !postgres_url()) {
    GTEST_SKIP() << "no PostgreSQL server: RABATT_TEST_POSTGRES names none";
  }
  database_ = std::make_unique<TestDatabase>(GetParam());
  connection_ = database_->connect();
}

std::string DatabaseTest::spelled(std::string_view sql) const { return with_types(sql, connection_->dialect()); }

DatabaseTest::Rows DatabaseTest::rows(std::string_view sql, std::initializer_list<CellView> parameters) {
  Rows found;
  connection().run(sql, parameters, [&](RowView row) { found.emplace_back(row.begin(), row.end()); });
  return found;
}

std::string kind_name(const ::testing::TestParamInfo<Kind>& info) { return ::testing::PrintToString(info.param); }

void PrintTo(Kind kind, std::ostream* out) {
  constexpr std::array names{"SqliteFile", "SqliteMemory", "Postgres"};
  *out << names.at(static_cast<std::size_t>(kind));
}

void PrintTo(Fault fault, std::ostream* out) {
  constexpr std::array names{"unique",    "foreign_key", "check",   "busy", "lost", "full",
                             "read_only", "missing",     "corrupt", "io",   "sql"};
  *out << names.at(static_cast<std::size_t>(fault));
}

}  // namespace rabatt
