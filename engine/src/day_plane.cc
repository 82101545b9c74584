#include "day_plane.h"

#include <algorithm>
#include <limits>

#include "moments.h"
#include "plane_offers.h"

namespace rabatt {
namespace {

constexpr std::uint32_t most_quantity_places = 6;

class PlaneCompiler {
 public:
  PlaneCompiler(std::int64_t second, CompiledPlane* plane)
      : second_(second), book_(plane->book.compiled()), plane_(*plane) {}

  void run() {
    // no line of a moment that there is not is priced from it
    plane_.period = is_in_years(second_) ? period_of(plane_.book, second_) : Period{1, 0};
    choose_places();
    static constexpr std::uint64_t no_pairs = 0;
    plane_.filter = book_.customer_price_filter.all();
    if (plane_.filter.empty()) plane_.filter = std::span(&no_pairs, 1);
    const int more = plane_.price_places - static_cast<int>(book_.span[0].price_places);
    plane_.customer_price_factor = static_cast<std::int64_t>(powers_of_ten_64[static_cast<std::size_t>(more)].value);
    compile_customers();
    OfferCompiler offers(second_, most_discount_, &plane_);
    plane_.items.reserve(book_.items.size());
    for (const auto& record : book_.items.all()) {
      auto& item = plane_.items.emplace_back();
      if (record.discountable != 0) item.flags |= PlaneItem::discountable;
      compile_price(record, &item);
      offers.compile(record, &item);
    }
  }

 private:
  // As few as hold the book's numbers, and as many as make every scale a divisor: then no product needs a factor.
  void choose_places() {
    const auto& span = book_.span[0];
    const auto& currency = book_.currency_rules[plane_.currency];
    const int unit_places = currency.unit_step.places_needed();
    plane_.price_places = std::max(static_cast<int>(span.price_places), std::min(currency.amount_places, 6));
    plane_.percent_places =
        std::clamp(unit_places - plane_.price_places - 2, static_cast<int>(std::min(span.percent_places, 5U)), 5);
    plane_.quantity_places = static_cast<int>(std::min(span.quantity_places, most_quantity_places));
  }

  bool is_valid(Id price_book) const {
    const auto& record = book_.price_books[price_book];
    return record.currency == plane_.currency && record.window.from <= second_ && second_ <= record.window.until;
  }

  // ---- customers ----

  std::vector<Id> valid(std::span<const Id> price_books) const {
    std::vector<Id> found;
    std::copy_if(price_books.begin(), price_books.end(), std::back_inserter(found),
                 [&](Id id) { return is_valid(id); });
    return found;
  }

  void compile_customers() {
    plane_.customers.reserve(book_.customers.size());
    for (const auto& record : book_.customers.all()) {
      const auto discount = record.discount.scaled(plane_.percent_places).value_or(0);
      most_discount_ = std::max(most_discount_, discount);
      const auto account = valid(book_.customer_account_books.of(record.account_books));
      const auto organisation =
          record.organisation == no_id
              ? std::vector<Id>()
              : valid(book_.organisation_books.of(book_.organisations[record.organisation].price_books));
      auto books = CustomerBooks::none;
      std::uint32_t index = 0;
      if (account.size() + organisation.size() == 1) {
        books = account.empty() ? CustomerBooks::organisation : CustomerBooks::account;
        index = account.empty() ? organisation.front() : account.front();
      } else if (!account.empty() || !organisation.empty()) {
        books = CustomerBooks::several;
        index = static_cast<std::uint32_t>(plane_.book_lists.size());
        plane_.book_lists.push_back({listed(account), listed(organisation)});
      }
      plane_.customers.push_back(
          {static_cast<std::uint32_t>(discount) << 2U | static_cast<std::uint32_t>(books), index});
    }
    plane_.customers.emplace_back();  // of lines without a customer
  }

  Range listed(const std::vector<Id>& ids) {
    const auto begin = static_cast<std::uint32_t>(plane_.listed_books.size());
    plane_.listed_books.insert(plane_.listed_books.end(), ids.begin(), ids.end());
    return {begin, static_cast<std::uint32_t>(plane_.listed_books.size())};
  }

  // ---- prices ----

  void compile_price(const ItemRecord& record, PlaneItem* item) {
    for (const auto& price : book_.item_prices.of(record.prices)) {
      if (price.currency == plane_.currency) take_price(price.price, no_id, item);
    }
    bool chosen = false;
    for (const auto& offering : book_.generic_offerings.of(record.generic_price_books)) {
      if (!is_valid(offering.owner)) continue;
      if (book_.price_books[offering.owner].override_customer_prices != 0) item->flags |= PlaneItem::has_overriding;
      if (chosen && book_.rules.price_choice == PriceChoice::latest) continue;
      const auto* tier = only_tier(offering, item);
      if (!tier) continue;
      const auto before = *item;
      take_price(tier->value, offering.owner, item);
      if (chosen && before.price <= item->price) {
        item->price = before.price;
        item->price_book = before.price_book;
      }
      chosen = true;
    }
  }

  // What a price book has for the base unit and any quantity. Null if it has nothing; several prices are left to
  // price().
  const TierRecord* only_tier(const OfferingRecord& offering, PlaneItem* item) const {
    const TierRecord* only = nullptr;
    for (const auto& tier : book_.price_tiers.of(offering.tiers)) {
      if (tier.unit != 0) continue;
      if (only || tier.derived != 0 || tier.quantity_min.mantissa != 0) item->flags |= PlaneItem::left_to_exact;
      only = &tier;
    }
    return only;
  }

  void take_price(const Number& number, Id price_book, PlaneItem* item) const {
    const auto price = number.scaled(plane_.price_places);
    if (!price) item->flags |= PlaneItem::left_to_exact;
    item->price = price.value_or(0);
    item->price_book = price_book;
  }

  std::int64_t second_;
  const CompiledBook& book_;
  CompiledPlane& plane_;
  std::int64_t most_discount_ = 0;  // of any customer
};

}  // namespace

Period period_of(const Book& book, std::int64_t second) {
  using Second = std::numeric_limits<std::int64_t>;
  if (second < earliest_second) return {Second::min(), earliest_second - 1};
  if (second > latest_second) return {latest_second + 1, Second::max()};
  Period period{earliest_second, latest_second};
  const auto note = [&](const Moments& window) {
    if (window.from > second) {
      period.until = std::min(period.until, window.from - 1);
    } else if (window.until < second) {
      period.from = std::max(period.from, window.until + 1);
    } else {
      period.from = std::max(period.from, window.from);
      period.until = std::min(period.until, window.until);
    }
  };
  for (const auto& campaign : book.compiled().campaigns.all()) note(campaign.window);
  for (const auto& price_book : book.compiled().price_books.all()) note(price_book.window);
  return period;
}

CompiledPlane::CompiledPlane(const Book& book, std::int64_t second, Id currency) : book(book), currency(currency) {
  PlaneCompiler(second, this).run();
}

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
  return std::make_shared<CompiledPlane>(book, second, currency);
}

std::shared_ptr<const DayPlane> DayPlane::compile(const Book& book, const Date& date, Id currency) {
  return compile(book, date.first_moment().time_since_epoch().count(), currency);
}

int places_of(const Book& book) { return static_cast<int>(book.compiled().span[0].places); }

}  // namespace rabatt
