#include "day_plane.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "moments.h"
#include "plane_compiler.h"

namespace rabatt {
namespace {

// Of a moment outside of the years in which lines have prices: all the time before or after them.
std::optional<Period> period_outside(std::int64_t second) {
  using Second = std::numeric_limits<std::int64_t>;
  if (second < earliest_second) return Period{Second::min(), earliest_second - 1};
  if (second > latest_second) return Period{latest_second + 1, Second::max()};
  return std::nullopt;
}

// Calls `visit` for the time of every campaign and price book.
template <class Visit>
void for_each_window(const CompiledBook& book, Visit visit) {
  for (const auto& campaign : book.campaigns.all()) visit(campaign.window);
  for (const auto& price_book : book.price_books.all()) visit(price_book.window);
}

}  // namespace

Period period_of(const Book& book, std::int64_t second) {
  if (const auto outside = period_outside(second)) return *outside;
  Period period{earliest_second, latest_second};
  for_each_window(book.compiled(), [&](const Moments& window) {
    if (window.from > second) {
      period.until = std::min(period.until, window.from - 1);
    } else if (window.until < second) {
      period.from = std::max(period.from, window.until + 1);
    } else {
      period.from = std::max(period.from, window.from);
      period.until = std::min(period.until, window.until);
    }
  });
  return period;
}

Periods::Periods(const Book& book) {
  const auto note = [&](std::int64_t start) {
    if (is_in_years(start)) starts_.push_back(start);
  };
  note(earliest_second);
  for_each_window(book.compiled(), [&](const Moments& window) {
    note(window.from);
    if (window.until < latest_second) note(window.until + 1);
  });
  std::sort(starts_.begin(), starts_.end());
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
}

Period Periods::of(std::int64_t second) const {
  if (const auto outside = period_outside(second)) return *outside;
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), second);
  return {*(next - 1), next == starts_.end() ? latest_second : *next - 1};
}

CompiledPlane::CompiledPlane(const Book& book) : book(book) {}

std::int64_t CompiledPlane::customer_price(Id price_book, Id item) const {
  if (!may_have_customer_price(pair_hash(price_book, item))) return CustomerPriceSlot::none;
  const auto& compiled = book.compiled();
  const auto slot = compiled.customer_price_slot(price_book, item);
  if (slot == no_id) return CustomerPriceSlot::none;
  std::int64_t price = compiled.customer_prices[slot].price;
  if (price >= 0 && __builtin_mul_overflow(price, customer_price_factor, &price)) return CustomerPriceSlot::several;
  return price;
}

std::size_t CompiledPlane::bytes() const {
  const auto bytes_of = [](const auto& list) { return list.capacity() * sizeof(list.front()); };
  return bytes_of(items) + bytes_of(offers) + bytes_of(customers) + bytes_of(book_lists) + bytes_of(listed_books);
}

std::shared_ptr<const DayPlane> DayPlane::compile(const Book& book, std::int64_t second, Id currency) {
  if (currency >= book.compiled().currencies.size()) throw Error(Code::unknown_currency, "currency");
  auto plane = std::make_shared<CompiledPlane>(book);
  PlaneCompiler compiler(plane.get());
  compiler.begin(second, period_of(book, second), currency);
  compiler.compile_all();
  return plane;
}

std::shared_ptr<const DayPlane> DayPlane::compile(const Book& book, const Date& date, Id currency) {
  return compile(book, date.first_moment().time_since_epoch().count(), currency);
}

int places_of(const Book& book) { return static_cast<int>(book.compiled().span[0].places); }

}  // namespace rabatt
