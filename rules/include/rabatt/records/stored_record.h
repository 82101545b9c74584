// StoredRecord: what every record has, and what a record says of itself as a whole.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "rabatt/records/field_types.h"

namespace rabatt {

// The stamps of a record. The store writes them.
struct StoredRecord {
  StoredRecord() = default;
  StoredRecord(const StoredRecord&) = default;
  StoredRecord(StoredRecord&&) = default;
  StoredRecord& operator=(const StoredRecord&) = default;
  StoredRecord& operator=(StoredRecord&&) = default;
  virtual ~StoredRecord() = default;

  std::int64_t id = 0;        // within its kind, never given twice; 0: not stored yet
  std::int64_t revision = 0;  // 1 when it was added; a save names the one that it read
  Instant created_at{};
  std::string created_by;  // initials
  Instant changed_at{};
  std::string changed_by;
};

// What people may do to records of a kind, besides the verbs that are made for it.
enum class ByHand {
  all,         // add, save and remove
  no_removal,  // add and save: what is removed could be had anew, as if nothing had been said
  nothing,     // only verbs write them
};

// What a record's struct declares as `traits`.
struct RecordTraits {
  std::string_view name;         // its table, its log, its command: "price_book"
  std::string_view plural;       // its face in Python: "price_books"
  bool versioned = false;        // it prices: each revision is kept, so that any past moment can be published
  std::string_view parent = {};  // the field that names the record it lives and dies with
  std::string_view sort = {};    // the field that lists are sorted by; otherwise the first of number, code, name
  // What lists of many are mostly searched and sorted by: an index has these columns and no others, so that there is
  // little to look through. At most three of them are texts: databases bound the size of an entry.
  std::span<const std::string_view> listed = {};
  ByHand by_hand = ByHand::all;
  bool own_rights = false;  // although it has a parent, by whose permissions others go
};

}  // namespace rabatt
