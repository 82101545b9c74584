// Ids: the numbers that a book gives to its items, customers, campaigns …, for those who price by the million.
//
//   BookIds ids(book);
//   ids.item("TEA")               // 0, say; unknown_id if the book has no such item
//   ids.campaign_number(17)       // "CMP-2026-03"
#pragma once

#include <cstdint>
#include <string_view>

#include "rabatt/book.h"

namespace rabatt {

// Dense, from 0; valid for books of the same hash.
using Id = std::uint32_t;
inline constexpr Id no_id = ~Id{0};          // not given, or none
inline constexpr Id unknown_id = no_id - 1;  // given, but not in the book

// The ids of a book's texts, and back. Each is unknown_id for a text that the book does not have, no_id for an empty
// one.
class BookIds {
 public:
  explicit BookIds(const Book& book) : book_(book) {}

  Id item(std::string_view item) const;
  Id unit(std::string_view unit) const;  // of any item
  Id currency(std::string_view code) const;
  Id customer(std::string_view customer) const;
  Id organisation(std::string_view organisation) const;  // unknown_id: no price book names it, which is no error
  Id campaign(std::string_view number) const;
  Id campaign_of_code(std::string_view code) const;

  // How many there are; ids count from 0.
  std::uint32_t items() const;
  std::uint32_t currencies() const;
  std::uint32_t campaigns() const;
  std::uint32_t price_books() const;
  std::string_view campaign_number(Id campaign) const;
  std::string_view price_book_number(Id price_book) const;

 private:
  Book book_;
};

}  // namespace rabatt
