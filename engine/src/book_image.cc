#include "book_image.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "large_arrays.h"

namespace rabatt {
namespace {

// The layout below, in book_records.h and in packed_content.cc, and what the compiler puts there: a change of any, also
// of how a price is derived, needs the next number.
constexpr std::uint32_t current_format = 1;
constexpr std::array<char, 8> magic = {'r', 'a', 'b', 'a', 't', 't', '\x1a', '\n'};
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::size_t page = PageGuard::page_size;
constexpr std::size_t alignment = 64;

struct Place {
  std::uint64_t offset;
  std::uint64_t size;
};

struct Header {
  std::array<char, 8> magic;
  std::uint32_t byte_order;
  std::uint32_t format;
  std::uint64_t image_size;
  std::uint64_t file_size;
  ImageTitle title;
  std::uint64_t sections;
  std::array<Place, BookImage::max_sections> places;
  std::uint64_t checksum_of_checksums;
  std::uint64_t checksum;  // of the whole first page, with 0 here
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) <= page);

std::uint64_t checksum_of(std::span<const std::byte> bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

constexpr std::size_t rounded_up(std::size_t size, std::size_t to) { return (size + to - 1) / to * to; }

std::size_t pages_after_header(std::size_t image_size) { return rounded_up(image_size, page) / page - 1; }

std::uint64_t header_checksum(std::span<const std::byte> first_page) {
  std::array<std::byte, page> copy;
  std::copy_n(first_page.begin(), page, copy.begin());
  const std::uint64_t none = 0;
  std::memcpy(copy.data() + offsetof(Header, checksum), &none, sizeof(none));
  return checksum_of(copy);
}

Header header_of(std::span<const std::byte> bytes) {
  Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  return header;
}

void write_header(const Header& header, std::byte* bytes) { std::memcpy(bytes, &header, sizeof(header)); }

// Aligned as a mapped file is.
struct Block {
  explicit Block(std::size_t size) : bytes(static_cast<std::byte*>(new_array(size, page))), size(size) {}
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() { free_array(bytes, size, page); }

  std::byte* bytes;
  std::size_t size;
};

[[noreturn]] void refuse_damaged(const std::string& name) { throw Error(Code::damaged_book, name); }

// The header of a file, once it is known to be as it was written.
Header checked_header(std::span<const std::byte> file, const std::string& name) {
  if (file.size() < sizeof(magic) || std::memcmp(file.data(), magic.data(), sizeof(magic)) != 0) {
    throw Error(Code::unknown_format, name);
  }
  if (file.size() < page) refuse_damaged(name);
  const Header header = header_of(file);
  // first of all: another format may have another header
  if (header.format != current_format || header.byte_order != byte_order) throw Error(Code::incompatible_book, name);
  if (header_checksum(file) != header.checksum || header.file_size != file.size()) refuse_damaged(name);
  return header;
}

}  // namespace

PageGuard::PageGuard(std::span<const std::byte> image, std::span<const std::uint64_t> checksums, std::string name)
    : image_(image),
      checksums_(checksums),
      checked_(std::make_unique<std::uint8_t[]>(checksums.size())),
      name_(std::move(name)) {}

void PageGuard::check(std::size_t index) const {
  const std::size_t begin = index * page;
  const auto bytes = image_.subspan(begin, std::min(page, image_.size() - begin));
  if (checksum_of(bytes) != checksums_[index]) refuse_damaged(name_);
  __atomic_store_n(&checked_[index], 1, __ATOMIC_RELAXED);
}

BookImage BookImage::of(const ImageTitle& title, const std::vector<std::span<const std::byte>>& sections) {
  Header header{};
  header.magic = magic;
  header.byte_order = byte_order;
  header.format = current_format;
  header.title = title;
  header.sections = sections.size();
  std::size_t size = page;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    header.places[i] = {size, sections[i].size()};
    size = rounded_up(size + sections[i].size(), alignment);
  }
  header.image_size = size;
  const auto block = std::make_shared<Block>(size);
  std::memset(block->bytes, 0, page);
  write_header(header, block->bytes);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    auto* begin = block->bytes + header.places[i].offset;
    auto* end = std::copy(sections[i].begin(), sections[i].end(), begin);
    std::fill(end, begin + rounded_up(sections[i].size(), alignment), std::byte{0});
  }
  BookImage image;
  image.bytes_ = {block->bytes, size};
  image.owner_ = block;
  return image;
}

std::vector<std::byte> BookImage::file() const {
  Header header = header_of(bytes_);
  const std::size_t checksums_at = rounded_up(bytes_.size(), alignment);
  const std::size_t pages = pages_after_header(bytes_.size());
  std::vector<std::byte> file(checksums_at + pages * sizeof(std::uint64_t));
  std::copy(bytes_.begin(), bytes_.end(), file.begin());
  for (std::size_t i = 0; i < pages; ++i) {
    const std::size_t begin = (i + 1) * page;
    const auto checksum = checksum_of(bytes_.subspan(begin, std::min(page, bytes_.size() - begin)));
    std::memcpy(file.data() + checksums_at + i * sizeof(checksum), &checksum, sizeof(checksum));
  }
  header.file_size = file.size();
  header.checksum_of_checksums = checksum_of(std::span(file).subspan(checksums_at));
  header.checksum = 0;
  write_header(header, file.data());
  header.checksum = checksum_of(std::span(file).first(page));
  write_header(header, file.data());
  return file;
}

BookImage BookImage::mapped(std::span<const std::byte> file, std::shared_ptr<const void> owner,
                            const std::string& name) {
  const Header header = checked_header(file, name);
  const auto checksums = file.subspan(rounded_up(header.image_size, alignment));
  if (checksum_of(checksums) != header.checksum_of_checksums) refuse_damaged(name);
  BookImage image;
  image.owner_ = std::move(owner);
  image.bytes_ = file.first(header.image_size);
  image.guard_ = std::make_unique<PageGuard>(
      image.bytes_.subspan(page),
      std::span(reinterpret_cast<const std::uint64_t*>(checksums.data()), checksums.size() / sizeof(std::uint64_t)),
      name);
  return image;
}

const ImageTitle& BookImage::title() const {
  return *reinterpret_cast<const ImageTitle*>(bytes_.data() + offsetof(Header, title));
}

std::span<const std::byte> BookImage::section(std::size_t index) const {
  const Header header = header_of(bytes_);
  if (index >= header.sections) return {};
  return bytes_.subspan(header.places[index].offset, header.places[index].size);
}

}  // namespace rabatt
