// The canonical form: every field of every entry in a fixed order, each value with its length before it (so that no
// two books can run together), lists without an order of their own sorted, defaults filled in, decimals in their
// shortest form, dates as moments. A change of this form needs a new `form`.

#include "canonical_hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <concepts>
#include <memory>
#include <set>
#include <stdexcept>

#include "currency_rules.h"
#include "rabatt/hash_map.h"
#include "rabatt/names.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

constexpr std::string_view form = "rabatt book 1";

class Form {
 public:
  Form& add(std::string_view text) {
    text_.append(std::to_string(text.size())).append(":").append(text);
    return *this;
  }
  Form& add(const Decimal& value) { return add(value.text()); }
  Form& add(std::same_as<bool> auto value) { return add(std::string_view(value ? "1" : "0")); }
  Form& add(std::int64_t value) { return add(std::to_string(value)); }
  Form& add(std::chrono::local_seconds moment) { return add(std::int64_t{moment.time_since_epoch().count()}); }

  // A value that may be absent: nothing is "-", which no length begins with.
  template <class T>
  Form& add(const std::optional<T>& value) {
    if (value) return add(*value);
    text_.append("-");
    return *this;
  }

  Form& add(const std::map<std::string, Decimal>& values) {
    add(static_cast<std::int64_t>(values.size()));
    for (const auto& [key, value] : values) add(key).add(value);
    return *this;
  }

  // A list without an order of its own: the forms of its entries, sorted.
  template <class List, class Write>
  Form& add_sorted(const List& list, Write write) {
    Form forms;
    std::vector<std::size_t> ends;
    ends.reserve(std::size(list));
    for (const auto& entry : list) {
      write(entry, &forms);
      ends.push_back(forms.text_.size());
    }
    std::vector<std::string_view> entries;
    entries.reserve(ends.size());
    std::size_t begin = 0;
    for (const auto end : ends) {
      entries.push_back(std::string_view(forms.text_).substr(begin, end - begin));
      begin = end;
    }
    std::sort(entries.begin(), entries.end());
    add(static_cast<std::int64_t>(entries.size()));
    for (const auto& entry : entries) add(entry);
    return *this;
  }

  Form& add_set(const std::vector<std::string>& entries) {
    const std::set<std::string_view> distinct(entries.begin(), entries.end());
    return add_sorted(distinct, [](std::string_view entry, Form* form) { form->add_raw(entry); });
  }

  // Text that has its length from elsewhere.
  void add_raw(std::string_view text) { text_.append(text); }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// A blank unit is the item's base unit.
class BaseUnits {
 public:
  explicit BaseUnits(const std::vector<Item>& items) {
    for (const auto& item : items) units_.emplace(item.item, item.unit);
  }

  std::string_view spelled(std::string_view item, std::string_view unit) const {
    if (!unit.empty()) return unit;
    const auto found = units_.find(item);
    return found == units_.end() ? unit : found->second;
  }

 private:
  HashMap<std::string_view, std::string_view> units_;
};

std::optional<std::chrono::local_seconds> first_moment(const std::optional<Date>& date) {
  return date ? std::optional(date->first_moment()) : std::nullopt;
}

std::optional<std::chrono::local_seconds> last_moment(const std::optional<Date>& date) {
  return date ? std::optional(date->last_moment()) : std::nullopt;
}

void write(const Item& item, Form* form) {
  form->add(item.item).add(item.name).add(name_of(item.kind)).add(item.unit).add(item.units).add(item.prices);
  form->add(item.category).add(item.cost).add(item.discountable);
}

void write(const PriceBook& book, const BaseUnits& base_units, Form* form) {
  form->add(book.price_book).add(book.name).add(book.active).add(name_of(book.type)).add(book.currency);
  form->add(first_moment(book.valid_from)).add(last_moment(book.valid_until)).add(book.discount);
  form->add(book.override_customer_prices).add_set(book.accounts).add_set(book.organisations);
  form->add_sorted(book.prices, [&](const PriceBookLine& line, Form* entry) {
    entry->add(line.item).add(base_units.spelled(line.item, line.unit)).add(line.price).add(line.quantity_min);
  });
}

void write(const Customer& customer, Form* form) {
  form->add(customer.customer).add(customer.name).add(customer.discount).add(customer.organisation);
  form->add(customer.payment_term);
}

void write(const TargetGroup& group, Form* form) { form->add(group.target_group).add_set(group.members); }

void write(const Campaign& campaign, const BaseUnits& base_units, Form* form) {
  form->add(campaign.campaign).add(campaign.name).add(trimmed(campaign.code)).add(campaign.posted);
  form->add(campaign.active).add(name_of(campaign.status));
  form->add(campaign.pricing_type ? name_of(*campaign.pricing_type) : std::string_view());
  form->add(name_of(campaign.combine)).add(campaign.currency).add(first_moment(campaign.date));
  form->add(first_moment(campaign.valid_from)).add(last_moment(campaign.valid_until)).add(campaign.customer);
  form->add(campaign.target_group).add(std::int64_t{campaign.priority}).add(campaign.code_required);
  form->add(campaign.allow_customer_discount).add(campaign.force_price);
  form->add_sorted(campaign.lines, [&](const CampaignLine& line, Form* entry) {
    entry->add(line.item).add(base_units.spelled(line.item, line.unit)).add(line.price).add(line.discount);
    entry->add(line.quantity_min);
  });
}

void write(const PaymentTerm& term, Form* form) {
  form->add(term.payment_term).add(term.name).add(term.active).add(std::int64_t{term.net_days.value_or(0)});
  form->add(term.end_of_month).add(std::int64_t{term.grace_days});
  for (const auto& tier : term.early) form->add(std::int64_t{tier.days.value_or(0)}).add(tier.discount);
}

// The steps of every currency that the book uses, whether the policy or ISO 4217 gives them: a later edition of that
// list must not price differently under the same hash. What the policy says of other currencies counts where it
// differs from the list.
std::vector<std::string> currency_forms(const BookContent& content) {
  std::set<std::string> used;
  for (const auto& item : content.items) {
    for (const auto& [currency, price] : item.prices) used.insert(currency);
  }
  for (const auto& book : content.price_books) used.insert(book.currency);
  for (const auto& campaign : content.campaigns) used.insert(campaign.currency);
  const auto form_under = [](const Policy& policy, const std::string& currency) {
    Form form;
    if (const auto rules = currency_rules(policy, currency)) {
      form.add(currency).add(rules->amount_step).add(rules->unit_step);
    }
    return form.take();
  };
  std::vector<std::string> forms;
  forms.reserve(used.size() + content.policy.currencies.size());
  for (const auto& currency : used) forms.push_back(form_under(content.policy, currency));
  for (const auto& [currency, steps] : content.policy.currencies) {
    std::string form = form_under(content.policy, currency);
    if (!used.contains(currency) && form != form_under(Policy(), currency)) forms.push_back(std::move(form));
  }
  std::erase(forms, std::string());  // a draft may name a currency that nobody knows
  return forms;
}

Form form_of(const Policy& policy) {
  Form form;
  form.add(name_of(policy.rounding)).add(name_of(policy.round_at));
  form.add(policy.intermediate_digits ? std::optional(std::int64_t{*policy.intermediate_digits}) : std::nullopt);
  form.add(name_of(policy.price_choice)).add(name_of(policy.early_payment_tax)).add(policy.prices_include_tax);
  return form;
}

std::array<std::byte, 32> sha256(std::string_view text) {
  std::array<std::byte, 32> digest;
  unsigned int length = 0;
  auto* bytes = reinterpret_cast<unsigned char*>(digest.data());
  if (EVP_Digest(text.data(), text.size(), bytes, &length, EVP_sha256(), nullptr) != 1 || length != digest.size()) {
    throw std::runtime_error("libcrypto has no SHA-256");
  }
  return digest;
}

}  // namespace

std::array<std::byte, 32> canonical_hash(const BookContent& content) {
  const BaseUnits base_units(content.items);
  const auto as_it_is = [](std::string_view entry, Form* form) { form->add_raw(entry); };
  Form whole;
  whole.add(form).add(form_of(content.policy).take()).add_sorted(currency_forms(content), as_it_is);
  whole.add_sorted(content.items, [](const Item& item, Form* form) { write(item, form); });
  whole.add_sorted(content.price_books, [&](const PriceBook& book, Form* form) { write(book, base_units, form); });
  whole.add_sorted(content.customers, [](const Customer& customer, Form* form) { write(customer, form); });
  whole.add_sorted(content.target_groups, [](const TargetGroup& group, Form* form) { write(group, form); });
  whole.add_sorted(content.campaigns, [&](const Campaign& campaign, Form* form) { write(campaign, base_units, form); });
  whole.add_sorted(content.payment_terms, [](const PaymentTerm& term, Form* form) { write(term, form); });
  return sha256(whole.take());
}

}  // namespace rabatt
