// The compiled book: what Book::build() makes of a BookContent so that a quote never searches.
//
// Everything has a dense id. Items and customers are numbered as they stand in the book; campaigns and price books in
// the natural order of their numbers, so that the id also decides ties. Lists that belong to an item lie one behind
// the other in one section; the item holds a range.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "book_image.h"
#include "book_records.h"
#include "currency_rules.h"
#include "directory.h"
#include "rabatt/book_content.h"
#include "rounder.h"
#include "validity_index.h"

namespace rabatt {

class LineItems;

// The sections of a book: lists while it is compiled, arrays of an image afterwards.
template <template <class> class List>
struct BookSections {
  List<PolicyRecord> policy;  // one
  List<SpanRecord> span;      // one
  List<char> texts;
  List<WideMantissa> wide_mantissas;

  List<CurrencyRecord> currencies;
  List<ItemRecord> items;
  List<Text> unit_names;
  List<UnitRecord> units;
  List<ItemPriceRecord> item_prices;

  List<CampaignRecord> campaigns;
  List<Text> codes;       // folded
  List<Id> code_campaigns;  // of each code
  List<OfferingRecord> campaign_offerings;
  List<TierRecord> campaign_tiers;
  List<ValidityNode> live_campaigns;

  List<PriceBookRecord> price_books;
  List<OfferingRecord> generic_offerings;
  List<CustomerPriceSlot> customer_prices;
  List<Range> customer_price_tiers;         // of each slot
  List<std::uint64_t> customer_price_filter;  // of the pairs in `customer_prices`; see pair_filter()
  List<TierRecord> price_tiers;

  List<CustomerRecord> customers;
  List<Id> customer_target_groups;
  List<Id> customer_account_books;
  List<OrganisationRecord> organisations;  // that price books name
  List<Id> organisation_books;
  List<PaymentTermRecord> payment_terms;
  List<EarlyTierRecord> early_tiers;

  List<DirectorySlot> currency_slots;
  List<DirectorySlot> item_slots;
  List<DirectorySlot> unit_name_slots;
  List<DirectorySlot> campaign_slots;
  List<DirectorySlot> code_slots;
  List<DirectorySlot> customer_slots;
  List<DirectorySlot> organisation_slots;
  List<DirectorySlot> payment_term_slots;

  List<std::byte> content;  // packed_content()

  // In the order in which they lie in an image.
  template <class Visit>
  void each(Visit visit) {
    visit(policy), visit(span), visit(texts), visit(wide_mantissas);
    visit(currencies), visit(items), visit(unit_names), visit(units), visit(item_prices);
    visit(campaigns), visit(codes), visit(code_campaigns), visit(campaign_offerings), visit(campaign_tiers);
    visit(live_campaigns);
    visit(price_books), visit(generic_offerings), visit(customer_prices), visit(customer_price_tiers);
    visit(customer_price_filter), visit(price_tiers);
    visit(customers), visit(customer_target_groups), visit(customer_account_books), visit(organisations);
    visit(organisation_books), visit(payment_terms), visit(early_tiers);
    visit(currency_slots), visit(item_slots), visit(unit_name_slots), visit(campaign_slots), visit(code_slots);
    visit(customer_slots), visit(organisation_slots), visit(payment_term_slots);
    visit(content);
  }
};

struct PolicyRules {
  Rounder rounder;
  RoundAt round_at = RoundAt::line_discount;
  PriceChoice price_choice = PriceChoice::latest;
  EarlyPaymentTax early_payment_tax = EarlyPaymentTax::included;
  bool prices_include_tax = false;
};

struct CompiledBook : BookSections<Array> {
  explicit CompiledBook(BookImage image);

  BookImage image;
  std::string hash;          // 64 hex digits
  std::uint64_t seed = 0;    // of the directories
  PolicyRules rules;
  std::vector<CurrencyRules> currency_rules;  // by id

  Decimal decimal(const Number& number) const {
    if (number.is_wide == 0) [[likely]]
      return Decimal::scaled(number.mantissa, number.places);
    return Decimal::scaled(wide_mantissas[static_cast<std::size_t>(number.mantissa)].value(), number.places);
  }

  std::string_view text(const Text& text) const {
    const auto bytes = texts.of({text.offset, text.offset + text.size});
    return {bytes.data(), bytes.size()};
  }

  Id currency(std::string_view code) const;
  Id item(std::string_view item) const;
  Id unit_name(std::string_view unit) const;
  Id campaign(std::string_view number) const;
  Id campaign_of_code(std::string_view folded_code) const;
  Id customer(std::string_view customer) const;
  Id organisation(std::string_view organisation) const;
  Id payment_term(std::string_view payment_term) const;

  // Index of a unit among its item's; no_id if the item does not have it. no_id as a name is the base unit.
  std::uint32_t unit_of(const ItemRecord& item, Id name) const;

  // The slot of what an account or organisation book has for an item; no_id if nothing.
  std::uint32_t customer_price_slot(Id price_book, Id item) const;

  PaymentTerm payment_term_at(Id id) const;
};

// Where the search for a pair begins, in its low bits; and what its filter is made of. Products of 32 by 32 bits, which
// all vectors have.
inline std::uint64_t pair_hash(Id price_book, Id item) {
  constexpr std::uint64_t book_factor = 0x9E3779B1U;
  constexpr std::uint64_t item_factor = 0x85EBCA77U;
  const std::uint64_t book_part = price_book * book_factor;
  const std::uint64_t mixed = (book_part << 32U | book_part >> 32U) ^ item * item_factor;
  return mixed ^ mixed >> 29U;
}

// A Bloom filter in one word: most pairs that are not in the table are told by a word that is in the cache.
// Putze, Sanders, Singler, "Cache-, hash- and space-efficient Bloom filters", 2009.
inline std::uint64_t pair_filter(std::uint64_t hash) {
  return std::uint64_t{1} << (hash >> 40U & 63U) | std::uint64_t{1} << (hash >> 46U & 63U) |
         std::uint64_t{1} << (hash >> 52U & 63U);
}

// Compiles checked content; `hash` is canonical_hash() of it.
std::shared_ptr<const CompiledBook> compile(const BookContent& content, const LineItems& line_items,
                                            const std::array<std::byte, 32>& hash);

}  // namespace rabatt
