// The day plane: a book compiled for one currency and one period without a change, so that a line costs one look at its
// item, one at its customer, and where the customer has a price book one at that.
//
// Prices are integers of one number of places, percentages too. What cannot be said so (odd places, several units,
// quantity minimums in price books) is marked, and its lines go the way of price().
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compiled_book.h"
#include "large_arrays.h"
#include "rabatt/batch.h"

namespace rabatt {

enum class OfferKind : std::uint8_t { none, greater, add, compound, set_price };

inline constexpr std::int64_t no_price = -1;
inline constexpr std::uint32_t no_percent = ~std::uint32_t{0};

// All that most lines need to know of an item: one cache line. Vectors read its first words as they lie here.
struct alignas(64) PlaneItem {
  static constexpr std::uint8_t discountable = 1;
  static constexpr std::uint8_t adds_customer_discount = 2;  // to the set price
  static constexpr std::uint8_t left_to_exact = 4;  // cannot be said in integers
  static constexpr std::uint8_t has_overriding = 8;  // a generic book that may go before those of accounts
  // Its offers are not these, one of a kind for every line, but those of its list.
  static constexpr std::uint8_t has_list = 16;
  // They are these unless one of its list applies that is not for every line.
  static constexpr std::uint8_t has_exceptions = 32;
  // The same with one offer, for `exception_customer` alone.
  static constexpr std::uint8_t has_customer_exception = 64;
  static constexpr std::uint8_t has_forced = 128;  // a forced offer in its list

  std::int64_t price = no_price;  // the best generic book's, else the item's own
  std::int64_t set_price = no_price;
  std::array<std::uint32_t, 3> percents = {no_percent, no_percent, no_percent};  // greater, add, compound
  std::uint8_t flags = 0;
  // Two bits for each of greater, add, compound: of equal discounts the highest goes first.
  std::uint8_t ranks = 0;
  std::uint16_t offer_count = 0;
  Id price_book = no_id;  // that `price` is from
  std::uint32_t offers = 0;  // where its list begins; every offer is there
  std::array<Id, 5> campaigns = {no_id, no_id, no_id, no_id, no_id};  // by OfferKind
  Id exception_customer = no_id;
};
static_assert(sizeof(PlaneItem) == 64);

// What a campaign has for an item from a quantity on. By falling priority, then as ties are decided (later first day,
// higher number), then by falling minimum.
struct PlaneOffer {
  static constexpr std::uint8_t adds_customer_discount = 2;
  static constexpr std::uint8_t forced = 4;
  static constexpr std::uint8_t same_campaign = 8;  // as the offer before it, from a lower quantity on
  static constexpr std::uint8_t lower_priority = 16;  // than the offer before it
  static constexpr std::uint8_t exception = 32;  // not for every line

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
  explicit CompiledPlane(const Book& book);  // filled in by PlaneCompiler

  bool admits(std::int64_t second, Id wanted) const override { return wanted == currency && period.holds(second); }
  std::size_t bytes() const override;

  Book book;  // keeps it
  Id currency = no_id;
  Period period{1, 0};
  int price_places = 0;
  int percent_places = 0;  // of PlaneCustomer::discount, and of percentages among offers
  int quantity_places = 0;  // of PlaneOffer::quantity_min
  bool has_compound = false;
  std::int64_t customer_price_factor = 1;  // from the places of `customer_prices`
  std::span<const std::uint64_t> filter;  // of the book; never empty
  Records<PlaneItem> items;
  Records<PlaneOffer> offers;
  Records<PlaneCustomer> customers;  // and one more, for lines without a customer
  std::vector<BookList> book_lists;
  std::vector<Id> listed_books;

  // The price that a price book has for an item in the base unit and all quantities, with `price_places`; or
  // CustomerPriceSlot::none, or ::several where it cannot be said so.
  std::int64_t customer_price(Id price_book, Id item) const;

  // Whether customer_price() may have something. Most pairs have not, and this tells without a look at the table.
  bool may_have_customer_price(std::uint64_t hash) const {
    const auto bits = pair_filter(hash);
    return (filter[hash & (filter.size() - 1)] & bits) == bits;
  }

  // 100 %.
  std::uint32_t hundred() const {
    return static_cast<std::uint32_t>(powers_of_ten_64[static_cast<std::size_t>(percent_places) + 2].value);
  }
};

}  // namespace rabatt
