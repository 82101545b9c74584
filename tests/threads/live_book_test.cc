// A book swapped under running readers: every quote is whole and of one book, and every book is freed, once, when its
// last reader has left. The same watch is set on broken ways to do it, and must catch them.

#include "rabatt/live_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

#include "rabatt/price.h"
#include "samples.h"
#include "trials.h"

#if defined(__SANITIZE_THREAD__)
#define RABATT_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RABATT_THREAD_SANITIZER
#endif
#endif

namespace rabatt {
namespace {

constexpr int readers = 2;

// What is swapped in the tests: a value that is written twice, and says when it is gone.
struct Version {
  explicit Version(std::uint64_t number, std::atomic<std::int64_t>* living)
      : first(number), second(number), living(living) {
    living->fetch_add(1);
  }
  Version(Version&& other) noexcept
      : first(other.first), second(other.second), living(std::exchange(other.living, nullptr)) {}
  Version(const Version&) = delete;
  Version& operator=(const Version&) = delete;
  Version& operator=(Version&&) = delete;
  ~Version() {
    if (!living) return;
    first = 0;  // whoever still reads sees that it is gone
    living->fetch_sub(1);
  }

  volatile std::uint64_t first;
  volatile std::uint64_t second;
  std::atomic<std::int64_t>* living;
};

// As Live, but a reader is not counted: what it reads is freed under it. (Freed values are kept in memory, so that
// reading them is wrong, and no more than that.)
class Uncounted {
 public:
  explicit Uncounted(Version version) { swap(std::move(version)); }

  const Version* read() const { return current_.load(); }
  void swap(Version version) {
    kept_.push_back(std::make_unique<Storage>());
    auto* next = new (kept_.back()->data()) Version(std::move(version));
    auto* last = current_.exchange(next);
    if (last) last->~Version();
  }

 private:
  using Storage = std::array<std::byte, sizeof(Version)>;
  std::atomic<Version*> current_ = nullptr;
  std::vector<std::unique_ptr<Storage>> kept_;
};

// As Live, but the value is changed in place, field by field.
class InPlace {
 public:
  explicit InPlace(Version version) : version_(std::move(version)) {}

  const Version* read() const { return &version_; }
  void swap(Version version) {
    version_.first = version.first;
    version_.second = version.second;
  }

 private:
  Version version_;
};

// Swaps under readers who look at both halves of what they read; how often these differed.
template <class Holder>
std::uint64_t torn(Holder* holder, std::uint64_t swaps, std::atomic<std::int64_t>* living) {
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> torn = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < readers; ++i) {
      threads.emplace_back([&] {
        while (!done) {
          const auto reader = holder->read();
          const std::uint64_t first = reader->first;
          for (int work = 0; work < 20; ++work) static_cast<void>(std::uint64_t{reader->second});
          if (first != reader->second || first != reader->first) torn.fetch_add(1);
        }
      });
    }
    for (std::uint64_t number = 2; number < swaps + 2; ++number) holder->swap(Version(number, living));
    done = true;
  }
  return torn;
}

TEST(Live, NothingIsTornAndEverythingIsFreed) {
  const auto swaps = trials(100'000);
  std::atomic<std::int64_t> living = 0;
  {
    Live<Version> live(Version(1, &living));
    EXPECT_EQ(torn(&live, swaps, &living), 0U);
    EXPECT_EQ(living, 1);
    const auto last = live.read();
    EXPECT_EQ(last->first, swaps + 1);
  }
  EXPECT_EQ(living, 0);
  report("live values", swaps, " swaps under 2 readers");
}

#ifndef RABATT_THREAD_SANITIZER  // which would catch them first
TEST(Live, TheWatchCatchesBrokenWays) {
  std::atomic<std::int64_t> living = 0;
  Uncounted uncounted(Version(1, &living));
  InPlace in_place(Version(1, &living));
  std::uint64_t freed = 0;
  std::uint64_t mixed = 0;
  constexpr std::uint64_t swaps = 100'000;
  std::uint64_t rounds = 0;
  // a single round may be lucky
  for (; rounds < 100 && (freed == 0 || mixed == 0); ++rounds) {
    freed += torn(&uncounted, swaps, &living);
    mixed += torn(&in_place, swaps, &living);
  }
  report("broken ways to swap", rounds * swaps,
         " swaps, " + std::to_string(freed) + " values read that were gone, " + std::to_string(mixed) + " torn");
  EXPECT_GT(freed, 0U);
  EXPECT_GT(mixed, 0U);
}
#endif

TEST(Live, AReaderKeepsWhatItHasReadWhateverIsSwapped) {
  std::atomic<std::int64_t> living = 0;
  Live<Version> live(Version(1, &living));
  {
    auto first = live.read();
    live.swap(Version(2, &living));
    const auto second = live.read();
    live.swap(Version(3, &living));
    EXPECT_EQ(first->first, 1U);
    EXPECT_EQ(second->first, 2U);
    EXPECT_EQ(living, 3);
    const auto moved = std::move(first);
    EXPECT_EQ(moved->first, 1U);
  }
  EXPECT_EQ(living, 1);
}

// More than the word that readers share can count.
TEST(Live, ManyReadersAtOnce) {
  std::atomic<std::int64_t> living = 0;
  Live<Version> live(Version(1, &living));
  {
    std::vector<Live<Version>::Reader> held;
    for (int i = 0; i < 200'000; ++i) held.push_back(live.read());
    live.swap(Version(2, &living));
    EXPECT_EQ(held.back()->first, 1U);
    EXPECT_EQ(living, 2);
    held.clear();
    EXPECT_EQ(living, 1);
    for (int i = 0; i < 100'000; ++i) held.push_back(live.read());
  }
  EXPECT_EQ(live.read()->first, 2U);
  live.swap(Version(3, &living));
  EXPECT_EQ(living, 1);
}

BookContent priced_at(int price) {
  BookContent content;
  content.items.push_back(item_at("TEA", std::to_string(price).c_str()));
  return content;
}

// Every quote has the price of the book that it names.
TEST(LiveBook, QuotesAreOfTheBookThatTheyName) {
  const auto swaps = trials(100'000);
  constexpr int books = 4;
  std::vector<Book> all;
  for (int i = 1; i <= books; ++i) all.push_back(Book::build(priced_at(i)));
  LiveBook live(all.front());
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> quotes = 0;
  std::atomic<std::uint64_t> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < readers; ++i) {
      threads.emplace_back([&] {
        const Request request = request_of({line_of("TEA")});
        while (!done) {
          const Quote quote = price(*live.read(), request);
          const auto named =
              std::find_if(all.begin(), all.end(), [&](const Book& book) { return book.hash() == quote.book; });
          if (named == all.end() || quote.net != Decimal(named - all.begin() + 1)) wrong.fetch_add(1);
          quotes.fetch_add(1);
        }
      });
    }
    for (std::uint64_t i = 0; i < swaps || quotes < 20'000; ++i) live.swap(all[i % books]);
    done = true;
  }
  EXPECT_EQ(wrong, 0U);
  report("live book", swaps, " swaps at least, under " + std::to_string(quotes) + " quotes");
}

// A book's memory goes when its last reader does: seen by the file that it lies in.
TEST(LiveBook, ABookIsFreedWhenItsLastReaderLeaves) {
  const auto bytes = std::make_shared<const std::vector<std::byte>>(Book::build(priced_at(1)).file());
  LiveBook live(Book::mapped(*bytes, bytes));
  EXPECT_EQ(bytes.use_count(), 2);
  {
    const auto reader = live.read();
    live.swap(Book::build(priced_at(2)));
    EXPECT_EQ(bytes.use_count(), 2);
  }
  EXPECT_EQ(bytes.use_count(), 1);
}

}  // namespace
}  // namespace rabatt
