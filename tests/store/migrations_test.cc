// A store of an older schema becomes what a new one is, and keeps what is in it.
#include "store/migrations.h"

#include "random_verbs.h"
#include "records/record_type.h"
#include "shop.h"

namespace rabatt {
namespace {

// What takes a migration back: its columns go. `alter table T add column C …` is the form that they come in.
std::vector<std::string> taken_back(std::string_view sql) {
  std::vector<std::string> statements;
  constexpr std::string_view adds = " add column ";
  while (!sql.empty()) {
    const auto statement = sql.substr(0, sql.find(';'));
    sql.remove_prefix(std::min(statement.size() + 1, sql.size()));
    const auto begin = statement.find("alter table ");
    const auto at = statement.find(adds);
    if (begin == std::string_view::npos) continue;
    if (at == std::string_view::npos) throw std::logic_error("no column is added by " + std::string(statement));
    const auto column = statement.substr(at + adds.size());
    statements.push_back(std::string(statement.substr(begin, at - begin)) + " drop column " +
                         std::string(column.substr(0, column.find(' '))));
  }
  return statements;
}

class MigrationsTest : public ShopTest {
 protected:
  void SetUp() override {
    ShopTest::SetUp();
    if (IsSkipped()) return;
    RandomVerbs verbs(1);
    for (int step = 0; step < 100; ++step) verbs.step(store(), ann(10 + step));
  }

  // Makes the store what the first program left.
  void make_old() {
    const auto connection = database().connect();
    connection->begin(Mode::write);
    for (const auto* type : record_types()) connection->run("drop view v_" + std::string(type->name()));
    for (auto migration = migrations().rbegin(); migration != migrations().rend(); ++migration) {
      for (const auto& statement : taken_back(migration->sql)) connection->run(statement);
    }
    connection->run("update store_state set schema_version = 1");
    connection->commit();
  }
};

TEST_P(MigrationsTest, AnOldStoreBecomesANewOne) {
  const auto before = dump(*database().connect());
  make_old();
  EXPECT_EQ(refusal([&] { opened(); }), "schema_too_old");
  Store::migrate(url());
  EXPECT_EQ(problems_of(opened()), "[]");
  EXPECT_EQ(dump(*database().connect()), before);
  Store::migrate(url());  // again: nothing to do
  EXPECT_EQ(dump(*database().connect()), before);
}

TEST_P(MigrationsTest, ANewerStoreIsLeftAlone) {
  database().connect()->run("update store_state set schema_version = 99");
  EXPECT_EQ(refusal([&] { Store::migrate(url()); }), "schema_too_new");
}

TEST(Migrations, LeadFromOneSchemaToTheNext) {
  int version = 1;
  for (const auto& migration : migrations()) EXPECT_EQ(migration.version, ++version);
}

RABATT_ON_SHARED_DATABASES(MigrationsTest);

}  // namespace
}  // namespace rabatt
