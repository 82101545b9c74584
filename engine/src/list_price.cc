#include "list_price.h"

#include <algorithm>

#include "derived_price.h"

namespace rabatt {
namespace {

constexpr std::uint32_t base_unit = 0;

const TierRecord* tier_in_unit(const CompiledBook& book, std::span<const TierRecord> tiers, std::uint32_t unit,
                               const Exact& quantity) {
  for (const auto& tier : tiers) {
    if (tier.unit == unit && Exact(book.decimal(tier.quantity_min)) <= quantity) return &tier;
  }
  return nullptr;
}

const ItemPriceRecord* item_price(const CompiledBook& book, const ItemRecord& item, Id currency) {
  for (const auto& price : book.item_prices.of(item.prices)) {
    if (price.currency == currency) return &price;
  }
  return nullptr;
}

// A price book's offer for one line.
struct Found {
  Id price_book;
  const TierRecord* tier;
  Exact tier_price;  // per the tier's unit
  Exact price;       // per the line's unit
};

class PriceBookSearch {
 public:
  PriceBookSearch(const Document& document, Id item, const LineQuantity& quantity)
      : document_(document), book_(document.book), item_(item), quantity_(quantity) {}

  // Account, then organisation, then generic; a later generic book that overrides replaces the account level.
  std::optional<Found> best() const {
    const auto always = [](Id) { return true; };
    if (document_.customer != no_id) {
      const auto books = book_.customers[document_.customer].account_books;
      if (auto account = best_of(book_.customer_account_books.of(books))) {
        const auto account_from = book_.price_books[account->price_book].window.from;
        auto overriding = best_generic([&](Id id) {
          const auto& record = book_.price_books[id];
          return record.override_customer_prices != 0 && record.window.from > account_from;
        });
        return overriding ? overriding : account;
      }
    }
    if (document_.organisation != no_id) {
      const auto books = book_.organisations[document_.organisation].price_books;
      if (auto found = best_of(book_.organisation_books.of(books))) return found;
    }
    return best_generic(always);
  }

 private:
  bool admits(Id id) const {
    const auto& price_book = book_.price_books[id];
    return price_book.currency == document_.currency && price_book.window.admits(document_.moment);
  }

  std::optional<Found> offer(Id id, const Range& tiers) const {
    const auto* tier = usable_tier(book_, book_.price_tiers.of(tiers), quantity_);
    if (!tier) return std::nullopt;
    Exact tier_price = price_of(id, *tier);
    Exact price = converted(tier_price, tier->unit, quantity_);
    return Found{id, tier, std::move(tier_price), std::move(price)};
  }

  Exact price_of(Id id, const TierRecord& tier) const {
    if (tier.derived == 0) return book_.decimal(tier.value);
    const auto& item = book_.items[item_];
    const auto& unit = book_.units.of(item.units)[tier.unit];
    const auto& price = *item_price(book_, item, document_.currency);  // else there were no such tier
    return derived_price(book_.decimal(price.price), book_.decimal(unit.factor),
                         book_.decimal(book_.price_books[id].discount), book_.rules.rounder,
                         document_.rules().unit_step)
        .price;
  }

  // Books come by falling preference, so the first one that has a price is the latest; `lowest` looks at all of
  // them and takes a later one only if it is lower.
  bool settles(std::optional<Found>* best, std::optional<Found> found) const {
    if (!found) return false;
    if (!*best || found->price < (*best)->price) *best = std::move(found);
    return book_.rules.price_choice == PriceChoice::latest;
  }

  std::optional<Found> best_of(std::span<const Id> ids) const {
    std::optional<Found> best;
    for (const Id id : ids) {
      if (!admits(id)) continue;
      const auto slot = book_.customer_price_slot(id, item_);
      if (slot != no_id && settles(&best, offer(id, book_.customer_price_tiers[slot]))) break;
    }
    return best;
  }

  template <class Wanted>
  std::optional<Found> best_generic(Wanted wanted) const {
    std::optional<Found> best;
    for (const auto& offering : book_.generic_offerings.of(book_.items[item_].generic_price_books)) {
      if (!admits(offering.owner) || !wanted(offering.owner)) continue;
      if (settles(&best, offer(offering.owner, offering.tiers))) break;
    }
    return best;
  }

  const Document& document_;
  const CompiledBook& book_;
  Id item_;
  const LineQuantity& quantity_;
};

}  // namespace

const TierRecord* usable_tier(const CompiledBook& book, std::span<const TierRecord> tiers,
                              const LineQuantity& quantity) {
  if (const auto* tier = tier_in_unit(book, tiers, quantity.unit, quantity.chosen_by)) return tier;
  if (quantity.unit == base_unit) return nullptr;
  return tier_in_unit(book, tiers, base_unit, quantity.chosen_by * quantity.factor);
}

bool has_unit(std::span<const TierRecord> tiers, const LineQuantity& quantity) {
  return std::any_of(tiers.begin(), tiers.end(),
                     [&](const TierRecord& tier) { return tier.unit == quantity.unit || tier.unit == base_unit; });
}

Exact converted(const Exact& price, std::uint32_t unit, const LineQuantity& quantity) {
  return unit == quantity.unit ? price : price * quantity.factor;
}

std::optional<ListPrice> list_price(const Document& document, Id item, const LineQuantity& quantity,
                                    const std::optional<Decimal>& given) {
  if (given) return ListPrice{*given, *given};
  if (auto found = PriceBookSearch(document, item, quantity).best()) {
    return ListPrice{std::move(found->price), std::move(found->tier_price), found->tier->rounded != 0,
                     found->price_book};
  }
  const auto& book = document.book;
  if (const auto* price = item_price(book, book.items[item], document.currency)) {
    const Decimal own = book.decimal(price->price);
    return ListPrice{Exact(own) * quantity.factor, own};
  }
  return std::nullopt;
}

}  // namespace rabatt
