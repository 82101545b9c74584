// What a book must be before it can be compiled: every problem, each with its place.

#include "check_book.h"

#include <algorithm>
#include <concepts>
#include <tuple>
#include <utility>

#include "rabatt/book.h"
#include "rabatt/hash_map.h"
#include "rabatt/money.h"
#include "rabatt/text.h"
#include "value_checker.h"

namespace rabatt {
namespace {

constexpr std::size_t most_entries = 10'000'000;       // of a list
constexpr std::size_t most_campaign_lines = 1'000'000;

class Checker : private ValueChecker {
 public:
  Checker(const BookContent& content, const LineItems& line_items, std::vector<Problem> found_earlier)
      : ValueChecker(content.policy, std::move(found_earlier)),
        content_(content),
        line_items_(line_items),
        items_(content.items.size()) {}

  std::vector<Problem> run() {
    check_policy(content_.policy, Path("policy"));
    learn_and_check_numbers();
    each(content_.items, "items", &Checker::check_item);
    each(content_.price_books, "price_books", &Checker::check_price_book);
    each(content_.customers, "customers", &Checker::check_customer);
    each(content_.target_groups, "target_groups", &Checker::check_target_group);
    each(content_.campaigns, "campaigns", &Checker::check_campaign);
    each(content_.payment_terms, "payment_terms", &Checker::check_payment_term);
    return problems_.take();
  }

 private:
  template <class T>
  void each(const std::vector<T>& list, std::string_view name, void (Checker::*check)(const T&, const Path&)) {
    const Path path(name);
    check_length(list.size(), most_entries, path);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!problems_.any_at(path[i])) (this->*check)(list[i], path[i]);
    }
  }

  // ---- references ----

  // Collects the numbers of a list; the later of two equal ones is a problem.
  template <class T>
  void learn(const std::vector<T>& list, std::string T::* number, std::string_view name,
             HashSet<std::string_view>* known) {
    known->reserve(list.size());
    learn(list, number, name, [&](std::size_t i) { return known->insert(list[i].*number).second; });
  }

  // `note` notes the number of an entry, and says whether it is new.
  template <class T, std::predicate<std::size_t> Note>
  void learn(const std::vector<T>& list, std::string T::* number, std::string_view name, Note note) {
    const Path path(name);
    const std::string field = name == "campaigns" ? "campaign" : std::string(name.substr(0, name.size() - 1));
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Path entry = path[i];
      if (problems_.any_at(entry)) continue;
      const Path place = entry / field;
      check_text(list[i].*number, place, true);
      if ((list[i].*number).empty() || problems_.any_at(place)) continue;
      if (!note(i)) {
        problems_.add(Code::duplicate_id, place, quoted(list[i].*number) + " is there already.");
      }
    }
  }

  void learn_and_check_numbers() {
    learn(content_.items, &Item::item, "items",
          [&](std::size_t i) { return !std::exchange(items_[line_items_.first_of(i)].known, true); });
    HashSet<std::string_view> price_books;
    learn(content_.price_books, &PriceBook::price_book, "price_books", &price_books);
    learn(content_.customers, &Customer::customer, "customers", &customers_);
    learn(content_.target_groups, &TargetGroup::target_group, "target_groups", &target_groups_);
    HashSet<std::string_view> campaigns;
    learn(content_.campaigns, &Campaign::campaign, "campaigns", &campaigns);
    learn(content_.payment_terms, &PaymentTerm::payment_term, "payment_terms", &payment_terms_);
    learn_codes();
  }

  void learn_codes() {
    HashSet<std::string> codes;
    const Path path("campaigns");
    for (std::size_t i = 0; i < content_.campaigns.size(); ++i) {
      const Path entry = path[i];
      const Path place = entry / "code";
      const auto code = trimmed(content_.campaigns[i].code);
      check_text(code, place, false);
      if (code.empty() || problems_.any_at(place)) continue;
      if (!codes.insert(folded_code(code)).second) {
        problems_.add(Code::duplicate_code, place, quoted(code) + " is the code of an earlier campaign.");
      }
    }
  }

  void check_reference(std::string_view number, const HashSet<std::string_view>& known, Code code, const Path& path) {
    check_reference(number, number.empty() || known.contains(number), code, path);
  }

  void check_reference(std::string_view number, bool known, Code code, const Path& path) {
    if (!number.empty() && !known && !problems_.any_at(path)) {
      problems_.add(code, path, "There is no " + quoted(number) + " in this book.");
    }
  }

  // The unit of a line of a price book or a posted campaign.
  void check_unit(Id item, std::string_view unit, const Path& path) {
    if (unit.empty() || item == no_id || problems_.any_at(path / "unit")) return;
    const Item& known = content_.items[item];
    const Path items("items");
    const Path place = items[item];
    if (problems_.any_at(place / "unit") || problems_.any_at(place / "units")) return;
    if (unit != known.unit && !known.units.contains(std::string(unit))) {
      problems_.add(Code::unknown_unit, path / "unit", "The item has no unit " + quoted(unit) + ".");
    }
  }

  // What the lines of a price book or a posted campaign refer to; units last, since equal lines are equal whether
  // their unit is known or not.
  template <class Line>
  void check_line_references(const std::vector<Line>& lines, std::span<const Id> items, const Path& path) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Path line = path[i];
      const bool known = items[i] != no_id && items_[items[i]].known;
      check_reference(lines[i].item, known, Code::unknown_item, line / "item");
    }
    if (!differ(items)) check_lines_differ(lines, items, path);
    for (std::size_t i = 0; i < lines.size(); ++i) check_unit(items[i], lines[i].unit, path[i]);
  }

  // Whether a list names every item once, as most do.
  bool differ(std::span<const Id> items) {
    ++lists_;
    return std::all_of(items.begin(), items.end(), [&](Id item) {
      return item != no_id && std::exchange(items_[item].last_list, lists_) != lists_;
    });
  }

  // (item, unit, quantity_min) once per list; a blank unit is the base unit.
  template <class Line>
  void check_lines_differ(const std::vector<Line>& lines, std::span<const Id> items, const Path& path) {
    using Key = std::tuple<std::string_view, std::string_view, std::uint64_t, std::int64_t, int>;
    HashSet<Key> seen;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Path line = path[i];
      const bool faulty = check_identifier(lines[i].item) != IdentifierFault::none || problems_.any_at(line / "unit") ||
                          problems_.any_at(line / "quantity_min");
      if (faulty) continue;
      std::string_view unit = lines[i].unit;
      if (unit.empty() && items[i] != no_id) unit = content_.items[items[i]].unit;
      const auto minimum = lines[i].quantity_min.reduced();
      const auto low = static_cast<std::uint64_t>(minimum.mantissa());
      const auto high = static_cast<std::int64_t>(minimum.mantissa() >> 64U);
      if (!seen.emplace(lines[i].item, unit, low, high, minimum.places()).second) {
        problems_.add(Code::duplicate_item, line / "item", "The same item, unit and quantity_min are there already.");
      }
    }
  }

  // ---- the parts ----

  void check_policy(const Policy& policy, const Path& path) {
    if (policy.intermediate_digits && (*policy.intermediate_digits < 0 || *policy.intermediate_digits > 38)) {
      problems_.add(Code::invalid_value, path / "intermediate_digits", "It is 0 to 38.");
    }
    const Path currencies = path / "currencies";
    for (const auto& [currency, steps] : policy.currencies) {
      const Path place = currencies / currency;
      check_element(currency, place);
      check_positive(steps.amount, place / "amount");
      check_positive(steps.unit, place / "unit");
      if (!minor_units(currency) && !steps.amount && !problems_.any_at(place)) {
        problems_.add(Code::missing_field, place / "amount", "A currency that ISO 4217 does not have needs its step.");
      }
    }
  }

  void check_prices(const std::map<std::string, Decimal>& prices, const Path& path) {
    for (const auto& [currency, price] : prices) {
      const Path place = path / currency;
      if (!is_currency(currency))
        problems_.add(Code::unknown_currency, place, "Neither ISO 4217 nor the policy has it.");
      check_price_at(price, place);
    }
  }

  void check_item(const Item& item, const Path& path) {
    check_text(item.unit, path / "unit", true);
    const Path units = path / "units";
    for (const auto& [unit, factor] : item.units) {
      const Path place = units / unit;
      check_element(unit, place);
      if (unit == item.unit) problems_.add(Code::invalid_value, place, "The base unit is one of itself already.");
      check_positive(factor, place);
    }
    check_prices(item.prices, path / "prices");
    check_prices(item.cost, path / "cost");
  }

  void check_price_book(const PriceBook& book, const Path& path) {
    if (book.currency.empty()) problems_.add(Code::missing_field, path / "currency", "This field is required.");
    check_text(book.currency, path / "currency", false);
    check_known_currency(book.currency, path / "currency");
    check_date(book.valid_from, path / "valid_from");
    check_date(book.valid_until, path / "valid_until");
    check_window(book.valid_from, book.valid_until, path);
    check_percent(book.discount, path / "discount");
    const Path accounts = path / "accounts";
    check_length(book.accounts.size(), most_entries, accounts);
    for (std::size_t i = 0; i < book.accounts.size(); ++i) {
      check_element(book.accounts[i], accounts[i]);
      check_reference(book.accounts[i], customers_, Code::unknown_customer, accounts[i]);
    }
    const Path organisations = path / "organisations";
    check_length(book.organisations.size(), most_entries, organisations);
    for (std::size_t i = 0; i < book.organisations.size(); ++i) check_element(book.organisations[i], organisations[i]);

    const Path prices = path / "prices";
    check_length(book.prices.size(), most_entries, prices);
    for (std::size_t i = 0; i < book.prices.size(); ++i) {
      const auto& line = book.prices[i];
      const Path place = prices[i];
      if (problems_.any_at(place)) continue;
      check_text(line.item, place / "item", true);
      check_text(line.unit, place / "unit", false);
      check_not_negative(line.quantity_min, place / "quantity_min");
      if (line.price) check_price_at(*line.price, place / "price");
    }
    check_line_references(book.prices, line_items_.of(book), prices);
  }

  void check_customer(const Customer& customer, const Path& path) {
    check_percent(customer.discount, path / "discount");
    check_text(customer.organisation, path / "organisation", false);
    check_text(customer.payment_term, path / "payment_term", false);
    check_reference(customer.payment_term, payment_terms_, Code::unknown_payment_term, path / "payment_term");
  }

  void check_target_group(const TargetGroup& group, const Path& path) {
    const Path members = path / "members";
    check_length(group.members.size(), most_entries, members);
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      check_element(group.members[i], members[i]);
      check_reference(group.members[i], customers_, Code::unknown_customer, members[i]);
    }
  }

  // Of every campaign, posted or not: fields, formats and ranges one by one.
  void check_campaign_syntax(const Campaign& campaign, const Path& path) {
    require(campaign.pricing_type, path / "pricing_type");
    require(campaign.date, path / "date");
    check_date(campaign.date, path / "date");
    check_date(campaign.valid_from, path / "valid_from");
    check_date(campaign.valid_until, path / "valid_until");
    check_text(campaign.currency, path / "currency", false);
    check_text(campaign.customer, path / "customer", false);
    check_text(campaign.target_group, path / "target_group", false);
    const Path lines = path / "lines";
    check_length(campaign.lines.size(), most_campaign_lines, lines);
    for (std::size_t i = 0; i < campaign.lines.size(); ++i) {
      const auto& line = campaign.lines[i];
      const Path place = lines[i];
      if (problems_.any_at(place)) continue;
      check_text(line.item, place / "item", true);
      check_text(line.unit, place / "unit", false);
      check_not_negative(line.quantity_min, place / "quantity_min");
      if (line.price) check_price_at(*line.price, place / "price");
      if (line.discount) check_percent(*line.discount, place / "discount");
    }
  }

  void check_campaign(const Campaign& campaign, const Path& path) {
    check_campaign_syntax(campaign, path);
    if (!campaign.posted) return;

    check_known_currency(campaign.currency, path / "currency");
    if (!problems_.any_at(path / "valid_from")) {
      check_window(campaign.valid_from ? campaign.valid_from : campaign.date, campaign.valid_until, path);
    }
    check_reference(campaign.customer, customers_, Code::unknown_customer, path / "customer");
    check_reference(campaign.target_group, target_groups_, Code::unknown_target_group, path / "target_group");
    if (campaign.code_required && trimmed(campaign.code).empty()) {
      problems_.add(Code::missing_field, path / "code", "A campaign that requires its code must have one.");
    }
    if (campaign.lines.empty() && !problems_.any_at(path / "lines")) {
      problems_.add(Code::no_lines, path / "lines", "A posted campaign needs a line.");
    }
    check_line_references(campaign.lines, line_items_.of(campaign), path / "lines");
    if (campaign.pricing_type) check_pricing_fields(campaign, *campaign.pricing_type, path);
  }

  void check_pricing_fields(const Campaign& campaign, PricingType type, const Path& path) {
    const bool set_price = type == PricingType::set_price;
    if (set_price && campaign.currency.empty()) {
      problems_.add(Code::missing_field, path / "currency", "A set price needs its currency.");
    }
    const auto only_set_price = [&](bool flag, std::string_view field) {
      if (flag && !set_price)
        problems_.add(Code::wrong_pricing_field, path / field, "Only a set_price campaign has it.");
    };
    only_set_price(campaign.force_price, "force_price");
    only_set_price(campaign.allow_customer_discount, "allow_customer_discount");
    const Path lines = path / "lines";
    for (std::size_t i = 0; i < campaign.lines.size(); ++i) {
      const auto& line = campaign.lines[i];
      const Path place = lines[i];
      if (problems_.any_at(place)) continue;
      const auto& wanted = set_price ? line.price : line.discount;
      const auto& other = set_price ? line.discount : line.price;
      require(wanted, place / (set_price ? "price" : "discount"));
      if (other) {
        problems_.add(Code::wrong_pricing_field, place / (set_price ? "discount" : "price"),
                      set_price ? "A set_price campaign has prices." : "A set_discount campaign has discounts.");
      }
    }
  }

  void check_payment_term(const PaymentTerm& term, const Path& path) {
    if (require(term.net_days, path / "net_days") && *term.net_days < 0) {
      problems_.add(Code::invalid_value, path / "net_days", "It must not be negative.");
    }
    if (term.grace_days < 0) problems_.add(Code::invalid_value, path / "grace_days", "It must not be negative.");
    const Path early = path / "early";
    check_length(term.early.size(), most_entries, early);
    for (std::size_t i = 0; i < term.early.size(); ++i) {
      const auto& tier = term.early[i];
      const Path place = early[i];
      if (problems_.any_at(place)) continue;
      if (require(tier.days, place / "days") && *tier.days < 0) {
        problems_.add(Code::invalid_value, place / "days", "It must not be negative.");
      }
      if (require(tier.discount, place / "discount")) check_percent(*tier.discount, place / "discount");
    }
    // from the last on, so that a tier out of order is still good to compare the next one with
    for (std::size_t i = term.early.size(); i-- > 1;) {
      check_tier_order(term.early[i - 1], early[i - 1], term.early[i], early[i]);
    }
  }

  // Of a tier and the one before it, as far as their values are good.
  void check_tier_order(const EarlyTier& before, const Path& path_before, const EarlyTier& tier, const Path& path) {
    const auto good = [&](std::string_view field) {
      const bool faulty_before = problems_.any_at(path_before) || problems_.any_at(path_before / field);
      return !faulty_before && !problems_.any_at(path) && !problems_.any_at(path / field);
    };
    if (good("days") && *tier.days <= *before.days) {
      problems_.add(Code::tiers_not_ordered, path / "days", "The days of the tiers must rise.");
    }
    if (good("discount") && *tier.discount >= *before.discount) {
      problems_.add(Code::tiers_not_ordered, path / "discount", "The discounts of the tiers must fall.");
    }
  }

  // What is known of an item, at the first of its number.
  struct KnownItem {
    bool known = false;           // its number is that of a good entry
    std::uint32_t last_list = 0;  // that named it, of `lists_`
  };

  const BookContent& content_;
  const LineItems& line_items_;
  std::vector<KnownItem> items_;
  std::uint32_t lists_ = 0;
  HashSet<std::string_view> customers_;
  HashSet<std::string_view> target_groups_;
  HashSet<std::string_view> payment_terms_;
};

}  // namespace

std::vector<Problem> problems_of(const BookContent& content, std::vector<Problem> found_earlier) {
  return problems_of(content, LineItems(content), std::move(found_earlier));
}

std::vector<Problem> problems_of(const BookContent& content, const LineItems& line_items,
                                 std::vector<Problem> found_earlier) {
  return Checker(content, line_items, std::move(found_earlier)).run();
}

}  // namespace rabatt
