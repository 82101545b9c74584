#include "compiled_book.h"

#include <absl/strings/escaping.h>

#include <cstring>

#include "policy_rules.h"

namespace rabatt {
namespace {

template <class T>
Array<T> array_of(const BookImage& image, std::size_t section) {
  static_assert(is_record<T>);
  const auto bytes = image.section(section);
  return {{reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)}, image.guard()};
}

}  // namespace

CompiledBook::CompiledBook(BookImage from) : image(std::move(from)) {
  std::size_t section = 0;
  each([&]<class T>(Array<T>& array) { array = array_of<T>(image, section++); });
  const auto& title = image.title().hash;
  hash = absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(title.data()), title.size()));
  std::memcpy(&seed, title.data(), sizeof(seed));
  rules = rules_of(policy[0]);
  currency_rules.reserve(currencies.size());
  for (const auto& record : currencies.all()) {
    currency_rules.push_back(
        {decimal(record.amount_step), decimal(record.unit_step), static_cast<int>(record.amount_places)});
  }
}

Id CompiledBook::currency(std::string_view code) const {
  return find(currency_slots, code, seed, [&](Id id) { return text(currencies[id].code); });
}

Id CompiledBook::item(std::string_view item) const {
  return find(item_slots, item, seed, [&](Id id) { return text(items[id].item); });
}

Id CompiledBook::unit_name(std::string_view unit) const {
  return find(unit_name_slots, unit, seed, [&](Id id) { return text(unit_names[id]); });
}

Id CompiledBook::campaign(std::string_view number) const {
  return find(campaign_slots, number, seed, [&](Id id) { return text(campaigns[id].campaign); });
}

Id CompiledBook::campaign_of_code(std::string_view folded_code) const {
  const Id code = find(code_slots, folded_code, seed, [&](Id id) { return text(codes[id]); });
  return code == no_id ? no_id : code_campaigns[code];
}

Id CompiledBook::customer(std::string_view customer) const {
  return find(customer_slots, customer, seed, [&](Id id) { return text(customers[id].customer); });
}

Id CompiledBook::organisation(std::string_view organisation) const {
  return find(organisation_slots, organisation, seed, [&](Id id) { return text(organisations[id].organisation); });
}

Id CompiledBook::payment_term(std::string_view payment_term) const {
  return find(payment_term_slots, payment_term, seed, [&](Id id) { return text(payment_terms[id].payment_term); });
}

std::uint32_t CompiledBook::unit_of(const ItemRecord& item, Id name) const {
  if (name == no_id) return 0;
  const auto own = units.of(item.units);
  for (std::uint32_t unit = 0; unit < own.size(); ++unit) {
    if (own[unit].name == name) return unit;
  }
  return no_id;
}

std::uint32_t CompiledBook::customer_price_slot(Id price_book, Id item) const {
  if (customer_prices.size() == 0) return no_id;
  const std::size_t mask = customer_prices.size() - 1;
  for (std::size_t at = pair_hash(price_book, item) & mask;; at = (at + 1) & mask) {
    const auto& slot = customer_prices[at];
    if (slot.price_book == no_id) return no_id;
    if (slot.price_book == price_book && slot.item == item) return static_cast<std::uint32_t>(at);
  }
}

PaymentTerm CompiledBook::payment_term_at(Id id) const {
  const auto& record = payment_terms[id];
  PaymentTerm term;
  term.payment_term = text(record.payment_term);
  term.active = record.active != 0;
  term.net_days = record.net_days;
  term.end_of_month = record.end_of_month != 0;
  term.grace_days = record.grace_days;
  for (const auto& tier : early_tiers.of(record.early)) term.early.push_back({tier.days, decimal(tier.discount)});
  return term;
}

}  // namespace rabatt
