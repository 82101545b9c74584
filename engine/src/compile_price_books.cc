// Price books, numbered in the natural order of their numbers, and what each has for which item. Generic books lie
// with their items; those of accounts and organisations are found by book and item.

#include "book_draft.h"
#include "derived_price.h"
#include "rabatt/hash_map.h"

namespace rabatt {
namespace {

class PriceBookCompiler {
 public:
  PriceBookCompiler(const BookContent& content, const LineItems& line_items, const PolicyRules& rules, BookDraft* draft)
      : content_(content), line_items_(line_items), rules_(rules), draft_(*draft) {}

  void run() {
    order_ = natural_order(content_.price_books, &PriceBook::price_book);
    for (const auto position : order_) draft_.price_books.push_back(record_of(content_.price_books[position]));
    rank_by_preference();
    compile_accounts();
    compile_organisations();
    compile_lines();
  }

 private:
  const PriceBook& content(Id id) const { return content_.price_books[order_[id]]; }

  PriceBookRecord record_of(const PriceBook& book) {
    PriceBookRecord record;
    record.price_book = draft_.add(book.price_book);
    record.window = Moments::of(window_of(book.valid_from, book.valid_until));
    record.currency = draft_.currency(book.currency);
    record.active = book.active ? 1 : 0;
    record.type = static_cast<Byte>(book.type);
    record.override_customer_prices = book.override_customer_prices ? 1 : 0;
    record.discount = draft_.add(book.discount);
    return record;
  }

  // Latest valid_from first (blank is earliest), then the higher number.
  void rank_by_preference() {
    preferred_.resize(draft_.price_books.size());
    std::iota(preferred_.begin(), preferred_.end(), Id{0});
    std::sort(preferred_.begin(), preferred_.end(), [&](Id a, Id b) {
      const auto& books = draft_.price_books;
      return std::pair(books[a].window.from, a) > std::pair(books[b].window.from, b);
    });
  }

  void compile_accounts() {
    std::vector<std::vector<Id>> books_of(draft_.customers.size());
    for (const Id id : preferred_) {
      const auto& book = content(id);
      if (!book.active || book.type != PriceBookType::account) continue;
      for (const auto& account : book.accounts) books_of[draft_.customer(account)].push_back(id);
    }
    for (Id customer = 0; customer < draft_.customers.size(); ++customer) {
      draft_.customers[customer].account_books = BookDraft::append(books_of[customer], &draft_.customer_account_books);
    }
  }

  void compile_organisations() {
    HashMap<std::string_view, Id> ids;
    std::vector<std::vector<Id>> books_of;
    for (const Id id : preferred_) {
      const auto& book = content(id);
      if (!book.active || book.type != PriceBookType::organisation) continue;
      for (const auto& organisation : book.organisations) {
        const auto [entry, added] = ids.try_emplace(organisation, static_cast<Id>(books_of.size()));
        if (added) {
          books_of.emplace_back();
          draft_.organisations.push_back({draft_.add(organisation), {}});
        }
        books_of[entry->second].push_back(id);
      }
    }
    for (Id id = 0; id < books_of.size(); ++id) {
      draft_.organisations[id].price_books = BookDraft::append(books_of[id], &draft_.organisation_books);
    }
    for (Id customer = 0; customer < draft_.customers.size(); ++customer) {
      const auto found = ids.find(content_.customers[customer].organisation);
      if (found != ids.end()) draft_.customers[customer].organisation = found->second;
    }
    draft_.organisation_slots = directory_of(static_cast<std::uint32_t>(draft_.organisations.size()), draft_.seed,
                                             [&](Id id) { return draft_.text(draft_.organisations[id].organisation); });
  }

  const ItemPriceRecord* item_price(Id item, Id currency) const {
    const auto& prices = draft_.items[item].prices;
    for (auto at = prices.begin; at < prices.end; ++at) {
      if (draft_.item_prices[at].currency == currency) return &draft_.item_prices[at];
    }
    return nullptr;
  }

  // Of a line without a price; false if its item has none in the book's currency.
  bool derive(Id id, Id item, TierRecord* tier) {
    const auto& book = draft_.price_books[id];
    const auto* price = item_price(item, book.currency);
    if (!price) return false;
    const auto& unit = draft_.units[draft_.items[item].units.begin + tier->unit];
    const auto derived =
        derived_price(draft_.decimal(price->price), draft_.decimal(unit.factor), draft_.decimal(book.discount),
                      rules_.rounder, draft_.decimal(draft_.currencies[book.currency].unit_step));
    tier->rounded = derived.rounded ? 1 : 0;
    if (const auto value = derived.price.narrowed()) {
      tier->value = draft_.add(*value);
    } else {
      tier->derived = 1;
    }
    return true;
  }

  void compile_lines() {
    Records<ItemLine> lines;
    lines.reserve(line_items_.price_lines());
    for (const Id id : preferred_) {
      if (draft_.price_books[id].active == 0) continue;
      const auto items = line_items_.of(content(id));
      for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& line = content(id).prices[i];
        const Id item = items[i];
        TierRecord tier;
        tier.unit = draft_.unit_index(item, line.unit);
        tier.quantity_min = draft_.add(line.quantity_min);
        if (line.price) {
          tier.value = draft_.add(*line.price);
        } else if (!derive(id, item, &tier)) {
          continue;
        }
        if (tier.derived == 0 && tier.value.is_wide == 0 && tier.value.mantissa == 0)
          draft_.items[item].may_cost_nothing = 1;
        lines.push_back({item, id, tier});
      }
    }
    Records<std::pair<Id, OfferingRecord>> customer_offerings;
    gather_offerings(lines, draft_, &draft_.price_tiers, [&](Id item, const OfferingRecord& offering) {
      if (content(offering.owner).type == PriceBookType::generic) {
        append_offering(offering, &draft_.generic_offerings, &draft_.items[item].generic_price_books);
      } else {
        customer_offerings.emplace_back(item, offering);
      }
    });
    index(customer_offerings);
  }

  void index(const Records<std::pair<Id, OfferingRecord>>& offerings) {
    if (offerings.empty()) return;
    std::size_t size = 4;
    while (size < offerings.size() * 3 / 2) size *= 2;
    draft_.customer_prices.resize(size);
    draft_.customer_price_tiers.resize(size);
    draft_.customer_price_filter.resize(std::max<std::size_t>(1, size / 8));
    const auto slot_of = [&](const std::pair<Id, OfferingRecord>& entry) {
      return pair_hash(entry.second.owner, entry.first) & (size - 1);
    };
    for (std::size_t i = 0; i < offerings.size(); ++i) {
      const auto later = slot_of(offerings[std::min(i + read_ahead, offerings.size() - 1)]);
      __builtin_prefetch(&draft_.customer_prices[later], 1);
      __builtin_prefetch(&draft_.customer_price_tiers[later], 1);
      const auto& [item, offering] = offerings[i];
      const auto hash = pair_hash(offering.owner, item);
      std::size_t at = hash & (size - 1);
      while (draft_.customer_prices[at].price_book != no_id) at = (at + 1) & (size - 1);
      draft_.customer_prices[at] = {offering.owner, item, CustomerPriceSlot::none};
      draft_.customer_price_tiers[at] = offering.tiers;
      draft_.customer_price_filter[hash & (draft_.customer_price_filter.size() - 1)] |= pair_filter(hash);
    }
  }

  const BookContent& content_;
  const LineItems& line_items_;
  const PolicyRules& rules_;
  BookDraft& draft_;
  std::vector<std::size_t> order_;  // position in the content, by id
  std::vector<Id> preferred_;       // ids by falling preference
};

}  // namespace

void compile_price_books(const BookContent& content, const LineItems& line_items, const PolicyRules& rules,
                         BookDraft* draft) {
  PriceBookCompiler(content, line_items, rules, draft).run();
}

}  // namespace rabatt
