// BookContent → CompiledBook: dense ids, offerings by item, windows, preference orders.

#include <algorithm>
#include <numeric>

#include "compiled_book.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

// A line of a campaign or price book on its way to its item.
struct ItemLine {
  Id item;
  Id owner;
  Tier tier;
};

// By item, then by the rank of the owner, then as Offering orders its tiers.
template <class Rank>
void sort_lines(std::vector<ItemLine>* lines, Rank rank) {
  std::stable_sort(lines->begin(), lines->end(), [&](const ItemLine& a, const ItemLine& b) {
    if (a.item != b.item) return a.item < b.item;
    if (a.owner != b.owner) return rank(a.owner) < rank(b.owner);
    if (a.tier.unit != b.tier.unit) return a.tier.unit < b.tier.unit;
    return a.tier.quantity_min > b.tier.quantity_min;
  });
}

class Compiler {
 public:
  Compiler(BookContent content, std::string hash) : book_(std::make_shared<CompiledBook>()) {
    book_->content = std::move(content);
    book_->hash = std::move(hash);
    book_->rounder = Rounder(book_->content.policy);
  }

  std::shared_ptr<const CompiledBook> run() {
    compile_currencies();
    compile_items();
    compile_payment_terms();
    compile_customers();
    compile_target_groups();
    compile_price_books();
    compile_campaigns();
    return book_;
  }

 private:
  const BookContent& content() const { return book_->content; }

  void compile_currencies() {
    for (const auto code : currency_codes()) add_currency(code);
    for (const auto& [code, steps] : content().policy.currencies) add_currency(code);
  }

  void add_currency(std::string_view code) {
    const auto [entry, added] = book_->currency_ids.try_emplace(code, static_cast<Id>(book_->currencies.size()));
    if (added) book_->currencies.push_back(*currency_rules(content().policy, code));
  }

  void compile_items() {
    book_->items.reserve(content().items.size());
    for (const auto& item : content().items) {
      book_->item_ids.emplace(item.item, static_cast<Id>(book_->items.size()));
      auto& compiled = book_->items.emplace_back();
      compiled.discountable = item.discountable;
      compiled.units.begin = static_cast<std::uint32_t>(book_->units.size());
      book_->units.push_back({item.unit, Decimal(1)});
      for (const auto& [unit, factor] : item.units) book_->units.push_back({unit, factor});
      compiled.units.end = static_cast<std::uint32_t>(book_->units.size());
      compiled.prices.begin = static_cast<std::uint32_t>(book_->item_prices.size());
      for (const auto& [currency, price] : item.prices) {
        book_->item_prices.push_back({find(book_->currency_ids, currency), price});
      }
      compiled.prices.end = static_cast<std::uint32_t>(book_->item_prices.size());
    }
  }

  // Index of a unit among its item's; nothing if the item does not have it (in drafts only).
  std::optional<std::uint32_t> unit_index(Id item, std::string_view unit) const {
    if (unit.empty()) return 0;
    const auto units = book_->items[item].units.of(book_->units);
    const auto found =
        std::find_if(units.begin(), units.end(), [&](const UnitRule& rule) { return rule.name == unit; });
    if (found == units.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - units.begin());
  }

  void compile_payment_terms() {
    for (const auto& term : content().payment_terms) {
      book_->payment_term_ids.emplace(term.payment_term, static_cast<Id>(book_->payment_term_ids.size()));
    }
  }

  void compile_customers() {
    for (const auto& customer : content().customers) {
      book_->customer_ids.emplace(customer.customer, static_cast<Id>(book_->customers.size()));
      book_->customers.push_back({&customer, find(book_->payment_term_ids, customer.payment_term), {}, {}});
    }
  }

  void compile_target_groups() {
    std::vector<std::vector<Id>> groups_of(book_->customers.size());
    for (Id group = 0; group < content().target_groups.size(); ++group) {
      target_group_ids_.emplace(content().target_groups[group].target_group, group);
      for (const auto& member : content().target_groups[group].members) {
        groups_of[find(book_->customer_ids, member)].push_back(group);
      }
    }
    for (Id customer = 0; customer < book_->customers.size(); ++customer) {
      book_->customers[customer].target_groups = append(groups_of[customer], &book_->customer_target_groups);
    }
  }

  static Range append(const std::vector<Id>& ids, std::vector<Id>* list) {
    const auto begin = static_cast<std::uint32_t>(list->size());
    list->insert(list->end(), ids.begin(), ids.end());
    return {begin, static_cast<std::uint32_t>(list->size())};
  }

  static Window window_of(const std::optional<Date>& from, const std::optional<Date>& until) {
    Window window;
    if (from) window.from = from->first_moment();
    if (until) window.until = until->last_moment();
    return window;
  }

  // Positions of `list` in the natural order of their numbers.
  template <class T>
  static std::vector<std::size_t> natural_order(const std::vector<T>& list, std::string T::* number) {
    std::vector<std::size_t> order(list.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return natural_less(list[a].*number, list[b].*number); });
    return order;
  }

  // ---- price books ----

  void compile_price_books() {
    for (const auto position : natural_order(content().price_books, &PriceBook::price_book)) {
      const auto& book = content().price_books[position];
      book_->price_books.push_back(
          {&book, window_of(book.valid_from, book.valid_until), find(book_->currency_ids, book.currency)});
    }
    compile_preferences();
    compile_customer_books();
    compile_price_lines();
  }

  // The rank of each price book: latest valid_from first (blank is earliest), then the higher number.
  void compile_preferences() {
    const auto count = book_->price_books.size();
    preferred_.resize(count);
    std::iota(preferred_.begin(), preferred_.end(), Id{0});
    std::sort(preferred_.begin(), preferred_.end(), [&](Id a, Id b) {
      const auto& books = book_->price_books;
      return std::pair(books[a].window.from, a) > std::pair(books[b].window.from, b);
    });
    preference_.resize(count);
    for (Id rank = 0; rank < count; ++rank) preference_[preferred_[rank]] = rank;
  }

  void compile_customer_books() {
    std::vector<std::vector<Id>> books_of(book_->customers.size());
    for (const Id id : preferred_) {
      const auto& book = *book_->price_books[id].content;
      if (!book.active) continue;
      if (book.type == PriceBookType::account) {
        for (const auto& account : book.accounts) books_of[find(book_->customer_ids, account)].push_back(id);
      } else if (book.type == PriceBookType::organisation) {
        for (const auto& organisation : book.organisations) book_->organisation_books[organisation].push_back(id);
      }
    }
    for (Id customer = 0; customer < book_->customers.size(); ++customer) {
      book_->customers[customer].account_books = append(books_of[customer], &book_->customer_account_books);
    }
  }

  // The price of a price book's line; nothing if it has none and its item has none in the currency.
  std::optional<Tier> price_tier(const CompiledPriceBook& book, Id item, const PriceBookLine& line) const {
    const auto unit = *unit_index(item, line.unit);
    if (line.price) return Tier{unit, line.quantity_min, *line.price};
    const auto prices = book_->items[item].prices.of(book_->item_prices);
    const auto found = std::find_if(prices.begin(), prices.end(),
                                    [&](const ItemPrice& price) { return price.currency == book.currency; });
    if (found == prices.end()) return std::nullopt;
    const Exact price = Exact(found->price) * book_->items[item].units.of(book_->units)[unit].factor;
    if (book.content->discount.is_zero()) return Tier{unit, line.quantity_min, price};
    const Exact reduced = price * Exact(Decimal(100) - book.content->discount) * Exact(Decimal::scaled(1, 2));
    const Exact rounded = book_->rounder.round(reduced, book_->currencies[book.currency].unit_step);
    return Tier{unit, line.quantity_min, rounded, rounded != reduced};
  }

  void compile_price_lines() {
    std::vector<ItemLine> lines;
    for (Id id = 0; id < book_->price_books.size(); ++id) {
      const auto& book = book_->price_books[id];
      if (!book.content->active) continue;
      for (const auto& line : book.content->prices) {
        const Id item = find(book_->item_ids, line.item);
        if (auto tier = price_tier(book, item, line)) lines.push_back({item, id, std::move(*tier)});
      }
    }
    sort_lines(&lines, [&](Id id) { return preference_[id]; });
    for_each_offering(&lines, &book_->price_tiers, [&](Id item, const Offering& offering) {
      if (book_->price_books[offering.owner].content->type != PriceBookType::generic) {
        book_->customer_tiers.emplace(CompiledBook::pair(offering.owner, item), offering.tiers);
        return;
      }
      append_offering(offering, &book_->generic_offerings, &book_->items[item].generic_price_books);
    });
  }

  static void append_offering(const Offering& offering, std::vector<Offering>* list, Range* range) {
    if (range->begin == range->end) range->begin = static_cast<std::uint32_t>(list->size());
    list->push_back(offering);
    range->end = static_cast<std::uint32_t>(list->size());
  }

  // Moves sorted lines into `tiers`, and shows each run of one item and owner.
  template <class Show>
  static void for_each_offering(std::vector<ItemLine>* lines, std::vector<Tier>* tiers, Show show) {
    tiers->reserve(lines->size());
    for (std::size_t at = 0; at < lines->size();) {
      const Id item = (*lines)[at].item;
      Offering offering{(*lines)[at].owner, {static_cast<std::uint32_t>(tiers->size()), 0}};
      for (; at < lines->size() && (*lines)[at].item == item && (*lines)[at].owner == offering.owner; ++at) {
        if ((*lines)[at].tier.unit != no_id) tiers->push_back(std::move((*lines)[at].tier));
      }
      offering.tiers.end = static_cast<std::uint32_t>(tiers->size());
      show(item, offering);
    }
  }

  // ---- campaigns ----

  void compile_campaigns() {
    std::vector<ItemLine> lines;
    for (const auto position : natural_order(content().campaigns, &Campaign::campaign)) {
      const auto& campaign = content().campaigns[position];
      const auto id = static_cast<Id>(book_->campaigns.size());
      book_->campaign_ids.emplace(campaign.campaign, id);
      if (auto code = folded_code(campaign.code); !code.empty()) book_->code_ids.emplace(std::move(code), id);
      book_->campaigns.push_back(
          {&campaign, window_of(campaign.valid_from ? campaign.valid_from : campaign.date, campaign.valid_until),
           find(book_->currency_ids, campaign.currency), find(book_->customer_ids, campaign.customer),
           find(target_group_ids_, campaign.target_group)});
      add_campaign_lines(campaign, id, &lines);
    }
    sort_lines(&lines, [](Id id) { return id; });
    for_each_offering(&lines, &book_->campaign_tiers, [&](Id item, const Offering& offering) {
      append_offering(offering, &book_->campaign_offerings, &book_->items[item].campaigns);
    });
    index_live_campaigns();
  }

  void add_campaign_lines(const Campaign& campaign, Id id, std::vector<ItemLine>* lines) const {
    for (const auto& line : campaign.lines) {
      const Id item = find(book_->item_ids, line.item);
      if (item == no_id) continue;  // a draft may list what is no item yet
      // a draft's unknown unit keeps the campaign among those that list the item, with nothing to offer
      const auto unit = unit_index(item, line.unit).value_or(no_id);
      const auto& value = line.price ? line.price : line.discount;
      lines->push_back({item, id, Tier{unit, line.quantity_min, value.value_or(Decimal())}});
    }
  }

  void index_live_campaigns() {
    for (auto& item : book_->items) {
      std::vector<ValidityIndex::Entry> entries;
      for (auto at = item.campaigns.begin; at < item.campaigns.end; ++at) {
        const auto& campaign = book_->campaigns[book_->campaign_offerings[at].owner];
        const bool finished = campaign.content->status == CampaignStatus::completed ||
                              campaign.content->status == CampaignStatus::cancelled;
        if (campaign.content->posted && campaign.content->active && !finished) entries.push_back({campaign.window, at});
      }
      item.live_campaigns = ValidityIndex(std::move(entries));
    }
  }

  std::shared_ptr<CompiledBook> book_;
  Directory target_group_ids_;
  std::vector<Id> preferred_;   // price books by falling preference
  std::vector<Id> preference_;  // the rank of each
};

}  // namespace

std::shared_ptr<const CompiledBook> compile(BookContent content, std::string hash) {
  return Compiler(std::move(content), std::move(hash)).run();
}

}  // namespace rabatt
