// What was erased is nowhere in the database any more, and check() finds nothing wrong with that.
#include <fstream>
#include <iterator>

#include "random_verbs.h"
#include "shop.h"
#include "trials.h"

namespace rabatt {
namespace {

std::string erase(const Store& store, const std::string& person, int minute) {
  auto work = store.begin(ann(minute));
  auto erased = work.perform("persons.erase", person);
  work.commit();
  return erased;
}

// The files of a database, as bytes.
std::string bytes_of(const std::string& path) {
  std::string bytes;
  for (const auto* end : {"", "-wal"}) {
    std::ifstream file(path + end, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

class PersonsTest : public ShopTest {
 protected:
  void SetUp() override {
    ShopTest::SetUp();
    if (IsSkipped()) return;
    add("party", R"({"name": "Zebedee Quill", "email": "Zebedee@quill.example", "is_customer": true,
        "note": "likes zebedee-tea", "tags": ["Tea"]})");
    add("campaign", R"({"name": "Spring"})");
    auto work = store().begin(ann(2));
    work.perform("email_permissions.confirm", R"({"email": "zebedee@quill.example", "proof": "a letter of Zebedee"})");
    work.perform("recipients.add_from", R"({"campaign": 1, "parties": [1]})");
    work.add("response", R"({"campaign": 1, "subject": "Yes", "code": "interested", "contact_name": "Zebedee",
        "email": "zebedee@quill.example", "received_at": "2026-03-01T09:00:00Z"})");
    work.commit();
    save("party", R"({"id": 1, "revision": 1, "phone_work": "555-zebedee"})", 3);
  }
};

TEST_P(PersonsTest, NothingIsLeft) {
  EXPECT_EQ(
      erase(store(), R"({"email": "ZEBEDEE@quill.example"})", 4),
      R"({"records":{"email_permission":1,"party":1,"permission_change":1,"recipient":1,"response":1},"changes":7})");
  EXPECT_EQ(problems(), "[]");
  for (const auto* text : {"ebedee", "quill"}) {
    EXPECT_EQ(dump(*database().connect()).find(text), std::string::npos) << text;
    if (GetParam() == Kind::sqlite_file) EXPECT_EQ(bytes_of(database().place()).find(text), std::string::npos) << text;
  }
}

// Undone with its transaction.
TEST_P(PersonsTest, OrAllIs) {
  const auto before = dump(*database().connect());
  {
    auto work = store().begin(ann(4));
    work.perform("persons.erase", R"({"email": "zebedee@quill.example"})");
  }
  EXPECT_EQ(dump(*database().connect()), before);
}

TEST_P(PersonsTest, WhatHasExpired) {
  save("settings", R"({"id": 1, "revision": 1, "retention": 1})", 4);
  auto work = store().begin(ann(4 + 32 * 24 * 60));
  EXPECT_EQ(work.perform("persons.erase_expired", "{}"), R"({"records":{"recipient":1,"response":1},"changes":7})");
  work.commit();
  EXPECT_EQ(problems(), "[]");
  const auto left = dump(*database().connect());
  EXPECT_NE(left.find("Zebedee Quill"), std::string::npos);  // a customer
  EXPECT_EQ(left.find("555-zebedee\\\""), std::string::npos);  // in the log
}

// Parties that are there by their ids, those that are gone by the addresses that the log has of them.
TEST_P(PersonsTest, OfAnyHistory) {
  RandomVerbs verbs(test_seed());
  for (int step = 0; step < 100; ++step) verbs.step(store(), ann(10 + step));
  const auto book = store().publish(ann(190)).book.hash();
  const auto parties = store().read(ann(190)).find("party", R"({"limit": 1000})");
  int erased = 0;
  for (auto at = parties.find("{\"id\":"); at != std::string::npos; at = parties.find("{\"id\":", at + 1)) {
    const auto id = parties.substr(at + 6, parties.find(',', at) - at - 6);
    erase(store(), "{\"party\": " + id + "}", 191);
    ++erased;
  }
  const std::string domain = "@example.com";
  for (auto left = dump(*database().connect()); left.find(domain) != std::string::npos;
       left = dump(*database().connect())) {
    const auto end = left.find(domain);
    const auto begin = left.find_last_of("\" |\t\n", end) + 1;
    ASSERT_LT(erased, 1000) << left.substr(begin, 40);
    erase(store(), "{\"email\": \"" + left.substr(begin, end - begin) + domain + "\"}", 192);
    ++erased;
  }
  EXPECT_GT(erased, 0);
  EXPECT_EQ(problems(), "[]");
  EXPECT_EQ(store().publish(ann(193)).book.hash(), book);
}

RABATT_ON_SHARED_DATABASES(PersonsTest);

}  // namespace
}  // namespace rabatt
