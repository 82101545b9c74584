#include "rabatt/batch_pricer.h"

#include <algorithm>
#include <mutex>
#include <vector>

#include "in_threads.h"
#include "line_groups.h"
#include "rabatt/ids.h"

namespace rabatt {
namespace {

// A plane costs about as much as so many of its items priced one by one: below that it is not worth compiling. Where a
// partial plane does for the lines, it has to be worth it by the lines that come later.
constexpr std::size_t items_per_line = 16;
constexpr std::size_t items_per_line_of_group = 4;

// The room of a partial plane costs about as much as so many of the book's items priced one by one.
constexpr std::size_t items_of_room_per_line = 64;

// No thread is worth starting for less.
constexpr std::size_t fewest_lines = 4096;

std::size_t pieces_of(std::size_t lines, int threads) {
  return std::clamp<std::size_t>(lines / fewest_lines, 1, static_cast<std::size_t>(std::max(threads, 1)));
}

}  // namespace

class BatchPricer::Planes {
 public:
  Planes(Book book, std::size_t most_bytes) : book_(std::move(book)), ids_(book_), most_bytes_(most_bytes) {}

  const Book& book() const { return book_; }
  const BookIds& ids() const { return ids_; }

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

  // Null if it is not there, and not worth compiling.
  std::shared_ptr<const DayPlane> plane_of(const LineGroup& group) {
    return plane_for(group.period.from, group.currency, group.rows.size() * items_per_line_of_group);
  }

  // The same, for lines that are worth so many of its items.
  std::shared_ptr<const DayPlane> plane_for(std::int64_t second, Id currency, std::size_t worth) {
    if (currency >= ids_.currencies()) return nullptr;
    return worth < ids_.items() ? find(second, currency) : find_or_compile(second, currency);
  }

  const Periods& periods() {
    std::call_once(periods_read_, [&] { periods_ = std::make_unique<Periods>(book_); });
    return *periods_;
  }

  // One that nobody uses; null if there is none.
  std::unique_ptr<PartialPlane> take_partial() {
    const std::scoped_lock lock(mutex_);
    if (partial_.empty()) return nullptr;
    auto taken = std::move(partial_.back());
    partial_.pop_back();
    return taken;
  }

  void keep_partial(std::unique_ptr<PartialPlane> plane) {
    const std::scoped_lock lock(mutex_);
    partial_.push_back(std::move(plane));
  }

 private:
  Book book_;
  BookIds ids_;
  std::size_t most_bytes_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<const DayPlane>> planes_;
  std::vector<std::unique_ptr<PartialPlane>> partial_;
  std::once_flag periods_read_;
  std::unique_ptr<const Periods> periods_;
};

// Lines of one group, and their plane if that is there before they are priced.
struct BatchPricer::Piece {
  const LineGroup* group;
  std::span<const std::uint32_t> rows;
  std::shared_ptr<const DayPlane> plane;
};

// Prices pieces, one after the other.
class BatchPricer::Worker {
 public:
  Worker(Planes* planes, const LineColumns& lines, const PricedColumns& priced, Instructions instructions)
      : planes_(planes), lines_(lines), priced_(priced), instructions_(instructions) {}
  Worker(Worker&&) = default;
  Worker& operator=(Worker&&) = delete;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (partial_) planes_->keep_partial(std::move(partial_));
  }

  void operator()(const Piece& piece, bool may_make_room) {
    auto plane = piece.plane;
    const auto& group = *piece.group;
    if (!plane) plane = planes_->plane_of(group);
    const auto* used = plane.get();
    if (!used && group.currency < planes_->ids().currencies() && has_partial(may_make_room)) {
      used = &partial_->compile(lines_, piece.rows, group.period, group.currency);
    }
    price_lines(planes_->book(), used, lines_, piece.rows, priced_, instructions_);
  }

 private:
  bool has_partial(bool may_make_room) {
    if (!partial_) partial_ = planes_->take_partial();
    if (!partial_ && may_make_room) partial_ = std::make_unique<PartialPlane>(planes_->book());
    return partial_ != nullptr;
  }

  Planes* planes_;
  const LineColumns& lines_;
  const PricedColumns& priced_;
  Instructions instructions_;
  std::unique_ptr<PartialPlane> partial_;
};

BatchPricer::BatchPricer(Book book, std::size_t plane_bytes)
    : planes_(std::make_unique<Planes>(std::move(book), plane_bytes)) {}

BatchPricer::~BatchPricer() = default;

const Book& BatchPricer::book() const noexcept { return planes_->book(); }

std::shared_ptr<const DayPlane> BatchPricer::plane(std::int64_t second, Id currency) const {
  return planes_->find_or_compile(second, currency);
}

void BatchPricer::prepare(std::int64_t second, Id currency, std::size_t lines) const {
  planes_->plane_for(second, currency, lines * items_per_line);
}

void BatchPricer::price(const LineColumns& lines, const PricedColumns& priced, const BatchOptions& options) const {
  const bool one_period = !lines.date.days && !lines.date.seconds && !lines.currency.values;
  return one_period ? price_one_period(lines, priced, options) : price_many_periods(lines, priced, options);
}

void BatchPricer::price_one_period(const LineColumns& lines, const PricedColumns& priced,
                                   const BatchOptions& options) const {
  const auto plane = planes_->plane_for(lines.date.value, lines.currency.value, lines.count * items_per_line);
  const auto pieces = pieces_of(lines.count, options.threads);
  in_threads(pieces, options.threads, [&] {
    return [&](std::size_t piece) {
      const auto begin = lines.count * piece / pieces;
      const auto end = lines.count * (piece + 1) / pieces;
      price_lines(book(), plane.get(), lines, begin, end, priced, options.instructions);
    };
  });
}

void BatchPricer::price_many_periods(const LineColumns& lines, const PricedColumns& priced,
                                     const BatchOptions& options) const {
  const auto groups = groups_of(lines, planes_->periods());
  const auto threads = static_cast<std::size_t>(std::max(options.threads, 1));
  // each thread has whole groups, but a few large ones are shared
  const bool are_shared = groups.size() < 4 * threads;
  std::vector<Piece> pieces;
  for (const auto& group : groups) {
    const std::span<const std::uint32_t> rows = group.rows;
    const auto parts = are_shared ? pieces_of(rows.size(), options.threads) : 1;
    const auto plane = parts == 1 ? nullptr : planes_->plane_of(group);
    for (std::size_t part = 0; part < parts; ++part) {
      const auto begin = rows.size() * part / parts;
      pieces.push_back({&group, rows.subspan(begin, rows.size() * (part + 1) / parts - begin), plane});
    }
  }
  const bool may_make_room = lines.count * items_of_room_per_line >= planes_->ids().items();
  const auto workers = lines.count < fewest_lines ? 1 : options.threads;
  in_threads(pieces.size(), workers, [&] {
    return [&, worker = Worker(planes_.get(), lines, priced, options.instructions)](std::size_t piece) mutable {
      worker(pieces[piece], may_make_room);
    };
  });
}

}  // namespace rabatt
