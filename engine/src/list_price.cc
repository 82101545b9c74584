#include "list_price.h"

#include <algorithm>

namespace rabatt {
namespace {

constexpr std::uint32_t base_unit = 0;

const Tier* tier_in_unit(std::span<const Tier> tiers, std::uint32_t unit, const Exact& quantity) {
  for (const auto& tier : tiers) {
    if (tier.unit == unit && Exact(tier.quantity_min) <= quantity) return &tier;
  }
  return nullptr;
}

// A price book's offer for one line.
struct Found {
  Id price_book;
  const Tier* tier;
  Exact price;  // per the line's unit
};

class PriceBookSearch {
 public:
  PriceBookSearch(const Document& document, Id item, const LineQuantity& quantity)
      : document_(document), book_(document.book), item_(item), quantity_(quantity) {}

  // Account, then organisation, then generic; a later generic book that overrides replaces the account level.
  std::optional<Found> best() const {
    const auto always = [](Id) { return true; };
    if (document_.customer) {
      if (auto account = best_of(document_.customer->account_books.of(book_.customer_account_books))) {
        const auto& account_from = book_.price_books[account->price_book].window.from;
        auto overriding = best_generic([&](Id id) {
          return book_.price_books[id].content->override_customer_prices &&
                 book_.price_books[id].window.from > account_from;
        });
        return overriding ? overriding : account;
      }
    }
    const auto organisation = book_.organisation_books.find(document_.organisation);
    if (!document_.organisation.empty() && organisation != book_.organisation_books.end()) {
      if (auto found = best_of(organisation->second)) return found;
    }
    return best_generic(always);
  }

 private:
  bool admits(Id id) const {
    const auto& price_book = book_.price_books[id];
    return price_book.currency == document_.currency && price_book.window.admits(document_.moment);
  }

  std::optional<Found> offer(Id id, const Range& tiers) const {
    const Tier* tier = usable_tier(tiers.of(book_.price_tiers), quantity_);
    if (!tier) return std::nullopt;
    return Found{id, tier, converted(*tier, quantity_)};
  }

  // Books come by falling preference, so the first one that has a price is the latest; `lowest` looks at all of
  // them and takes a later one only if it is lower.
  bool settles(std::optional<Found>* best, std::optional<Found> found) const {
    if (!found) return false;
    if (!*best || found->price < (*best)->price) *best = std::move(found);
    return book_.content.policy.price_choice == PriceChoice::latest;
  }

  std::optional<Found> best_of(std::span<const Id> ids) const {
    std::optional<Found> best;
    for (const Id id : ids) {
      if (!admits(id)) continue;
      const auto tiers = book_.customer_tiers.find(CompiledBook::pair(id, item_));
      if (tiers != book_.customer_tiers.end() && settles(&best, offer(id, tiers->second))) break;
    }
    return best;
  }

  template <class Wanted>
  std::optional<Found> best_generic(Wanted wanted) const {
    std::optional<Found> best;
    for (const auto& offering : book_.items[item_].generic_price_books.of(book_.generic_offerings)) {
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

const Tier* usable_tier(std::span<const Tier> tiers, const LineQuantity& quantity) {
  if (const Tier* tier = tier_in_unit(tiers, quantity.unit, quantity.chosen_by)) return tier;
  if (quantity.unit == base_unit) return nullptr;
  return tier_in_unit(tiers, base_unit, quantity.chosen_by * quantity.factor);
}

bool has_unit(std::span<const Tier> tiers, const LineQuantity& quantity) {
  return std::any_of(tiers.begin(), tiers.end(),
                     [&](const Tier& tier) { return tier.unit == quantity.unit || tier.unit == base_unit; });
}

Exact converted(const Tier& tier, const LineQuantity& quantity) {
  return tier.unit == quantity.unit ? tier.value : tier.value * quantity.factor;
}

std::optional<ListPrice> list_price(const Document& document, Id item, const LineQuantity& quantity,
                                    const std::optional<Decimal>& given) {
  if (given) return ListPrice{*given, *given};
  if (auto found = PriceBookSearch(document, item, quantity).best()) {
    return ListPrice{std::move(found->price), found->tier->value, found->tier->rounded, found->price_book};
  }
  const auto prices = document.book.items[item].prices.of(document.book.item_prices);
  for (const auto& price : prices) {
    if (price.currency == document.currency) return ListPrice{Exact(price.price) * quantity.factor, price.price};
  }
  return std::nullopt;
}

}  // namespace rabatt
