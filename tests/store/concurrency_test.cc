// Many writers at once, threads and processes: numbers are given once and without gaps, and of those who save what they
// have read exactly one wins.
#include <algorithm>
#include <set>
#include <thread>

#include "numbers_contest.h"
#include "shop.h"
#include "trials.h"
#include "worker.h"

namespace rabatt {
namespace {

constexpr int writers = 8;

using Lines = std::vector<std::string>;

// What each of the threads returns, one after the other.
template <class Work>
Lines in_threads(const Work& work) {
  std::vector<Lines> lines(writers);
  std::vector<std::string> failed(writers);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < writers; ++i) {
    threads.emplace_back([&, i] {
      try {
        lines[i] = work("T" + std::to_string(i));
      } catch (const std::exception& error) {
        failed[i] = error.what();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  Lines all;
  for (std::size_t i = 0; i < writers; ++i) {
    EXPECT_EQ(failed[i], "");
    all.insert(all.end(), lines[i].begin(), lines[i].end());
  }
  return all;
}

Lines in_processes(const std::string& verb, const std::string& url, int count) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < writers; ++i) {
    workers.push_back(std::make_unique<Worker>(Lines{verb, url, "P" + std::to_string(i), std::to_string(count)}));
  }
  Lines all;
  for (const auto& worker : workers) {
    for (std::string line; worker->read_line(&line);) all.push_back(line);
    EXPECT_EQ(worker->wait(), 0) << all.back();
  }
  return all;
}

class ConcurrencyTest : public ShopTest {
 protected:
  void SetUp() override {
    ShopTest::SetUp();
    if (!IsSkipped()) add("campaign", R"({"name": "The first", "code": "taken"})");
  }

  int count() const { return static_cast<int>(trials(GetParam() == Kind::postgres ? 6 : 12)); }

  // All numbers differ, and those that were given automatically are 2, 3, 4 … without a gap.
  void expect_no_gap(const Lines& numbers) {
    const std::set<std::string> different(numbers.begin(), numbers.end());
    EXPECT_EQ(different.size(), numbers.size());
    std::set<int> given;
    for (const auto& number : numbers) {
      if (number.starts_with("CMP-")) given.insert(std::stoi(number.substr(4)));
    }
    ASSERT_FALSE(given.empty());
    EXPECT_EQ(*given.begin(), 2);
    EXPECT_EQ(*given.rbegin(), static_cast<int>(given.size()) + 1);
    EXPECT_EQ(given.size(), static_cast<std::size_t>(std::count_if(
                                numbers.begin(), numbers.end(), [](const auto& n) { return n.starts_with("CMP-"); })));
    EXPECT_EQ(store().read(ann(9)).count("campaign"), static_cast<std::int64_t>(numbers.size()) + 1);
    EXPECT_EQ(problems(), "[]");
    report("numbers given to many writers", numbers.size());
  }

  // Each revision was made by one, and the last of them is the record's.
  void expect_one_winner(const Lines& revisions) {
    std::set<int> made;
    for (const auto& revision : revisions) made.insert(std::stoi(revision));
    EXPECT_EQ(made.size(), revisions.size());
    EXPECT_EQ(*made.begin(), 2);
    EXPECT_EQ(*made.rbegin(), static_cast<int>(made.size()) + 1);
    EXPECT_EQ(member(store().read(ann(9)).get("campaign", 1), "revision"), std::to_string(*made.rbegin()));
    EXPECT_EQ(problems(), "[]");
    report("saves of one record by many writers", revisions.size());
  }
};

TEST_P(ConcurrencyTest, ThreadsNumber) {
  const auto store = opened(std::chrono::minutes(1));
  expect_no_gap(in_threads([&](const std::string& name) { return add_numbered(store, name, count()); }));
}

TEST_P(ConcurrencyTest, ProcessesNumber) { expect_no_gap(in_processes("numbers", url(), count())); }

TEST_P(ConcurrencyTest, ThreadsSaveOneRecord) {
  const auto store = opened(std::chrono::minutes(1));
  expect_one_winner(in_threads([&](const std::string& name) { return save_against_others(store, name, count()); }));
}

TEST_P(ConcurrencyTest, ProcessesSaveOneRecord) { expect_one_winner(in_processes("contest", url(), count())); }

RABATT_ON_SHARED_DATABASES(ConcurrencyTest);

// CJ-30 … 33, one after the other.
using NumbersTest = ShopTest;

TEST_P(NumbersTest, GoOnFromWhatIsTyped) {
  const auto number = [&](const std::string& typed) {
    const auto given = typed.empty() ? std::string() : ", \"number\": \"" + typed + "\"";
    std::string found;
    const auto code = refusal([&] { found = member(add("campaign", R"({"name": "x")" + given + "}"), "number"); });
    return code.empty() ? found : code;
  };
  for (const auto* expected : {"CMP-0001", "CMP-0002", "CMP-0003"}) EXPECT_EQ(number(""), expected);
  EXPECT_EQ(number("cmp-0003"), "number_taken");
  EXPECT_EQ(number("CMP-0000"), "CMP-0000");
  EXPECT_EQ(number(""), "CMP-0004");
  EXPECT_EQ(number("CMP-0100"), "CMP-0100");
  EXPECT_EQ(number(""), "CMP-0101");
  EXPECT_EQ(number("Spring"), "Spring");
  EXPECT_EQ(number(""), "CMP-0102");
  EXPECT_EQ(number("2026/07"), "2026/07");
  EXPECT_EQ(number(""), "2026/08");
  EXPECT_EQ(number("A" + std::string(58, '7')), "A" + std::string(58, '7'));
  EXPECT_EQ(number(std::string(61, '7')), "number_too_long");
  EXPECT_EQ(problems(), "[]");
}

TEST_P(NumbersTest, EndBeforeTheyOverflow) {
  EXPECT_EQ(refusal([&] { save("numerator", R"({"id": 1, "revision": 1, "next": 9223372036854775807})"); }),
            "invalid_value");
  save("numerator", R"({"id": 1, "revision": 1, "next": 1000000000000000000})");
  EXPECT_EQ(member(add("campaign", R"({"name": "x"})"), "number"), "CMP-1000000000000000000");
  EXPECT_EQ(refusal([&] { add("campaign", R"({"name": "x"})"); }), "number_too_long");
}

TEST_P(NumbersTest, MayBeSpelledDifferentlyByTheirOwner) {
  add("campaign", R"({"name": "x"})");
  EXPECT_EQ(member(save("campaign", R"({"id": 1, "revision": 1, "number": "cmp-0001"})"), "number"), "cmp-0001");
  EXPECT_EQ(problems(), "[]");
}

TEST_P(NumbersTest, HaveOneDefaultOfAKind) {
  add("numerator", R"({"code": "SPRING", "kind": "campaign", "prefix": "S-", "default": true})");
  EXPECT_EQ(member(add("campaign", R"({"name": "x"})"), "number"), "S-0001");
  EXPECT_EQ(member(store().read(ann(9)).get("numerator", 1), "default"), "false");
  EXPECT_EQ(problems(), "[]");
}

TEST_P(NumbersTest, AreRequiredWhereBooksNeedThem) {
  const Key item = 3;  // its numerator
  auto work = store().begin(ann(2));
  EXPECT_EQ(member(work.get("numerator", item), "kind"), "item");
  work.remove("numerator", std::span(&item, 1));
  EXPECT_EQ(refusal([&] { work.add("item", R"({"name": "Tea"})"); }), "field_required");
  EXPECT_EQ(member(work.add("item", R"({"number": "TEA"})"), "number"), "TEA");
}

RABATT_ON_ALL_DATABASES(NumbersTest);

}  // namespace
}  // namespace rabatt
