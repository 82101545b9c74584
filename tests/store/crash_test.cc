// A process is killed at random moments of its work on a store: everything it acknowledged is there, and nothing is
// there by half. What must be there is what the same history makes in a process that nobody kills.
#include <algorithm>
#include <thread>

#include "random_verbs.h"
#include "shop.h"
#include "trials.h"
#include "worker.h"

namespace rabatt {
namespace {

constexpr int cycles_a_store = 10;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text.append(line).append("; ");
  return text;
}

class CrashTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::postgres && !postgres_url()) {
      GTEST_SKIP() << "no PostgreSQL server: RABATT_TEST_POSTGRES names none";
    }
  }
  void TearDown() override { unsetenv("TMPDIR"); }

  // Stores that are worked on and killed one after the other, `cycles` times in all.
  void run(std::uint64_t cycles) {
    while (cycle_ < cycles) {
      choose_disk(cycle_ / cycles_a_store % 2 == 0);
      const TestDatabase database(GetParam()), model(Kind::sqlite_file);
      const auto expected = Store::open("sqlite:" + model.place(), {.at = ann()});
      int step = 1;
      for (int i = 0; i < cycles_a_store && cycle_ < cycles; ++i, ++cycle_) {
        SCOPED_TRACE("cycle " + std::to_string(cycle_));
        killed_once(database, model, expected, &step);
        if (HasFatalFailure()) return;
      }
    }
  }

  // What a process has written outlives it in memory too, where commits are short and there are many of them. On a disk
  // most of the time is spent in them.
  static void choose_disk(bool memory) {
    const std::filesystem::path folder = "/dev/shm";
    std::error_code none;
    const auto room = std::filesystem::space(folder, none).available;
    if (memory && !none && room > (64U << 20)) {
      setenv("TMPDIR", folder.c_str(), 1);
    } else {
      unsetenv("TMPDIR");
    }
  }

  void killed_once(const TestDatabase& database, const TestDatabase& model, const Store& expected, int* step) {
    const auto url = store_url(GetParam(), database.place());
    const auto seed = test_seed() * 1'000'003 + cycle_;
    const auto acknowledged = work_until_killed(url, seed, *step);
    // waits until the server has let go of what the killed client began
    const auto store = Store::open(url, {.at = ann()});
    {
      auto last = store.begin(ann());
    }
    RandomVerbs verbs(seed);
    for (const auto& line : acknowledged) {
      ASSERT_EQ(joined(verbs.step(expected, ann((*step)++))), line);
      ++acknowledged_;
    }
    auto is = dump(*database.connect());
    if (is != dump(*model.connect())) {  // one more was committed, and not told any more
      verbs.step(expected, ann((*step)++));
      ++untold_;
    }
    ASSERT_EQ(is, dump(*model.connect()));
    ASSERT_EQ(problems_of(store), "[]");
  }

  std::vector<std::string> work_until_killed(const std::string& url, std::uint64_t seed, int step) {
    std::vector<std::string> lines;
    Worker worker({"history", url, std::to_string(seed), std::to_string(step)});
    std::string line;
    for (auto waits = random_() % 8; waits > 0 && worker.read_line(&line); --waits) lines.push_back(line);
    std::this_thread::sleep_for(std::chrono::microseconds(random_() % (lines.empty() ? 40'000 : 4'000)));
    worker.kill();
    while (worker.read_line(&line)) lines.push_back(line);
    for (const auto& told : lines) EXPECT_FALSE(told.starts_with("!")) << told;
    return lines;
  }

  std::mt19937_64 random_{test_seed()};
  std::uint64_t cycle_ = 0, acknowledged_ = 0, untold_ = 0;
};

TEST_P(CrashTest, EverythingAcknowledgedIsThereAndNothingByHalf) {
  run(trials(GetParam() == Kind::postgres ? 100 : 300));
  report("a process killed while it works", cycle_,
         ", " + std::to_string(acknowledged_) + " transactions acknowledged, " + std::to_string(untold_) +
             " committed and not told, " + (HasFailure() ? "some" : "0") + " failed");
}

RABATT_ON_SHARED_DATABASES(CrashTest);

}  // namespace
}  // namespace rabatt
