// LineItems: which item each line of the price books and campaigns names. Looked up once, for checking, hashing and
// compiling: with a million lines, finding an item's number in memory is what building a book mostly waits for.
#pragma once

#include <span>
#include <vector>

#include "book_records.h"
#include "rabatt/book_content.h"

namespace rabatt {

class LineItems {
 public:
  // `content` may have problems; it stays where it is.
  explicit LineItems(const BookContent& content);

  // Of each line, the position of the first item with the number that it names; no_id: there is none, or the line
  // names none. `book` and `campaign` are those in the content.
  std::span<const Id> of(const PriceBook& book) const {
    return ids_of(static_cast<std::size_t>(&book - content_.price_books.data()));
  }
  std::span<const Id> of(const Campaign& campaign) const {
    return ids_of(content_.price_books.size() + static_cast<std::size_t>(&campaign - content_.campaigns.data()));
  }

  std::size_t price_lines() const { return begins_[content_.price_books.size()]; }
  std::size_t campaign_lines() const { return ids_.size() - price_lines(); }

  // The position of the first item with the number of this one; no_id without a number.
  Id first_of(std::size_t item) const { return firsts_[item]; }

 private:
  void enter_items();
  template <class Line>
  void look_up(const std::vector<Line>& lines);
  std::span<const Id> ids_of(std::size_t list) const {
    return std::span(ids_).subspan(begins_[list], begins_[list + 1] - begins_[list]);
  }

  const BookContent& content_;
  std::uint64_t seed_;
  std::vector<DirectorySlot> slots_;
  std::vector<Id> firsts_;
  std::vector<Id> ids_;
  std::vector<std::size_t> begins_;  // in `ids_`: of each price book, each campaign, and the end
};

}  // namespace rabatt
