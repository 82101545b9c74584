// Directory: the id of a text, as an open-addressing table of hashes and ids.
//
// The texts themselves are where the ids point to. The hash is seeded with the book's own hash, so that nobody can
// choose names that collide.
#pragma once

#include <string_view>

#include "book_records.h"
#include "large_arrays.h"

namespace rabatt {

std::uint64_t hash_of(std::string_view text, std::uint64_t seed);

// The slots of a directory of `count` texts, of which `text_of(id)` is each; of equal texts the first counts.
template <class TextOf>
Records<DirectorySlot> directory_of(std::uint32_t count, std::uint64_t seed, TextOf text_of) {
  std::size_t size = 4;
  while (size < std::size_t{count} * 2) size *= 2;
  Records<DirectorySlot> slots(count == 0 ? 0 : size);
  for (Id id = 0; id < count; ++id) {
    const auto hash = hash_of(text_of(id), seed);
    for (std::size_t at = hash & (size - 1);; at = (at + 1) & (size - 1)) {
      if (slots[at].id == no_id) {
        slots[at] = {static_cast<std::uint32_t>(hash >> 32U), id};
        break;
      }
      if (slots[at].hash == static_cast<std::uint32_t>(hash >> 32U) && text_of(slots[at].id) == text_of(id)) break;
    }
  }
  return slots;
}

// The id of `text`, which has this hash, or no_id.
template <class TextOf>
Id find_hashed(const Array<DirectorySlot>& slots, std::string_view text, std::uint64_t hash, TextOf text_of) {
  if (slots.size() == 0) return no_id;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const auto& slot = slots[at];
    if (slot.id == no_id) return no_id;
    if (slot.hash == static_cast<std::uint32_t>(hash >> 32U) && text_of(slot.id) == text) return slot.id;
  }
}

// The id of `text`, or no_id.
template <class TextOf>
Id find(const Array<DirectorySlot>& slots, std::string_view text, std::uint64_t seed, TextOf text_of) {
  return slots.size() == 0 ? no_id : find_hashed(slots, text, hash_of(text, seed), text_of);
}

}  // namespace rabatt
