// Faults of a store: each has its code, and leaves the store as it was.
#include <sys/stat.h>

#include <fstream>

#include "cutting_proxy.h"
#include "failing_disk.h"
#include "random_verbs.h"
#include "shop.h"
#include "trials.h"

namespace rabatt {
namespace {

using std::chrono::milliseconds;

OpenOptions existing(milliseconds patience = std::chrono::seconds(5)) {
  return {.create = false, .company_currency = "EUR", .at = ann(), .patience = patience};
}

class StoreFaultsTest : public ShopTest {
 protected:
  std::string content() { return dump(*database().connect()); }
};

TEST_P(StoreFaultsTest, WhatIsRefusedChangesNothing) {
  add("item", R"({"number": "TEA", "prices": {"EUR": "12"}})");
  add("campaign", R"({"name": "Spring", "code": "SPRING", "lines": [{"item": "TEA", "discount": "5"}]})");
  const auto before = content();
  const auto work_that_fails = [&](const std::string& code, const auto& verb) {
    auto work = store().begin(ann(5));
    EXPECT_EQ(refusal([&] { verb(work); }), code);
    work.commit();
  };
  work_that_fails("name_required", [](auto& work) { work.add("campaign", "{}"); });
  work_that_fails("duplicate_code", [](auto& work) { work.add("campaign", R"({"name": "x", "code": "spring"})"); });
  work_that_fails("number_taken", [](auto& work) { work.add("campaign", R"({"name": "x", "number": "cmp-0001"})"); });
  work_that_fails("duplicate_item", [](auto& work) {
    work.add("campaign", R"({"name": "x", "lines": [{"item": "TEA"}, {"item": "TEA"}], "plan": {"budget": "1"}})");
  });
  work_that_fails("conflict", [](auto& work) { work.save("campaign", R"({"id": 1, "revision": 9, "name": "x"})"); });
  work_that_fails("not_found", [](auto& work) { work.save("campaign", R"({"id": 9, "revision": 1, "name": "x"})"); });
  work_that_fails("in_use", [](auto& work) {
    const Key keys[] = {"TEA"};
    work.remove("item", keys);
  });
  work_that_fails("not_found", [](auto& work) {
    const Key keys[] = {1, 9};
    work.remove("campaign", keys);
  });
  work_that_fails("pricing_type_required", [](auto& work) { work.post(1); });
  work_that_fails("not_posted", [](auto& work) { work.unpost(1); });
  work_that_fails("field_required", [](auto& work) { work.set_for_all(1); });
  work_that_fails("conflict", [](auto& work) { work.add("settings", R"({"company_currency": "EUR"})"); });
  work_that_fails("in_use", [](auto& work) {
    const Key keys[] = {1};
    work.remove("settings", keys);
  });
  EXPECT_EQ(content(), before);
}

TEST_P(StoreFaultsTest, AnotherWriterMakesItBusy) {
  const auto impatient = opened(milliseconds(30));
  const auto before = content();
  {
    const auto other = store().begin(ann(2));
    EXPECT_EQ(refusal([&] { impatient.begin(ann(2)); }), "busy");
    EXPECT_EQ(impatient.read(ann(2)).count("numerator"), 8);
  }
  EXPECT_EQ(content(), before);
  impatient.begin(ann(2)).commit();
}

TEST_P(StoreFaultsTest, OtherSchemas) {
  for (const auto& [version, code] :
       {std::pair("99", "schema_too_new"), std::pair("-1", "schema_too_old"), std::pair("0", "store_corrupt")}) {
    database().connect()->run("update store_state set schema_version = $1", {version});
    const auto before = content();
    EXPECT_EQ(refusal([&] { Store::open(url(), existing()); }), code);
    EXPECT_EQ(refusal([&] { Store::open(url(), {.at = ann()}); }), code);
    EXPECT_EQ(content(), before);
  }
}

TEST_P(StoreFaultsTest, SomebodyElsesDatabase) {
  const TestDatabase other(GetParam());
  EXPECT_EQ(refusal([&] { Store::open(store_url(GetParam(), other.place()), existing()); }), "store_missing");
  other.connect()->run("create table item (id integer)");
  EXPECT_EQ(refusal([&] { Store::open(store_url(GetParam(), other.place()), {.at = ann()}); }), "store_corrupt");
  EXPECT_EQ(refusal([&] { Store::open(store_url(GetParam(), other.place()), existing()); }), "store_missing");
}

TEST_P(StoreFaultsTest, NoStoreThere) {
  EXPECT_EQ(refusal([&] { Store::open(url() + "nowhere", existing()); }), "store_missing");
  EXPECT_EQ(refusal([&] { Store::open("sqlite:/nowhere/at/all.db", {.at = ann()}); }), "store_missing");
  EXPECT_EQ(refusal([&] { Store::open("postgresql://postgres@127.0.0.1:1/none", {.at = ann()}); }), "store_missing");
  for (const auto* wrong : {"", "sqlite:", "shop.db", "mysql://x"}) {
    EXPECT_EQ(refusal([&] { Store::open(wrong, {.at = ann()}); }), "invalid_url");
  }
}

RABATT_ON_SHARED_DATABASES(StoreFaultsTest);

// ---- files ----

TEST(StoreFileTest, NoStore) {
  const Scratch scratch;
  std::ofstream(scratch.file("letter.db")) << std::string(5000, 'a');
  EXPECT_EQ(refusal([&] { Store::open("sqlite:" + scratch.file("letter.db"), {.at = ann()}); }), "store_corrupt");
  std::filesystem::create_directory(scratch.file("folder.db"));
  EXPECT_EQ(refusal([&] { Store::open("sqlite:" + scratch.file("folder.db"), {.at = ann()}); }), "store_missing");
}

// A history on a full or bad disk, from its n-th write on.
class DiskHistory {
 public:
  explicit DiskHistory(FailingDisk::Failure failure) : failure_(failure) {
    Store::open("sqlite:" + base_.file("base.db"), {.at = ann()});
    const auto path = base_.file("whole.db");
    std::filesystem::copy_file(base_.file("base.db"), path);
    const auto store = Store::open("sqlite:" + path, existing());
    RandomVerbs verbs(seed_);
    store.begin(ann()).commit();
    disk_.fail_at(-1, failure);
    for (std::size_t step = 0; step < steps; ++step) {
      contents_.push_back(dump(*open_sqlite(path, Access::read_write)));
      verbs.step(store, ann(static_cast<int>(step)));
    }
    contents_.push_back(dump(*open_sqlite(path, Access::read_write)));
    writes_ = disk_.calls();
  }

  long writes() const { return writes_; }

  // The code that the history ends with; nothing if it does not.
  std::string fail_at(long n) {
    const Scratch scratch;
    const auto path = scratch.file("shop.db");
    std::filesystem::copy_file(base_.file("base.db"), path);
    disk_.fail_at(-1, failure_);
    std::size_t done = 0;
    std::string code;
    {
      const auto store = Store::open("sqlite:" + path, existing());
      store.begin(ann()).commit();
      RandomVerbs verbs(seed_);
      disk_.fail_at(n, failure_);
      code = refusal([&] {
        for (; done < steps; ++done) verbs.step(store, ann(static_cast<int>(done)));
      });
      disk_.fail_at(-1, failure_);
      const auto is = dump(*open_sqlite(path, Access::read_write));
      // a commit that was written and then not synced may be there
      const bool is_unknown = code == "connection_lost" && done < steps && is == contents_[done + 1];
      if (is != contents_[done] && !is_unknown) return "something was changed after " + std::to_string(done);
      auto work = store.begin(ann(100));  // there is room again
      work.add("employee", R"({"initials": "NEW"})");
      work.commit();
    }
    if (problems_of(Store::open("sqlite:" + path, existing())) != "[]") return "something is wrong";
    return code;
  }

 private:
  static constexpr std::size_t steps = 8;

  FailingDisk::Failure failure_;
  FailingDisk disk_{FailingDisk::Use::everywhere};
  Scratch base_;
  std::uint64_t seed_ = test_seed() + 3;
  std::vector<std::string> contents_;  // after so many steps
  long writes_ = 0;
};

void fail_at_every_write(FailingDisk::Failure failure, const std::string& expected) {
  DiskHistory history(failure);
  std::map<std::string, int> codes;
  const long stride = std::max(1L, 5 / static_cast<long>(trials(1)));
  std::uint64_t tried = 0;
  for (long n = static_cast<long>(test_seed()) % stride; n < history.writes(); n += stride, ++tried) {
    const auto code = history.fail_at(n);
    ++codes[code];
    EXPECT_TRUE(code.empty() || code == expected || code == "connection_lost") << n << ": " << code;
  }
  EXPECT_GT(codes[expected], 10);
  std::string outcomes;
  for (const auto& [code, count] : codes) {
    outcomes.append(", ").append(code.empty() ? "unharmed" : code).append(" ").append(std::to_string(count));
  }
  report("writes of a store that fail", tried, " of " + std::to_string(history.writes()) + outcomes);
}

TEST(StoreDiskTest, FullAtEveryWrite) { fail_at_every_write(FailingDisk::Failure::full, "store_full"); }
TEST(StoreDiskTest, BadAtEveryWrite) { fail_at_every_write(FailingDisk::Failure::error, "connection_lost"); }

// The only connection of a store in memory is taken.
TEST(StoreInMemoryTest, OneTransactionAtATime) {
  const auto store = Store::open("sqlite::memory:", {.at = ann(), .patience = milliseconds(30)});
  {
    const auto work = store.begin(ann());
    EXPECT_EQ(refusal([&] { store.read(ann()); }), "busy");
  }
  EXPECT_EQ(store.read(ann()).count("numerator"), 8);
}

// ---- connections ----

class LostConnectionTest : public StoreFaultsTest {
 protected:
  void SetUp() override {
    StoreFaultsTest::SetUp();
    if (IsSkipped()) return;
    add("item", R"({"number": "TEA", "prices": {"EUR": "12"}})");
    add("party", R"({"name": "Ann", "is_customer": true})");
  }

  static void work_on(Transaction& work) {
    const auto campaign = work.add("campaign", R"({"name": "Spring", "pricing_type": "set_discount", "tags": ["a"],
        "lines": [{"item": "TEA", "discount": "5"}], "plan": {"budget": "10"}})");
    const Key id = std::stoll(member(campaign, "id"));
    work.post(id);
    work.set_for_all(id, Decimal(7));
    work.save("item", R"({"id": 1, "revision": 1, "prices": {"EUR": "13"}})");
    work.copy(id);
    const Key keys[] = {id};
    work.remove("campaign", keys);
  }
};

// What the requests of a transaction on a connection that is there already end with when one of them breaks it.
TEST_P(LostConnectionTest, AtEveryRequest) {
  using Cut = CuttingProxy::Cut;
  CuttingProxy proxy(database().place());
  const auto store = Store::open(proxy.url(), existing());
  const auto before = content();
  const auto work_until_cut = [&](long n, Cut cut) {
    store.begin(ann(5));
    proxy.cut_at(n, cut);
    std::string lost;
    auto work = store.begin(ann(5));
    const long begun = proxy.requests();
    lost = refusal([&] { work_on(work); });
    if (!lost.empty()) {
      EXPECT_EQ(refusal([&] { work.get("item", 1); }), lost) << "the transaction is over";
      EXPECT_EQ(refusal([&] { work.commit(); }), lost);
    }
    proxy.cut_at(-1, cut);
    return std::pair(lost, begun);
  };
  work_until_cut(-1, Cut::request);  // what is to be prepared is prepared now
  const auto begun = work_until_cut(-1, Cut::request).second;
  store.begin(ann(5));
  proxy.cut_at(-1, Cut::request);
  long last = 0;
  {
    auto work = store.begin(ann(5));
    work_on(work);
    last = proxy.requests();
  }
  ASSERT_GT(last, 50);
  const long stride = std::max(1L, 5 / static_cast<long>(trials(1)));
  std::uint64_t tried = 0;
  for (const auto cut : {Cut::request, Cut::answer}) {
    for (long n = 0; n < last; n += n < begun ? 1 : stride, ++tried) {
      SCOPED_TRACE("request " + std::to_string(n) + " of " + std::to_string(last));
      const auto code = work_until_cut(n, cut).first;
      EXPECT_EQ(code, n < begun ? "" : "connection_lost") << "nothing was done before " << begun;
      store.begin(ann(6)).commit();  // the store goes on, behind what the server is still at
      ASSERT_EQ(content(), before);
    }
  }
  report("connections that break", tried, " of " + std::to_string(2 * last));
}

// Of a commit whose answer is lost nobody knows; it is whole or not at all.
TEST_P(LostConnectionTest, AtTheCommit) {
  using Cut = CuttingProxy::Cut;
  CuttingProxy proxy(database().place());
  const auto store = Store::open(proxy.url(), existing());
  std::map<bool, int> done;
  int revision = 1;
  for (const auto cut : {Cut::request, Cut::answer}) {
    const auto before = content();
    for (long n = 0;; ++n) {
      auto work = store.begin(ann(5));
      work.save("item", R"({"id": 1, "revision": )" + std::to_string(revision) + R"(, "prices": {"EUR": "1)" +
                            std::to_string(revision) + R"("}})");
      proxy.cut_at(n, cut);
      const auto code = refusal([&] { work.commit(); });
      const bool is_over = code.empty();
      proxy.cut_at(-1, cut);
      store.begin(ann(6)).commit();
      const bool changed = content() != before;
      EXPECT_EQ(problems(), "[]");
      ++done[changed];
      if (!changed) {
        EXPECT_EQ(code, "connection_lost");
        continue;
      }
      EXPECT_EQ(is_over || cut == Cut::answer, true);
      EXPECT_EQ(member(store.read(ann(6)).get("item", 1), "revision"), std::to_string(++revision));
      break;
    }
  }
  EXPECT_GT(done[false], 2);
}

TEST_P(LostConnectionTest, IdleOnesAreReplaced) {
  std::vector<Transaction> works;
  for (int i = 0; i < 4; ++i) works.push_back(store().read(ann(5)));
  works.clear();  // four idle connections
  for (int i = 0; i < 3; ++i) {
    database().connect()->run(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
        "and pid <> pg_backend_pid()");
    switch (i) {
      case 0: EXPECT_EQ(store().read(ann(6)).count("item"), 1); break;
      case 1: EXPECT_GT(store().sequence(), 0); break;
      default: add("item", R"({"number": "COFFEE"})");
    }
  }
  EXPECT_EQ(store().read(ann(6)).count("item"), 2);
}

TEST_P(LostConnectionTest, WhileATransactionWaits) {
  auto work = store().begin(ann(5));
  work.save("item", R"({"id": 1, "revision": 1, "name": "x"})");
  database().connect()->run(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
      "and pid <> pg_backend_pid()");
  EXPECT_EQ(refusal([&] { work.commit(); }), "connection_lost");
  EXPECT_EQ(member(store().read(ann(6)).get("item", "TEA"), "revision"), "1");
}

INSTANTIATE_TEST_SUITE_P(On, LostConnectionTest, ::testing::Values(Kind::postgres), kind_name);

}  // namespace
}  // namespace rabatt
