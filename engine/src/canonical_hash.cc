// The canonical form: every field of every entry in a fixed order, each value with its length before it (so that no
// two books can run together), lists without an order of their own sorted, defaults filled in, decimals in their
// shortest form, dates as moments. A change of this form needs a new `form`.

#include "canonical_hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <memory>
#include <numeric>
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
    constexpr std::size_t most_digits = 20;
    char* end = room(most_digits + 1 + text.size());
    end = std::to_chars(end, end + most_digits, text.size()).ptr;
    *end++ = ':';
    end = std::copy(text.begin(), text.end(), end);
    size_ = static_cast<std::size_t>(end - buffer_.data());
    return *this;
  }
  Form& add(const Decimal& value) {
    const auto shortest = value.reduced();
    const auto low = static_cast<std::int64_t>(shortest.mantissa());
    return shortest.places() == 0 && low == shortest.mantissa() ? add(low) : add(shortest.text(0));
  }
  Form& add(std::same_as<bool> auto value) { return add(std::string_view(value ? "1" : "0")); }
  Form& add(std::int64_t value) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
  }
  Form& add(std::chrono::local_seconds moment) { return add(std::int64_t{moment.time_since_epoch().count()}); }

  // A value that may be absent: nothing is "-", which no length begins with.
  template <class T>
  Form& add(const std::optional<T>& value) {
    if (value) return add(*value);
    return add_raw("-");
  }

  Form& add(const std::map<std::string, Decimal>& values) {
    add(static_cast<std::int64_t>(values.size()));
    for (const auto& [key, value] : values) add(key).add(value);
    return *this;
  }

  Form& add_set(const std::vector<std::string>& entries);

  // Text that has its length from elsewhere.
  Form& add_raw(std::string_view text) {
    std::copy(text.begin(), text.end(), room(text.size()));
    size_ += text.size();
    return *this;
  }

  std::string_view text() const { return {buffer_.data(), size_}; }
  void clear() { size_ = 0; }

 private:
  // Where so many characters may be written.
  char* room(std::size_t size) {
    if (buffer_.size() - size_ < size) buffer_.resize(std::max(2 * buffer_.size(), size_ + size));
    return buffer_.data() + size_;
  }

  std::string buffer_;
  std::size_t size_ = 0;
};

// Lists without an order of their own: the forms of their entries, sorted. One is for many lists.
class SortedForms {
 public:
  template <class List, class Write>
  void add(const List& list, Write write, Form* to) {
    forms_.clear();
    ends_.clear();
    entries_.clear();
    for (const auto& entry : list) {
      write(entry, &forms_);
      ends_.push_back(forms_.text().size());
    }
    std::size_t begin = 0;
    for (const auto end : ends_) {
      entries_.push_back(forms_.text().substr(begin, end - begin));
      begin = end;
    }
    std::sort(entries_.begin(), entries_.end());
    to->add(static_cast<std::int64_t>(entries_.size()));
    for (const auto& entry : entries_) to->add(entry);
  }

 private:
  Form forms_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> entries_;
};

Form& Form::add_set(const std::vector<std::string>& entries) {
  const std::set<std::string_view> distinct(entries.begin(), entries.end());
  add(static_cast<std::int64_t>(distinct.size()));
  for (const auto entry : distinct) add(entry);
  return *this;
}

// SHA-256 of what is added, as it comes.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    require(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }

  void add(std::string_view text) { require(EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1); }

  std::array<std::byte, 32> take() {
    std::array<std::byte, 32> digest{};
    unsigned int length = 0;
    auto* bytes = reinterpret_cast<unsigned char*>(digest.data());
    require(EVP_DigestFinal_ex(context_.get(), bytes, &length) == 1 && length == digest.size());
    return digest;
  }

 private:
  static void require(bool done) {
    if (!done) throw std::runtime_error("libcrypto has no SHA-256");
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// A blank unit is the item's base unit.
class BaseUnits {
 public:
  explicit BaseUnits(const std::vector<Item>& items) {
    HashMap<std::string_view, std::uint32_t> seen;
    of_item_.reserve(items.size());
    for (const auto& item : items) {
      const auto [entry, added] = seen.try_emplace(item.unit, static_cast<std::uint32_t>(units_.size()));
      if (added) units_.emplace_back(item.unit);
      of_item_.push_back(entry->second);
    }
  }

  std::string_view spelled(Id item, std::string_view unit) const {
    return unit.empty() && item != no_id ? units_[of_item_[item]] : unit;
  }

 private:
  std::vector<std::string_view> units_;
  std::vector<std::uint32_t> of_item_;  // many items share their unit: this stays in the cache
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

// What the lines of price books and campaigns are written with.
struct LineForms {
  const LineItems& items;
  BaseUnits base_units;
  SortedForms sorted;

  // write(line, unit, form)
  template <class Line, class Write>
  void add(const std::vector<Line>& lines, std::span<const Id> line_items, Write write, Form* form) {
    const auto write_line = [&](const Line& line, Form* entry) {
      const auto item = line_items[static_cast<std::size_t>(&line - lines.data())];
      write(line, base_units.spelled(item, line.unit), entry);
    };
    sorted.add(lines, write_line, form);
  }
};

void write(const PriceBook& book, LineForms* lines, Form* form) {
  form->add(book.price_book).add(book.name).add(book.active).add(name_of(book.type)).add(book.currency);
  form->add(first_moment(book.valid_from)).add(last_moment(book.valid_until)).add(book.discount);
  form->add(book.override_customer_prices).add_set(book.accounts).add_set(book.organisations);
  const auto write_line = [](const PriceBookLine& line, std::string_view unit, Form* entry) {
    entry->add(line.item).add(unit).add(line.price).add(line.quantity_min);
  };
  lines->add(book.prices, lines->items.of(book), write_line, form);
}

void write(const Customer& customer, Form* form) {
  form->add(customer.customer).add(customer.name).add(customer.discount).add(customer.organisation);
  form->add(customer.payment_term);
}

void write(const TargetGroup& group, Form* form) { form->add(group.target_group).add_set(group.members); }

void write(const Campaign& campaign, LineForms* lines, Form* form) {
  form->add(campaign.campaign).add(campaign.name).add(trimmed(campaign.code)).add(campaign.posted);
  form->add(campaign.active).add(name_of(campaign.status));
  form->add(campaign.pricing_type ? name_of(*campaign.pricing_type) : std::string_view());
  form->add(name_of(campaign.combine)).add(campaign.currency).add(first_moment(campaign.date));
  form->add(first_moment(campaign.valid_from)).add(last_moment(campaign.valid_until)).add(campaign.customer);
  form->add(campaign.target_group).add(std::int64_t{campaign.priority}).add(campaign.code_required);
  form->add(campaign.allow_customer_discount).add(campaign.force_price);
  const auto write_line = [](const CampaignLine& line, std::string_view unit, Form* entry) {
    entry->add(line.item).add(unit).add(line.price).add(line.discount).add(line.quantity_min);
  };
  lines->add(campaign.lines, lines->items.of(campaign), write_line, form);
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
    return std::string(form.text());
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

// Positions in the order of the forms: each begins with its number and that one's length, and no two have the same.
template <class T>
std::vector<std::uint32_t> form_order(const std::vector<T>& list, std::string T::* number) {
  std::vector<std::uint32_t> order(list.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto is_less = [&](std::uint32_t a, std::uint32_t b) {
    const std::string& x = list[a].*number;
    const std::string& y = list[b].*number;
    return x.size() == y.size() ? x < y : std::to_string(x.size()) + ":" < std::to_string(y.size()) + ":";
  };
  if (!std::is_sorted(order.begin(), order.end(), is_less)) std::sort(order.begin(), order.end(), is_less);
  return order;
}

// The list as SortedForms has it, a buffer at a time.
template <class T, class Write>
void digest_list(const std::vector<T>& list, std::string T::* number, Write write, Digest* digest) {
  constexpr std::size_t buffer_size = std::size_t{1} << 15U;
  Form buffer;
  Form entry;
  buffer.add(static_cast<std::int64_t>(list.size()));
  for (const auto position : form_order(list, number)) {
    entry.clear();
    write(list[position], &entry);
    buffer.add(entry.text());
    if (buffer.text().size() < buffer_size) continue;
    digest->add(buffer.text());
    buffer.clear();
  }
  digest->add(buffer.text());
}

}  // namespace

std::array<std::byte, 32> canonical_hash(const BookContent& content, const LineItems& line_items) {
  LineForms lines{line_items, BaseUnits(content.items), {}};
  Form head;
  head.add(form).add(form_of(content.policy).text());
  lines.sorted.add(currency_forms(content), [](std::string_view entry, Form* form) { form->add_raw(entry); }, &head);
  Digest digest;
  digest.add(head.text());
  const auto as_it_is = [](const auto& entry, Form* form) { write(entry, form); };
  const auto with_lines = [&](const auto& entry, Form* form) { write(entry, &lines, form); };
  digest_list(content.items, &Item::item, as_it_is, &digest);
  digest_list(content.price_books, &PriceBook::price_book, with_lines, &digest);
  digest_list(content.customers, &Customer::customer, as_it_is, &digest);
  digest_list(content.target_groups, &TargetGroup::target_group, as_it_is, &digest);
  digest_list(content.campaigns, &Campaign::campaign, with_lines, &digest);
  digest_list(content.payment_terms, &PaymentTerm::payment_term, as_it_is, &digest);
  return digest.take();
}

}  // namespace rabatt
