#include "line_items.h"

#include <absl/hash/hash.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "directory.h"

namespace rabatt {
namespace {

std::size_t slots_for(std::size_t count) {
  std::size_t size = 4;
  while (size < count * 2) size *= 2;
  return size;
}

}  // namespace

LineItems::LineItems(const BookContent& content)
    : content_(content),
      seed_(absl::Hash<std::size_t>()(content.items.size())),  // another one in every process
      slots_(slots_for(content.items.size())),
      firsts_(content.items.size(), no_id) {
  enter_items();
  const auto add_size = [](std::size_t sum, const auto& list) { return sum + list.size(); };
  std::size_t count = 0;
  for (const auto& book : content.price_books) count = add_size(count, book.prices);
  for (const auto& campaign : content.campaigns) count = add_size(count, campaign.lines);
  ids_.reserve(count);
  begins_.reserve(content.price_books.size() + content.campaigns.size() + 1);
  begins_.push_back(0);
  for (const auto& book : content.price_books) look_up(book.prices);
  for (const auto& campaign : content.campaigns) look_up(campaign.lines);
}

void LineItems::enter_items() {
  const std::size_t mask = slots_.size() - 1;
  for (Id id = 0; id < content_.items.size(); ++id) {
    const std::string_view number = content_.items[id].item;
    if (number.empty()) continue;
    const auto hash = hash_of(number, seed_);
    const auto high = static_cast<std::uint32_t>(hash >> 32U);
    std::size_t at = hash & mask;
    const auto is_other = [&](const DirectorySlot& slot) {
      return slot.id != no_id && (slot.hash != high || content_.items[slot.id].item != number);
    };
    while (is_other(slots_[at])) at = (at + 1) & mask;
    if (slots_[at].id == no_id) slots_[at] = {high, id};
    firsts_[id] = slots_[at].id;
  }
}

// Some lines at a time, so that they wait for memory together.
template <class Line>
void LineItems::look_up(const std::vector<Line>& lines) {
  constexpr std::size_t most = 32;
  std::array<std::uint64_t, most> hashes{};
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t begin = 0; begin < lines.size(); begin += most) {
    const std::span some(lines.data() + begin, std::min(most, lines.size() - begin));
    for (std::size_t i = 0; i < some.size(); ++i) {
      hashes[i] = hash_of(some[i].item, seed_);
      __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    for (std::size_t i = 0; i < some.size(); ++i) {
      const Id likely = slots_[hashes[i] & mask].id;
      if (likely != no_id) __builtin_prefetch(&content_.items[likely].item);
    }
    for (std::size_t i = 0; i < some.size(); ++i) {
      const auto text_of = [&](Id id) { return std::string_view(content_.items[id].item); };
      ids_.push_back(find_hashed(Array<DirectorySlot>(slots_, nullptr), some[i].item, hashes[i], text_of));
    }
  }
  begins_.push_back(ids_.size());
}

}  // namespace rabatt
