// Book: everything that prices, as one immutable value.
//
//   BookContent content;
//   content.items.push_back({.item = "TEA", .prices = {{"EUR", Decimal("12.00")}}});
//   Book book = Book::build(std::move(content));
//   Quote quote = price(book, request);
//
// A Book is cheap to copy (copies share one compiled book) and may be used by many threads at once. A book that
// builds can always be priced from.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/book_content.h"
#include "rabatt/error.h"

namespace rabatt {

struct CompiledBook;  // engine/src/compiled_book.h

class Book {
 public:
  // Checks everything and throws Errors with all problems at once, sorted by path. `found_earlier` are problems a
  // reader of the content has met already: they are reported along, and fields it could not read raise no others.
  static Book build(BookContent content, std::vector<Problem> found_earlier = {});

  // SHA-256 (64 hex digits) over a canonical form of the content: the order of entries, the spelling of decimals
  // and defaults left out or written do not matter. Every quote carries it.
  const std::string& hash() const noexcept;

  // What the book was built from, as it was given.
  BookContent content() const;

  // The book as the bytes of a book file: rules/include/rabatt/book_file.h writes and maps them.
  std::vector<std::byte> file() const;

  // A book in a file's bytes, which `owner` keeps alive, which must never change and which begin on a boundary of 16
  // bytes, as mappings and new memory do. Nothing is copied or parsed: the time does not depend on the size. The file's
  // header is checked at once, every other page of 4 KiB when it is first read; whatever reads a damaged page throws
  // damaged_book. Throws unknown_format (no book file), incompatible_book (of an older or newer program, or another
  // kind of machine), damaged_book (cut, or its header changed). `name` is the subject of all these errors.
  //
  // The checksums find accidents, not forgeries: a file that was made to do harm may do it.
  static Book mapped(std::span<const std::byte> file, std::shared_ptr<const void> owner, const std::string& name = {});

  // Checks all pages; throws damaged_book.
  void verify() const;

  // The steps that amounts and unit prices of a currency are rounded to, both given; nothing for a currency that
  // neither the policy nor ISO 4217 has.
  std::optional<CurrencySteps> steps_of(std::string_view currency) const;

  const CompiledBook& compiled() const noexcept { return *compiled_; }

 private:
  explicit Book(std::shared_ptr<const CompiledBook> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const CompiledBook> compiled_;
};

// All problems of a book's content, sorted by path; empty if it can be built.
std::vector<Problem> problems_of(const BookContent& content, std::vector<Problem> found_earlier = {});

}  // namespace rabatt
