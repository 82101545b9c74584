#include "arrow_values.h"

#include <cstring>

namespace rabatt {
namespace {

template <class T>
T read(const void* from) {
  T value{};
  std::memcpy(&value, from, sizeof(value));  // not all producers align
  return value;
}

constexpr std::int64_t most_rows = std::int64_t{1} << 48U;  // offset + length, in bits and bytes, stay far below 2^63

}  // namespace

void ArrowValues::refuse() const { throw Error(Code::invalid_value, column_); }

ArrowValues::ArrowValues(const ArrowArray& array, const ArrowType& type, std::size_t first, std::size_t count,
                         std::string_view column)
    : type_(type), column_(column), count_(count) {
  const bool counts = array.offset >= 0 && array.offset < most_rows && array.length >= 0 && array.length < most_rows;
  if (!counts || first + count > static_cast<std::size_t>(array.length)) refuse();
  if (array.n_buffers < type.buffers() || (type.buffers() > 0 && !array.buffers)) refuse();
  offset_ = static_cast<std::size_t>(array.offset) + first;
  if (type.kind == ArrowType::null) return;
  if (array.null_count != 0) valid_ = {static_cast<const std::uint8_t*>(array.buffers[0]), offset_};
  data_ = array.buffers[1];
  if (!data_ && count > 0) refuse();
  if (type.kind == ArrowType::text) bytes_ = static_cast<const char*>(array.buffers[2]);
  if (type.kind == ArrowType::view) {
    parts_ = array.buffers + 2;
    part_count_ = static_cast<std::size_t>(array.n_buffers) - 3;
    part_sizes_ = static_cast<const std::int64_t*>(array.buffers[array.n_buffers - 1]);
    if (!part_sizes_ && part_count_ > 0) refuse();
  }
}

bool ArrowValues::flag(std::size_t row) const {
  return Validity{static_cast<const std::uint8_t*>(data_), offset_}[row];
}

Int128 ArrowValues::integer(std::size_t row) const {
  const void* value = at(row);
  switch (type_.bytes) {
    case 1: return type_.is_signed ? Int128{read<std::int8_t>(value)} : Int128{read<std::uint8_t>(value)};
    case 2: return type_.is_signed ? Int128{read<std::int16_t>(value)} : Int128{read<std::uint16_t>(value)};
    case 4: return type_.is_signed ? Int128{read<std::int32_t>(value)} : Int128{read<std::uint32_t>(value)};
    case 8: return type_.is_signed ? Int128{read<std::int64_t>(value)} : Int128{read<std::uint64_t>(value)};
    default: return read<Int128>(value);
  }
}

std::string_view ArrowValues::text(std::size_t row) const {
  return type_.kind == ArrowType::view ? view_text(row) : offset_text(row);
}

std::string_view ArrowValues::any_text(std::size_t row, std::string* room) const {
  if (type_.is_text()) return text(row);
  *room = Decimal::scaled(integer(row), 0).text();
  return *room;
}

std::vector<std::string_view> ArrowValues::memory() const {
  if (count_ == 0 || type_.kind == ArrowType::null) return {};
  std::vector<std::string_view> memory;
  const auto add = [&](const void* from, std::size_t size) {
    memory.emplace_back(static_cast<const char*>(from), size);
  };
  const auto size = static_cast<std::size_t>(type_.bytes);
  if (valid_.bits) {
    const std::size_t shift = valid_.offset % 8;
    add(valid_.bits + valid_.offset / 8, (shift + count_ + 7) / 8);
    add(&"01234567"[shift], 1);
  }
  add(at(0), size * (type_.kind == ArrowType::text ? count_ + 1 : count_));
  if (type_.kind == ArrowType::text) {
    const auto begin = offset_at(0);
    const auto end = offset_at(count_);
    if (begin < 0 || end < begin || (end > begin && !bytes_)) refuse();
    if (end > begin) add(bytes_ + begin, static_cast<std::size_t>(end - begin));
  }
  for (std::size_t part = 0; part < part_count_; ++part) {
    const auto part_size = read<std::int64_t>(part_sizes_ + part);
    if (part_size < 0 || (part_size > 0 && !parts_[part])) refuse();
    if (part_size > 0) add(parts_[part], static_cast<std::size_t>(part_size));
  }
  return memory;
}

std::int64_t ArrowValues::offset_at(std::size_t row) const {
  const void* offset = at(row);
  return type_.bytes == 4 ? std::int64_t{read<std::int32_t>(offset)} : read<std::int64_t>(offset);
}

std::string_view ArrowValues::offset_text(std::size_t row) const {
  const auto begin = offset_at(row);
  const auto end = offset_at(row + 1);
  if (begin < 0 || end < begin || (end > begin && !bytes_)) refuse();
  return begin == end ? std::string_view() : std::string_view(bytes_ + begin, static_cast<std::size_t>(end - begin));
}

std::string_view ArrowValues::view_text(std::size_t row) const {
  constexpr std::int32_t most_inline = 12;
  const auto* view = static_cast<const char*>(at(row));
  const auto size = read<std::int32_t>(view);
  if (size < 0) refuse();
  if (size <= most_inline) return {view + 4, static_cast<std::size_t>(size)};
  const auto part = read<std::int32_t>(view + 8);
  const auto begin = read<std::int32_t>(view + 12);
  if (part < 0 || static_cast<std::size_t>(part) >= part_count_ || begin < 0) refuse();
  const auto index = static_cast<std::size_t>(part);
  if (!parts_[index] || std::int64_t{begin} + size > read<std::int64_t>(part_sizes_ + index)) refuse();
  return {static_cast<const char*>(parts_[index]) + begin, static_cast<std::size_t>(size)};
}

}  // namespace rabatt
