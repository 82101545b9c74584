// The compiled book: what Book::build() makes of a BookContent so that a quote never searches.
//
// Everything has a dense id. Campaigns and price books are numbered in the natural order of their numbers, so the
// id also decides ties. Lists that belong to an item lie one behind the other in one array; the item holds a range.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "currency_rules.h"
#include "rabatt/book_content.h"
#include "rabatt/exact.h"
#include "rabatt/hash_map.h"
#include "rounder.h"
#include "validity_index.h"

namespace rabatt {

using Id = std::uint32_t;
inline constexpr Id no_id = ~Id{0};

// Ids of texts that live in the book's content.
using Directory = HashMap<std::string_view, Id>;

struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  template <class T>
  std::span<const T> of(const std::vector<T>& list) const {
    return std::span<const T>(list).subspan(begin, end - begin);
  }
};

struct UnitRule {
  std::string_view name;
  Decimal factor;  // base units in one
};

// A price, or a discount, from a minimum quantity in one of the item's units on.
struct Tier {
  std::uint32_t unit;  // index into the item's units; 0 is the base unit
  Decimal quantity_min;
  Exact value;          // price (may be wide before it is chosen) or percentage
  bool rounded = false;  // the price was rounded when it was derived from the item's
};

// The lines of one campaign, or price book, for one item: tiers by unit, then by falling quantity_min.
struct Offering {
  Id owner;  // campaign or price book
  Range tiers;
};

struct ItemPrice {
  Id currency;
  Decimal price;
};

struct CompiledItem {
  Range units;  // the base unit first
  Range prices;
  bool discountable = true;
  Range campaigns;              // every campaign that lists the item, by id
  ValidityIndex live_campaigns;  // the ones that could apply on some date; values index `campaigns`
  Range generic_price_books;    // by falling preference: latest valid_from, then highest id
};

struct CompiledCampaign {
  const Campaign* content;
  Window window;
  Id currency = no_id;
  Id customer = no_id;
  Id target_group = no_id;
};

struct CompiledPriceBook {
  const PriceBook* content;
  Window window;
  Id currency = no_id;
};

struct CompiledCustomer {
  const Customer* content;
  Id payment_term = no_id;
  Range target_groups;   // ids, rising
  Range account_books;   // ids, by falling preference
};

struct CompiledBook {
  BookContent content;
  std::string hash;
  Rounder rounder;

  Directory currency_ids;
  std::vector<CurrencyRules> currencies;

  Directory item_ids;
  std::vector<CompiledItem> items;
  std::vector<UnitRule> units;
  std::vector<ItemPrice> item_prices;

  Directory campaign_ids;
  HashMap<std::string, Id> code_ids;  // by folded code
  std::vector<CompiledCampaign> campaigns;
  std::vector<Offering> campaign_offerings;
  std::vector<Tier> campaign_tiers;

  std::vector<CompiledPriceBook> price_books;
  std::vector<Offering> generic_offerings;
  HashMap<std::uint64_t, Range> customer_tiers;  // of account and organisation books, by (book, item)
  std::vector<Tier> price_tiers;
  HashMap<std::string_view, std::vector<Id>> organisation_books;  // by falling preference

  Directory customer_ids;
  std::vector<CompiledCustomer> customers;
  std::vector<Id> customer_target_groups;
  std::vector<Id> customer_account_books;

  Directory payment_term_ids;  // index into content.payment_terms

  static std::uint64_t pair(Id book, Id item) { return (std::uint64_t{book} << 32U) | item; }
};

// The id of a text, or no_id.
inline Id find(const Directory& directory, std::string_view text) {
  const auto found = directory.find(text);
  return found == directory.end() ? no_id : found->second;
}

// Compiles checked content; `hash` is canonical_hash() of it.
std::shared_ptr<const CompiledBook> compile(BookContent content, std::string hash);

}  // namespace rabatt
