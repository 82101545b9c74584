// BookDraft: the sections of a book while it is compiled.
#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "compiled_book.h"
#include "large_arrays.h"
#include "line_items.h"
#include "rabatt/text.h"

namespace rabatt {

// So many entries ahead, what lies anywhere in memory is asked for.
constexpr std::size_t read_ahead = 16;

// A line of a campaign or price book on its way to its item.
struct ItemLine {
  Id item;
  Id owner;
  TierRecord tier;
};

struct BookDraft : BookSections<Records> {
  std::uint64_t seed = 0;

  Text add(std::string_view text) {
    if (texts.size() + text.size() > no_id) throw Error(Code::limit_exceeded, "texts");
    const Text added{static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(text.size())};
    texts.insert(texts.end(), text.begin(), text.end());
    return added;
  }

  Number add(const Decimal& value) {
    const auto low = static_cast<std::int64_t>(value.mantissa());
    if (low == value.mantissa()) return {low, value.places(), 0};
    wide_mantissas.push_back(
        {static_cast<std::uint64_t>(value.mantissa()), static_cast<std::int64_t>(value.mantissa() >> 64U)});
    return {static_cast<std::int64_t>(wide_mantissas.size() - 1), value.places(), 1};
  }

  Decimal decimal(const Number& number) const {
    if (number.is_wide == 0) return Decimal::scaled(number.mantissa, number.places);
    return Decimal::scaled(wide_mantissas[static_cast<std::size_t>(number.mantissa)].value(), number.places);
  }

  std::string_view text(const Text& text) const { return {texts.data() + text.offset, text.size}; }

  // The id of a text in a directory that is complete; no_id if it is not there, or empty.
  template <class TextOf>
  Id id_in(const Records<DirectorySlot>& slots, std::string_view wanted, TextOf text_of) const {
    if (wanted.empty()) return no_id;
    return find(Array<DirectorySlot>(slots, nullptr), wanted, seed, [&](Id id) { return text(text_of(id)); });
  }
  Id item(std::string_view wanted) const {
    return id_in(item_slots, wanted, [&](Id id) { return items[id].item; });
  }
  Id customer(std::string_view wanted) const {
    return id_in(customer_slots, wanted, [&](Id id) { return customers[id].customer; });
  }
  Id currency(std::string_view wanted) const {
    return id_in(currency_slots, wanted, [&](Id id) { return currencies[id].code; });
  }

  // Index of a unit among its item's; no_id if the item does not have it.
  std::uint32_t unit_index(Id item, std::string_view unit) const {
    if (unit.empty()) return 0;
    const auto& range = items[item].units;
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (text(unit_names[units[at].name]) == unit) return at - range.begin;
    }
    return no_id;
  }

  template <class T>
  static Range append(const std::vector<T>& entries, Records<T>* list) {
    const auto begin = static_cast<std::uint32_t>(list->size());
    list->insert(list->end(), entries.begin(), entries.end());
    return {begin, static_cast<std::uint32_t>(list->size())};
  }
};

// Positions of `list` in the natural order of their numbers.
template <class T>
std::vector<std::size_t> natural_order(const std::vector<T>& list, std::string T::* number) {
  std::vector<std::size_t> order(list.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto is_less = [&](std::size_t a, std::size_t b) { return natural_less(list[a].*number, list[b].*number); };
  if (!std::is_sorted(order.begin(), order.end(), is_less)) std::sort(order.begin(), order.end(), is_less);
  return order;
}

inline Window window_of(const std::optional<Date>& from, const std::optional<Date>& until) {
  Window window;
  if (from) window.from = from->first_moment();
  if (until) window.until = until->last_moment();
  return window;
}

// Puts lines in the order of their items, those of an item staying as they come, which is by the rank of their owner;
// those of an owner in the order of an offering. Appends their tiers to `tiers` and shows each offering.
template <class Show>
void gather_offerings(const Records<ItemLine>& lines, const BookDraft& draft, Records<TierRecord>* tiers, Show show) {
  std::vector<std::uint32_t> ends(draft.items.size() + 1);
  for (const auto& line : lines) ++ends[line.item + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  Records<std::uint32_t> order(lines.size());
  for (std::uint32_t at = 0; at < lines.size(); ++at) order[ends[lines[at].item]++] = at;
  tiers->reserve(lines.size());
  for (std::size_t at = 0; at < order.size();) {
    __builtin_prefetch(&lines[order[std::min(at + read_ahead, order.size() - 1)]]);
    const auto& first = lines[order[at]];
    OfferingRecord offering{first.owner, {static_cast<std::uint32_t>(tiers->size()), 0}};
    for (; at < order.size() && lines[order[at]].item == first.item && lines[order[at]].owner == first.owner; ++at) {
      if (lines[order[at]].tier.unit != no_id) tiers->push_back(lines[order[at]].tier);
    }
    offering.tiers.end = static_cast<std::uint32_t>(tiers->size());
    std::sort(tiers->begin() + offering.tiers.begin, tiers->end(), [&](const TierRecord& a, const TierRecord& b) {
      if (a.unit != b.unit) return a.unit < b.unit;
      return draft.decimal(a.quantity_min) > draft.decimal(b.quantity_min);  // no two are the same
    });
    show(first.item, offering);
  }
}

inline void append_offering(const OfferingRecord& offering, Records<OfferingRecord>* list, Range* range) {
  if (range->size() == 0) range->begin = static_cast<std::uint32_t>(list->size());
  list->push_back(offering);
  range->end = static_cast<std::uint32_t>(list->size());
}

// Each fills in its part of the draft; what it needs of the others must be there.
void compile_price_books(const BookContent& content, const LineItems& line_items, const PolicyRules& rules,
                         BookDraft* draft);
void compile_campaigns(const BookContent& content, const LineItems& line_items, BookDraft* draft);

}  // namespace rabatt
