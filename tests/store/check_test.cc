// check() finds nothing in a store that verbs have made, and each kind of damage that was done to it with SQL.
#include "store/check.h"

#include <fstream>

#include "shop.h"
#include "store/schema.h"

namespace rabatt {
namespace {

struct Damage {
  std::string_view code;
  std::string_view what;  // a part of the record or message of the finding
  std::string_view sql;   // statements, with ; between them
};

constexpr Damage damages[] = {
    {"wrong_schema", "v_item", "drop view v_item"},
    {"wrong_schema", "campaign_by_number", "drop index campaign_by_number"},
    {"wrong_schema", "campaign_by_number",
     "drop index campaign_by_number; create index campaign_by_number on campaign (number_key)"},
    {"wrong_schema", "campaign_line.unit_key", "alter table campaign_line drop column unit_key"},
    {"wrong_schema", "campaign_line.unit_key",
     "alter table campaign_line drop column unit_key; alter table campaign_line add column unit_key {integer}"},
    {"wrong_schema", "plan.budget",
     "drop view v_plan; alter table plan drop column budget; alter table plan add column budget text"},
    {"wrong_schema", "item.extra", "alter table item add column extra {text}"},
    {"wrong_schema", "generation", "drop view v_generation; drop table generation_excluded; drop table generation"},
    {"wrong_schema", "unicode_edition", "update store_state set unicode_edition = '3.0'"},
    {"wrong_value", "status", "update campaign set status = 'nonsense' where id = 1"},
    {"wrong_value", "name", "update campaign set name = null where id = 1"},
    {"wrong_value", "name", "update party set name = '' where id = 1"},
    {"wrong_value", "campaign: This", "update campaign_line set campaign = null"},
    {"wrong_value", "settings #1", "update settings set id = 2"},
    {"wrong_key", "name", "update campaign set name_key = 'x' where id = 1"},
    {"wrong_key", "name", "update campaign set name_key = null where id = 1"},
    {"wrong_key", "tags", "update campaign_tags set value_key = 'x' where owner = 1"},
    {"wrong_key", "name", "update settings set letters = 'BA', letters_key = 'ba'"},
    {"lost_reference", "item", "update campaign_line set item = 99999"},
    {"lost_reference", "tags", "update campaign_tags set owner = 99999 where owner = 1"},
    {"lost_reference", "accounts.value", "update price_book_accounts set value = 99999"},
    {"lost_reference", "log_personal #99999", "insert into log_personal (sequence, changes) values (99999, '{}')"},
    {"wrong_numerator", "default", "update numerator set kind = 'campaign', kind_key = 'campaign' where id = 2"},
    {"wrong_numerator", "kind", "update numerator set kind = 'nothing', kind_key = 'nothing' where id = 2"},
    {"wrong_numerator", "kind", "update numerator set kind = 'plan', kind_key = 'plan' where id = 2"},
    {"wrong_numerator", "next", "update numerator set next = -1 where id = 2"},
    {"free_number", "campaign #1", "delete from taken_number where record = 'campaign'"},
    {"free_number", "party #1",
     "update taken_number set number_key = 'x' where record = 'party' and number_key = 'p-0001'"},
    {"wrong_id", "campaign", "update record_ids set next = 1 where record = 'campaign'"},
    {"wrong_id", "item", "delete from record_ids where record = 'item'"},
    {"wrong_sequence", "store_state", "update store_state set sequence = 1"},
    {"wrong_sequence", "store_state", "update store_state set last_at = '2000-01-01T00:00:00.000Z'"},
    {"wrong_sequence", "log #15", "update log set \"at\" = '2000-01-01T00:00:00.000Z' where sequence = 15"},
    {"wrong_log", "name", "update campaign set name = 'other', name_key = 'other' where id = 1"},
    {"wrong_log", "tags", "delete from campaign_tags where owner = 1"},
    {"wrong_log", "revision", "update campaign set revision = revision + 1 where id = 1"},
    {"wrong_log", "Others", "update campaign set changed_by = 'BOB' where id = 1"},
    {"wrong_log", "Others", "update campaign set created_at = '2000-01-01T00:00:00.000Z' where id = 1"},
    {"wrong_log", "Nobody", "delete from log_personal; delete from log where record = 'item' and id = 1"},
    {"wrong_log", "next", "delete from log where record = 'item' and id = 1 and revision = 2"},
    {"wrong_log", "next", "update log set revision = 7 where record = 'item' and id = 1 and revision = 2"},
    {"wrong_log", "There are no such records", "update log set record = 'thing' where record = 'rate'"},
    {"wrong_log", "never removed", "delete from rate"},
    {"wrong_log", "removed, and is there", "update log set verb = 'remove' where record = 'rate'"},
    {"wrong_log", "not there", "update log set verb = 'save', revision = 1 where record = 'rate'"},
    {"wrong_log", "cannot be read", "update log set changes = '{' where record = 'rate'"},
    {"wrong_log", "name", "update log_personal set changes = '{\"name\": [null, \"somebody else\"]}'"},
    {"wrong_version", "not kept", "delete from version where record = 'item' and id = 1"},
    {"wrong_version", "was not from", "update version set until = until + 1 where record = 'item' and id = 1"},
    {"wrong_version", "was not from", "update version set since = since - 1 where record = 'item' and id = 1"},
    {"wrong_version", "what the log says", "update version set content = '{}' where record = 'item' and id = 1"},
    {"wrong_version", "what the log says", "update version set content = '[' where record = 'item' and id = 1"},
    {"wrong_version", "There was no revision",
     "insert into version (record, id, revision, since, until, content) values ('item', 999, 1, 1, 2, '{}')"},
    {"wrong_version", "There was no revision",
     "insert into version (record, id, revision, since, until, content) values ('campaign', 1, 99, 1, 2, '{}')"},
};

class CheckTest : public ShopTest {
 protected:
  void SetUp() override {
    ShopTest::SetUp();
    if (IsSkipped()) return;
    add("item", R"({"name": "Tea", "prices": {"EUR": "12.00"}})");
    save("item", R"({"id": 1, "revision": 1, "name": "Green tea"})");
    save("item", R"({"id": 1, "revision": 2, "unit": "BOX"})");
    add("party", R"({"name": "Ann", "email": "ann@example.com", "is_customer": true})");
    add("price_book", R"({"name": "A", "currency": "EUR", "accounts": [1]})");
    add("campaign", R"({"name": "Ås", "tags": ["a", "B"], "lines": [{"item": 1, "discount": "5"}], "plan": {}})");
    add("rate", R"({"currency": "NOK", "date": "2026-01-01", "rate": "0.09"})");
    for (int i = 0; i < 30; ++i) {
      add("lead", "{\"name\": \"Lead " + std::to_string(i) + "\", \"description\": \"" + std::string(200, 'x') + "\"}",
          10 + i);
    }
    add("party", R"({"name": "Bea", "number": "BEA", "is_customer": true})", 50);
    add("price_book", R"({"name": "B", "currency": "EUR", "accounts": ["BEA"]})", 50);
  }
};

std::string check_after(Connection& connection, std::string_view sql) {
  Session session(connection, ann(), Mode::write);  // undone
  while (!sql.empty()) {
    const auto end = std::min(sql.find(';'), sql.size());
    session.run(sql.substr(0, end));
    sql.remove_prefix(std::min(end + 2, sql.size()));
  }
  return check_store(session);
}

TEST_P(CheckTest, FindsEveryDamage) {
  EXPECT_EQ(problems(), "[]");
  const auto connection = database().connect();
  int tried = 0;
  for (const auto& [code, what, sql] : damages) {
    SCOPED_TRACE(sql);
    const auto found = check_after(*connection, with_types(sql, connection->dialect()));
    bool told = false;
    for (auto at = found.find("{\"code\":"); at != std::string::npos; at = found.find("{\"code\":", at + 1)) {
      const auto finding = std::string_view(found).substr(at, found.find('}', at) - at);
      told = told || (finding.find(code) == 9 && finding.find(what) != std::string_view::npos);
    }
    EXPECT_TRUE(told) << code << " " << what << " in " << found.substr(0, 1000);
    ++tried;
  }
  std::cout << "damages of a store: " << tried << " tried\n";
  EXPECT_EQ(problems(), "[]");
}

TEST_P(CheckTest, AcceptsWhatWasErased) {
  const auto connection = database().connect();
  const auto erased = check_after(*connection, "update log_personal set changes = null");
  EXPECT_TRUE(erased.starts_with("{\"problems\":[],")) << erased;
  const auto gone = check_after(*connection, "delete from log_personal");
  EXPECT_TRUE(gone.starts_with("{\"problems\":[],")) << gone;
}

// The log and the versions of records are silent about a field that the schema has got since: it has its default.
TEST_P(CheckTest, AcceptsFieldsAddedSince) {
  const auto revision = member(store().read(ann(51)).get("settings", 1), "revision");
  save("settings", R"({"id": 1, "company_name": "The shop", "revision": )" + revision + "}", 51);
  const auto connection = database().connect();
  const std::string added =
      "update log set changes = replace(changes, ',\"forecast_horizon\":[null,\"12\"]', '') "
      "where record = 'settings'; "
      "update version set content = replace(content, ',\"forecast_horizon\":\"12\"', '') "
      "where record = 'settings'";
  const auto found = check_after(*connection, added);
  EXPECT_TRUE(found.starts_with("{\"problems\":[],")) << found;
  const auto changed = check_after(*connection, added + "; update settings set forecast_horizon = 13");
  EXPECT_NE(changed.find("forecast_horizon is not what the log says"), std::string::npos) << changed;
}

TEST_P(CheckTest, CountsRecordsAndLog) {
  const auto found = store().read(ann()).check();
  const auto connection = database().connect();
  std::string rows;
  connection->run("select count(*) from log", {}, [&](RowView row) { rows = *row[0]; });
  EXPECT_EQ(member(found, "log"), rows);
  EXPECT_GT(std::stoi(member(found, "records")), 20);
}

// Pages of the file that are overwritten.
TEST_P(CheckTest, FindsADamagedFile) {
  if (GetParam() != Kind::sqlite_file) GTEST_SKIP() << "there is no file of ours";
  database().connect()->run("pragma wal_checkpoint(truncate)");
  const auto size = std::filesystem::file_size(database().place());
  int found = 0, tried = 0;
  for (std::uintmax_t page = 4096; page < size; page += 4096 * 7) {
    const Scratch scratch;
    const auto copy = scratch.file("copy.db");
    std::filesystem::copy_file(database().place(), copy);
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(page));
    file << std::string(64, 'x');
    file.close();
    ++tried;
    std::string problems;
    const auto code =
        refusal([&] { problems = problems_of(Store::open("sqlite:" + copy, {.create = false, .at = ann()})); });
    EXPECT_TRUE(code == "store_corrupt" || problems.find("damaged_file") != std::string::npos) << page << code;
    ++found;
  }
  std::cout << "damaged pages: " << tried << " tried, " << found << " found\n";
}

RABATT_ON_SHARED_DATABASES(CheckTest);

}  // namespace
}  // namespace rabatt
