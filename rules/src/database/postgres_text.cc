#include "postgres_text.h"

#include <algorithm>
#include <cstddef>

namespace rabatt {
namespace {

// Of the server's catalogue; they never change.
constexpr Oid boolean_type = 16;
constexpr Oid instant_type = 1184;

// 2026-03-01 09:30:00.5+00 → 2026-03-01T09:30:00.500Z; what is not of this form, infinity for one, stays as it is.
std::string_view canonical_instant(std::string_view value, std::string* room) {
  constexpr std::size_t day_size = 10, second_size = 19;
  if (value.size() < second_size + 3 || value[day_size] != ' ' || !value.ends_with("+00")) return value;
  std::string_view fraction = value.substr(second_size, value.size() - second_size - 3);
  if (!fraction.empty()) fraction.remove_prefix(1);
  room->assign(value.substr(0, second_size));
  (*room)[day_size] = 'T';
  *room += '.';
  *room += fraction.substr(0, 3);
  room->resize(second_size + 4, '0');
  *room += 'Z';
  return *room;
}

char copy_escape(char c) noexcept {
  switch (c) {
    case '\\': return '\\';
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    default: return 0;
  }
}

void append_copy_value(std::string_view value, std::string* to) {
  for (;;) {
    const auto special = std::find_if(value.begin(), value.end(), [](char c) { return copy_escape(c) != 0; });
    to->append(value.begin(), special);
    if (special == value.end()) return;
    *to += '\\';
    *to += copy_escape(*special);
    value.remove_prefix(static_cast<std::size_t>(special - value.begin()) + 1);
  }
}

}  // namespace

std::string_view canonical_value(Oid type, std::string_view value, std::string* room) {
  if (type == boolean_type) return value == "t" ? "1" : "0";
  if (type == instant_type) return canonical_instant(value, room);
  return value;
}

void append_copy_row(std::span<const CellView> row, std::string* to) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i) *to += '\t';
    if (row[i]) {
      append_copy_value(*row[i], to);
    } else {
      *to += "\\N";
    }
  }
  *to += '\n';
}

}  // namespace rabatt
