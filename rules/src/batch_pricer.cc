#include "rabatt/batch_pricer.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

#include "rabatt/hash_map.h"

namespace rabatt {
namespace {

// A plane costs about as much as so many of its items priced one by one: below that it is not worth compiling.
constexpr std::size_t items_per_line = 16;

// No thread is worth starting for less.
constexpr std::size_t fewest_lines = 4096;

// Lines that one plane admits.
struct Group {
  std::int64_t second;  // of one of them
  Id currency;
  Period period;
  std::vector<std::uint32_t> rows;
};

// Lines by period and currency.
class Grouping {
 public:
  explicit Grouping(const Book& book) : book_(book) {}

  std::vector<Group> run(const LineColumns& lines) {
    for (std::size_t row = 0; row < lines.count; ++row) {
      const auto key = std::pair(lines.date[row], lines.currency[row]);
      if (groups_.empty() || key != last_) group_ = group_of(key);
      last_ = key;
      groups_[group_].rows.push_back(static_cast<std::uint32_t>(row));
    }
    return std::move(groups_);
  }

 private:
  using Key = std::pair<std::int64_t, Id>;

  std::size_t group_of(const Key& key) {
    const auto [entry, added] = known_.try_emplace(key, groups_.size());
    if (!added) return entry->second;
    const auto [second, currency] = key;
    const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
      return group.currency == currency && group.period.holds(second);
    });
    entry->second = static_cast<std::size_t>(found - groups_.begin());
    if (found == groups_.end()) groups_.push_back({second, currency, period_of(book_, second), {}});
    return entry->second;
  }

  const Book& book_;
  std::vector<Group> groups_;
  HashMap<Key, std::size_t> known_;
  Key last_;
  std::size_t group_ = 0;
};

// Calls `price(begin, end)` for pieces of `count` lines, each in a thread of its own; rethrows what one of them throws.
template <class Price>
void in_threads(std::size_t count, int threads, Price price) {
  const auto most = std::max<std::size_t>(1, count / fewest_lines);
  const auto pieces = std::min<std::size_t>(static_cast<std::size_t>(std::max(threads, 1)), most);
  const std::size_t size = count / pieces;
  std::vector<std::exception_ptr> thrown(pieces);
  const auto run = [&](std::size_t piece) {
    try {
      price(piece * size, piece + 1 == pieces ? count : (piece + 1) * size);
    } catch (...) {
      thrown[piece] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t piece = 1; piece < pieces; ++piece) others.emplace_back(run, piece);
    run(0);
  }
  for (const auto& exception : thrown) {
    if (exception) std::rethrow_exception(exception);
  }
}

}  // namespace

class BatchPricer::Planes {
 public:
  Planes(Book book, std::size_t most_bytes) : book_(std::move(book)), most_bytes_(most_bytes) {}

  const Book& book() const { return book_; }

  // Null if there is none.
  std::shared_ptr<const DayPlane> find(std::int64_t second, Id currency) {
    const std::scoped_lock lock(mutex_);
    const auto found = std::find_if(planes_.begin(), planes_.end(),
                                    [&](const auto& plane) { return plane->admits(second, currency); });
    if (found == planes_.end()) return nullptr;
    std::rotate(planes_.begin(), found, found + 1);  // the latest first
    return planes_.front();
  }

  std::shared_ptr<const DayPlane> find_or_compile(std::int64_t second, Id currency) {
    if (auto plane = find(second, currency)) return plane;
    auto plane = DayPlane::compile(book_, second, currency);  // outside of the lock: two may compile the same
    if (!plane->admits(second, currency)) return plane;  // of no moment: nothing to keep
    const std::scoped_lock lock(mutex_);
    planes_.insert(planes_.begin(), plane);
    std::size_t bytes = planes_.front()->bytes();
    const auto too_many = std::find_if(planes_.begin() + 1, planes_.end(), [&](const auto& kept) {
      bytes += kept->bytes();
      return bytes > most_bytes_;
    });
    planes_.erase(too_many, planes_.end());
    return plane;
  }

 private:
  Book book_;
  std::size_t most_bytes_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<const DayPlane>> planes_;
};

BatchPricer::BatchPricer(Book book, std::size_t plane_bytes)
    : planes_(std::make_unique<Planes>(std::move(book), plane_bytes)) {}

BatchPricer::~BatchPricer() = default;

const Book& BatchPricer::book() const noexcept { return planes_->book(); }

std::shared_ptr<const DayPlane> BatchPricer::plane(std::int64_t second, Id currency) const {
  return planes_->find_or_compile(second, currency);
}

void BatchPricer::price(const LineColumns& lines, const PricedColumns& priced, const BatchOptions& options) const {
  const BookIds ids(book());
  const auto plane_for = [&](std::int64_t second, Id currency, std::size_t count) -> std::shared_ptr<const DayPlane> {
    if (currency >= unknown_id) return nullptr;
    return count * items_per_line < ids.items() ? planes_->find(second, currency) : plane(second, currency);
  };
  const bool one_period = !lines.date.days && !lines.date.seconds && !lines.currency.values;
  if (one_period) {
    const auto day = plane_for(lines.date.value, lines.currency.value, lines.count);
    return in_threads(lines.count, options.threads, [&](std::size_t begin, std::size_t end) {
      price_lines(book(), day.get(), lines, begin, end, priced, options.instructions);
    });
  }
  for (const auto& group : Grouping(book()).run(lines)) {
    const auto day = plane_for(group.second, group.currency, group.rows.size());
    in_threads(group.rows.size(), options.threads, [&](std::size_t begin, std::size_t end) {
      price_lines(book(), day.get(), lines, std::span(group.rows).subspan(begin, end - begin), priced,
                  options.instructions);
    });
  }
}

}  // namespace rabatt
