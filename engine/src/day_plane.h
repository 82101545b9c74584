// The day plane: a book compiled for one currency and one period without a change, so that a line costs one look at its
// item, one at its customer, and where the customer has a price book one at that.
//
// Prices are integers of one number of places, percentages too. What cannot be said so (odd places, several units,
// quantity minimums in price books) is marked, and its lines go the way of price().
#pragma once

#include <cstdint>
#include <vector>

#include "compiled_book.h"
#include "rabatt/batch.h"

namespace rabatt {

enum class OfferKind : std::uint8_t { none, set_price, greater, add, compound };

inline constexpr std::int64_t no_price = -1;

// One cache line holds two.
struct alignas(32) PlaneItem {
  static constexpr std::uint8_t discountable = 1;
  static constexpr std::uint8_t adds_customer_discount = 2;  // to the first offer, a set price
  static constexpr std::uint8_t has_list = 4;  // of offers: several, or one that not every line may have
  static constexpr std::uint8_t left_to_exact = 8;  // cannot be said in integers
  static constexpr std::uint8_t has_overriding = 16;  // a generic book that may go before those of accounts

  std::int64_t price = no_price;  // the best generic book's, else the item's own
  std::int64_t value = 0;  // of the first offer: a set price, or a percentage
  Id campaign = no_id;  // of the first offer
  Id price_book = no_id;  // that `price` is from
  std::uint32_t offers = 0;  // where its list begins in `offers`
  std::uint16_t offer_count = 0;
  OfferKind kind = OfferKind::none;
  std::uint8_t flags = 0;
};
static_assert(sizeof(PlaneItem) == 32);

// What a campaign has for an item from a quantity on. By falling priority, then as ties are decided (later first day,
// higher number), then by falling minimum.
struct PlaneOffer {
  static constexpr std::uint8_t adds_customer_discount = 2;
  static constexpr std::uint8_t forced = 4;
  static constexpr std::uint8_t same_campaign = 8;  // as the offer before it, from a lower quantity on
  static constexpr std::uint8_t lower_priority = 16;  // than the offer before it

  std::int64_t value = 0;
  std::int64_t quantity_min = 0;  // with `quantity_places`
  Id campaign = no_id;
  Id customer = no_id;
  Id target_group = no_id;
  OfferKind kind = OfferKind::none;
  std::uint8_t flags = 0;
  std::uint16_t unused = 0;
};

// A customer's price books that are valid in the period.
enum class CustomerBooks : std::uint8_t { none, account, organisation, several };

struct PlaneCustomer {
  std::uint32_t discount_and_books = 0;
  std::uint32_t books = 0;  // the one there is, or where several begin in `book_lists`

  std::uint32_t discount() const { return discount_and_books >> 2U; }
  CustomerBooks kind() const { return static_cast<CustomerBooks>(discount_and_books & 3U); }
};

// Account books before organisation books, each by falling preference.
struct BookList {
  Range account;
  Range organisation;
};

class CompiledPlane final : public DayPlane {
 public:
  CompiledPlane(const Book& book, std::int64_t second, Id currency);

  bool admits(std::int64_t second, Id wanted) const override {
    return wanted == currency && period.from <= second && second <= period.until;
  }
  std::size_t bytes() const override;

  Book book;  // keeps it
  Id currency;
  Moments period;
  int price_places = 0;
  int percent_places = 0;  // of PlaneCustomer::discount, and of percentages among offers
  int quantity_places = 0;  // of PlaneOffer::quantity_min
  bool has_compound = false;
  std::vector<PlaneItem> items;
  std::vector<PlaneOffer> offers;
  std::vector<PlaneCustomer> customers;
  std::vector<BookList> book_lists;
  std::vector<Id> listed_books;

  // 100 %.
  std::uint32_t hundred() const {
    return static_cast<std::uint32_t>(powers_of_ten_64[static_cast<std::size_t>(percent_places) + 2].value);
  }

  // A price for all quantities; nothing if it cannot be said so.
  std::optional<std::int64_t> price_of(const CustomerPriceSlot& slot) const {
    if (slot.price < 0 || slot.price_places > price_places) return std::nullopt;
    const auto factor = powers_of_ten_64[static_cast<std::size_t>(price_places - slot.price_places)].value;
    std::int64_t price = 0;
    if (__builtin_mul_overflow(slot.price, static_cast<std::int64_t>(factor), &price)) return std::nullopt;
    return price;
  }

  // A number as an integer with so many places; nothing if it has more, or does not fit 62 bits.
  static std::optional<std::int64_t> scaled(const Number& number, int places);
};

}  // namespace rabatt
