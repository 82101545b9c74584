// BookImage: a compiled book as one block of memory without pointers, in memory or mapped from a file.
//
//   header   one page: magic, format, sizes, the book's hash, where each section lies, a checksum of all that
//   sections arrays of plain records, each on a boundary of 64 bytes, zeros between them
//   checksums of the pages after the header (in files only)
//
// An image that was built in this process is trusted. Of one that was mapped, opening looks at the header and the
// checksums alone; every other page is checked when it is first read, so that opening takes no time and nothing
// is ever priced from a damaged page.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rabatt/error.h"

namespace rabatt {

struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
};

// Which pages of a mapped image have been compared with their checksums.
class PageGuard {
 public:
  static constexpr std::size_t page_size = 4096;

  // `image` are whole pages but for the last; `checksums` has one for each. `name` is the subject of errors.
  PageGuard(std::span<const std::byte> image, std::span<const std::uint64_t> checksums, std::string name);

  // Throws damaged_book unless the pages of these bytes of the image are as they were written.
  void require(const void* begin, std::size_t size) const {
    if (size == 0) return;
    const auto first = static_cast<std::size_t>(static_cast<const std::byte*>(begin) - image_.data());
    for (std::size_t page = first / page_size; page <= (first + size - 1) / page_size; ++page) {
      // Threads may check a page twice; that they see it as checked only after it was is all that matters. (A
      // builtin: the engine has no other use for atomics, and starts no threads.)
      if (__atomic_load_n(&checked_[page], __ATOMIC_RELAXED) == 0) check(page);
    }
  }

  void require_all() const { require(image_.data(), image_.size()); }

 private:
  void check(std::size_t page) const;

  std::span<const std::byte> image_;
  std::span<const std::uint64_t> checksums_;
  std::unique_ptr<std::uint8_t[]> checked_;
  std::string name_;
};

// The records of one section.
template <class T>
class Array {
 public:
  Array() = default;
  Array(std::span<const T> records, const PageGuard* guard) : records_(records), guard_(guard) {}

  std::uint32_t size() const { return static_cast<std::uint32_t>(records_.size()); }

  const T& operator[](std::size_t index) const {
    if (guard_) guard_->require(&records_[index], sizeof(T));
    return records_[index];
  }

  std::span<const T> of(Range range) const {
    const auto records = records_.subspan(range.begin, range.size());
    if (guard_) guard_->require(records.data(), records.size_bytes());
    return records;
  }

  std::span<const T> all() const { return of({0, size()}); }

  // Where the records are, for who does not read them.
  std::span<const T> unread() const { return records_; }

 private:
  std::span<const T> records_;
  const PageGuard* guard_ = nullptr;
};

// What the header says of the book as a whole.
struct ImageTitle {
  std::array<std::byte, 32> hash{};  // SHA-256 of the content
};

class BookImage {
 public:
  static constexpr std::size_t max_sections = 64;

  BookImage() = default;

  // An image of sections.
  static BookImage of(const ImageTitle& title, const std::vector<std::span<const std::byte>>& sections);

  // A file's bytes, as Book::mapped() takes them.
  static BookImage mapped(std::span<const std::byte> file, std::shared_ptr<const void> owner, const std::string& name);

  // The bytes of a file: the image with its checksums.
  std::vector<std::byte> file() const;

  const ImageTitle& title() const;

  // Section `index`; empty if there are not so many.
  std::span<const std::byte> section(std::size_t index) const;

  // Null for an image that was built in this process.
  const PageGuard* guard() const { return guard_.get(); }

 private:
  std::shared_ptr<const void> owner_;
  std::span<const std::byte> bytes_;
  std::unique_ptr<const PageGuard> guard_;
};

}  // namespace rabatt
