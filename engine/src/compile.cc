// BookContent → CompiledBook: the policy, items, customers and payment terms; then price books and campaigns.

#include <cstring>

#include "book_draft.h"
#include "packed_content.h"
#include "policy_rules.h"
#include "rabatt/hash_map.h"
#include "rabatt/money.h"

namespace rabatt {
namespace {

class Compiler {
 public:
  Compiler(const BookContent& content, const LineItems& line_items, const std::array<std::byte, 32>& hash)
      : content_(content), line_items_(line_items), title_{hash} {
    std::memcpy(&draft_.seed, hash.data(), sizeof(draft_.seed));
  }

  BookImage run() {
    draft_.policy.push_back(policy_record(content_.policy));
    compile_currencies();
    compile_items();
    compile_payment_terms();
    compile_customers();
    compile_target_groups();
    compile_price_books(content_, line_items_, rules_of(draft_.policy.front()), &draft_);
    compile_campaigns(content_, line_items_, &draft_);
    draft_.span.push_back(span_of(draft_));
    price_customer_slots();
    draft_.content = packed_content(content_);
    std::vector<std::span<const std::byte>> sections;
    draft_.each([&](const auto& list) { sections.push_back(std::as_bytes(std::span(list))); });
    return BookImage::of(title_, sections);
  }

 private:
  void compile_currencies() {
    HashMap<std::string_view, Id> seen;
    const auto add = [&](std::string_view code) {
      if (!seen.emplace(code, static_cast<Id>(draft_.currencies.size())).second) return;
      const auto rules = *currency_rules(content_.policy, code);
      draft_.currencies.push_back({draft_.add(code), draft_.add(rules.amount_step), draft_.add(rules.unit_step),
                                   static_cast<std::uint32_t>(rules.amount_places)});
    };
    for (const auto code : currency_codes()) add(code);
    for (const auto& [code, steps] : content_.policy.currencies) add(code);
    draft_.currency_slots = directory(draft_.currencies, &CurrencyRecord::code);
  }

  template <class Record>
  Records<DirectorySlot> directory(const Records<Record>& records, Text Record::* text) const {
    return directory_of(static_cast<std::uint32_t>(records.size()), draft_.seed,
                        [&](Id id) { return draft_.text(records[id].*text); });
  }

  void compile_items() {
    draft_.items.reserve(content_.items.size());
    std::vector<UnitRecord> units;
    std::vector<ItemPriceRecord> prices;
    for (const auto& item : content_.items) {
      auto& record = draft_.items.emplace_back();
      record.item = draft_.add(item.item);
      record.discountable = item.discountable ? 1 : 0;
      units.assign(1, {unit_name(item.unit), 0, draft_.add(Decimal(1))});
      for (const auto& [unit, factor] : item.units) units.push_back({unit_name(unit), 0, draft_.add(factor)});
      record.units = BookDraft::append(units, &draft_.units);
      prices.clear();
      for (const auto& [currency, price] : item.prices) {
        prices.push_back({draft_.currency(currency), 0, draft_.add(price)});
        if (price.is_zero()) record.may_cost_nothing = 1;
      }
      record.prices = BookDraft::append(prices, &draft_.item_prices);
    }
    draft_.item_slots = directory(draft_.items, &ItemRecord::item);
    draft_.unit_name_slots = directory_of(static_cast<std::uint32_t>(draft_.unit_names.size()), draft_.seed,
                                          [&](Id id) { return draft_.text(draft_.unit_names[id]); });
  }

  Id unit_name(std::string_view name) {
    const auto [entry, added] = unit_names_.try_emplace(name, static_cast<Id>(draft_.unit_names.size()));
    if (added) draft_.unit_names.push_back(draft_.add(name));
    return entry->second;
  }

  void compile_payment_terms() {
    for (const auto& term : content_.payment_terms) {
      auto& record = draft_.payment_terms.emplace_back();
      record.payment_term = draft_.add(term.payment_term);
      record.net_days = term.net_days.value_or(0);
      record.grace_days = term.grace_days;
      record.active = term.active ? 1 : 0;
      record.end_of_month = term.end_of_month ? 1 : 0;
      std::vector<EarlyTierRecord> early;
      for (const auto& tier : term.early) early.push_back({*tier.days, 0, draft_.add(*tier.discount)});
      record.early = BookDraft::append(early, &draft_.early_tiers);
    }
    draft_.payment_term_slots = directory(draft_.payment_terms, &PaymentTermRecord::payment_term);
  }

  void compile_customers() {
    draft_.customers.reserve(content_.customers.size());
    for (const auto& customer : content_.customers) {
      auto& record = draft_.customers.emplace_back();
      record.customer = draft_.add(customer.customer);
      record.discount = draft_.add(customer.discount);
      record.payment_term = draft_.id_in(draft_.payment_term_slots, customer.payment_term,
                                         [&](Id id) { return draft_.payment_terms[id].payment_term; });
    }
    draft_.customer_slots = directory(draft_.customers, &CustomerRecord::customer);
  }

  void compile_target_groups() {
    std::vector<std::vector<Id>> groups_of(draft_.customers.size());
    for (Id group = 0; group < content_.target_groups.size(); ++group) {
      for (const auto& member : content_.target_groups[group].members) {
        groups_of[draft_.customer(member)].push_back(group);
      }
    }
    for (Id customer = 0; customer < draft_.customers.size(); ++customer) {
      draft_.customers[customer].target_groups = BookDraft::append(groups_of[customer], &draft_.customer_target_groups);
    }
  }

  // The one price of each slot, now that the places of all are known.
  void price_customer_slots() {
    const int places = static_cast<int>(draft_.span.front().price_places);
    const auto& all_tiers = draft_.customer_price_tiers;
    for (std::size_t at = 0; at < draft_.customer_prices.size(); ++at) {
      const auto& tiers = all_tiers[at];
      const auto& later = all_tiers[std::min(at + read_ahead, all_tiers.size() - 1)];
      __builtin_prefetch(draft_.price_tiers.data() + later.begin);
      auto& price = draft_.customer_prices[at].price;
      for (auto tier = tiers.begin; tier < tiers.end; ++tier) {
        const auto& record = draft_.price_tiers[tier];
        if (record.unit != 0) continue;
        const bool only = price == CustomerPriceSlot::none && record.derived == 0 && is_zero(record.quantity_min);
        price = only ? record.value.scaled(places).value_or(CustomerPriceSlot::several) : CustomerPriceSlot::several;
      }
    }
  }

  static bool is_zero(const Number& number) { return number.mantissa == 0 && number.is_wide == 0; }

  static SpanRecord span_of(const BookDraft& draft) {
    SpanRecord span;
    std::uint32_t factor_places = 0;
    const auto places = [&](const Number& number) {
      return static_cast<std::uint32_t>(draft.decimal(number).places_needed());
    };
    const auto widen = [](std::uint32_t* most, std::uint32_t places) { *most = std::max(*most, places); };
    // what is written with no more places needs no more
    const auto widen_by = [&](std::uint32_t* most, const Number& number) {
      if (static_cast<std::uint32_t>(number.places) > *most) widen(most, places(number));
    };
    // amounts of a million still fit 64 bits on their way with so many
    constexpr std::uint32_t most_price_places = 6;
    const auto hold_price = [&](const Number& price) {
      if (static_cast<std::uint32_t>(price.places) <= std::min(span.places, span.price_places)) return;
      const auto needed = places(price);
      widen(&span.places, needed);
      if (needed <= most_price_places) widen(&span.price_places, needed);
    };
    for (const auto& price : draft.item_prices) hold_price(price.price);
    for (const auto& tier : draft.price_tiers) hold_price(tier.value);
    for (const auto& offering : draft.campaign_offerings) {
      const auto type = static_cast<PricingType>(draft.campaigns[offering.owner].pricing_type);
      for (auto at = offering.tiers.begin; at < offering.tiers.end; ++at) {
        const auto& value = draft.campaign_tiers[at].value;
        if (type == PricingType::set_price) {
          hold_price(value);
        } else {
          widen_by(&span.percent_places, value);
        }
        widen_by(&span.quantity_places, draft.campaign_tiers[at].quantity_min);
      }
    }
    for (const auto& customer : draft.customers) widen_by(&span.percent_places, customer.discount);
    for (const auto& unit : draft.units) widen_by(&factor_places, unit.factor);
    span.places += factor_places;
    for (const auto& price : draft.item_prices) widen_by(&span.places, draft.currencies[price.currency].unit_step);
    for (const auto& price : draft.item_prices) {
      widen(&span.places, draft.currencies[price.currency].amount_places);
    }
    return span;
  }

  const BookContent& content_;
  const LineItems& line_items_;
  ImageTitle title_;
  BookDraft draft_;
  HashMap<std::string_view, Id> unit_names_;
};

}  // namespace

std::shared_ptr<const CompiledBook> compile(const BookContent& content, const LineItems& line_items,
                                            const std::array<std::byte, 32>& hash) {
  return std::make_shared<CompiledBook>(Compiler(content, line_items, hash).run());
}

}  // namespace rabatt
