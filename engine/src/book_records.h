// The records of a compiled book: plain values without pointers, padding or texts of their own, as they lie in a
// book file. A change here needs a new `current_format` in book_image.cc.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "book_image.h"
#include "rabatt/date.h"
#include "rabatt/ids.h"
#include "rabatt/scaled.h"

namespace rabatt {

// Enumerators and truth values in one byte.
using Byte = std::uint8_t;

// Bytes of the section `texts`.
struct Text {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

// A Decimal. Mantissas beyond 64 bits lie in the section `wide_mantissas`.
struct Number {
  std::int64_t mantissa = 0;  // or an index into `wide_mantissas`
  std::int32_t places = 0;
  std::uint32_t is_wide = 0;

  // As an integer with so many places; nothing if it has more, or does not fit.
  std::optional<std::int64_t> scaled(int wanted) const {
    if (is_wide != 0) return std::nullopt;
    std::int64_t value = mantissa;
    int has = places;
    for (; has > wanted && value % 10 == 0; --has) value /= 10;
    if (has > wanted || wanted - has > largest_power_64) return std::nullopt;
    const auto factor = powers_of_ten_64[static_cast<std::size_t>(wanted - has)].value;
    if (__builtin_mul_overflow(value, static_cast<std::int64_t>(factor), &value)) return std::nullopt;
    return value;
  }
};

struct WideMantissa {
  std::uint64_t low = 0;
  std::int64_t high = 0;

  Int128 value() const { return static_cast<Int128>((UInt128{static_cast<std::uint64_t>(high)} << 64U) | low); }
};

struct Moments {
  std::int64_t from = std::chrono::local_seconds::min().time_since_epoch().count();
  std::int64_t until = std::chrono::local_seconds::max().time_since_epoch().count();

  static Moments of(const Window& window) {
    return {window.from.time_since_epoch().count(), window.until.time_since_epoch().count()};
  }
  bool admits(std::chrono::local_seconds moment) const {
    const auto second = moment.time_since_epoch().count();
    return from <= second && second <= until;
  }
};

struct PolicyRecord {
  Byte rounding = 0;
  Byte round_at = 0;
  Byte price_choice = 0;
  Byte early_payment_tax = 0;
  std::int32_t intermediate_digits = -1;  // −1: none
  std::uint32_t prices_include_tax = 0;
};

// What pricing by the million wants to know of all prices and percentages at once.
struct SpanRecord {
  std::uint32_t places = 0;          // that hold every price, per any unit, and every step of the currencies in use
  std::uint32_t price_places = 0;    // that hold every price as it is written, but for those with more than 6
  std::uint32_t percent_places = 0;  // that hold every percentage of customers and campaigns
  std::uint32_t quantity_places = 0;  // that hold every quantity minimum of campaigns
  std::uint32_t unused = 0;
};

struct CurrencyRecord {
  Text code;
  Number amount_step;
  Number unit_step;
  std::uint32_t amount_places = 0;
  std::uint32_t from_policy = 0;  // else from ISO 4217
};

struct ItemRecord {
  Text item;
  Range units;                // the base unit first
  Range prices;
  Range campaigns;            // every campaign that lists the item, by id
  Range live_campaigns;       // validity nodes of those that could apply on some date; values index `campaigns`
  Range generic_price_books;  // by falling preference: latest valid_from, then highest id
  std::uint32_t discountable = 0;
  std::uint32_t may_cost_nothing = 0;  // some list price, its own or a price book's, is 0
};

struct UnitRecord {
  Id name = no_id;  // among `unit_names`
  std::uint32_t unused = 0;
  Number factor;  // base units in one
};

struct ItemPriceRecord {
  Id currency = no_id;
  std::uint32_t unused = 0;
  Number price;
};

struct CampaignRecord {
  Text campaign;
  Moments window;
  Id currency = no_id;
  Id customer = no_id;      // no_id: for everyone
  Id target_group = no_id;  // no_id: for everyone
  std::int32_t priority = 0;
  Byte posted = 0;
  Byte active = 0;
  Byte status = 0;
  Byte pricing_type = 0;
  Byte combine = 0;
  Byte code_required = 0;
  Byte allow_customer_discount = 0;
  Byte force_price = 0;
};

struct PriceBookRecord {
  Text price_book;
  Moments window;
  Id currency = no_id;
  Byte active = 0;
  Byte type = 0;
  Byte override_customer_prices = 0;
  Byte unused = 0;
  Number discount;
};

// A price, or a discount, from a minimum quantity in one of the item's units on.
struct TierRecord {
  std::uint32_t unit = 0;  // index into the item's units; 0 is the base unit
  Byte derived = 0;        // the price book's discount off the item's price, too wide to be stored: `value` is 0
  Byte rounded = 0;        // the price was rounded when it was derived from the item's
  std::uint16_t unused = 0;
  Number quantity_min;
  Number value;
};

// The lines of one campaign, or price book, for one item: tiers by unit, then by falling quantity_min.
struct OfferingRecord {
  Id owner = no_id;  // campaign or price book
  Range tiers;
};

// Of account and organisation books: the price that one has for one item. An open-addressing table; an empty slot has
// no price book. `customer_price_tiers` has the tiers of each slot.
struct CustomerPriceSlot {
  static constexpr std::int64_t several = -1;  // or one that is too large, or has more places
  static constexpr std::int64_t none = -2;

  Id price_book = no_id;
  Id item = no_id;
  std::int64_t price = none;  // of the base unit and for all quantities, with SpanRecord::price_places
};

struct CustomerRecord {
  Text customer;
  Number discount;
  Id organisation = no_id;  // among `organisations`; no_id: none that a price book names
  Id payment_term = no_id;
  Range target_groups;  // ids, rising
  Range account_books;  // ids, by falling preference
};

struct OrganisationRecord {
  Text organisation;
  Range price_books;  // ids, by falling preference
};

struct PaymentTermRecord {
  Text payment_term;
  std::int32_t net_days = 0;
  std::int32_t grace_days = 0;
  Range early;
  std::uint32_t active = 0;
  std::uint32_t end_of_month = 0;
};

struct EarlyTierRecord {
  std::int32_t days = 0;
  std::uint32_t unused = 0;
  Number discount;
};

// Of a directory; an empty slot has no id.
struct DirectorySlot {
  std::uint32_t hash = 0;
  Id id = no_id;
};

// What a book file may hold: the same values always are the same bytes.
template <class T>
inline constexpr bool is_record = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;

}  // namespace rabatt
