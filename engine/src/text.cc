#include "rabatt/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace rabatt {
namespace {

struct CodePoint {
  utf8proc_int32_t value;
  std::size_t length;  // bytes; 0 where the text is no UTF-8
};

CodePoint first_code_point(std::string_view text) noexcept {
  utf8proc_int32_t value = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &value);
  return {value, length > 0 ? static_cast<std::size_t>(length) : 0};
}

// The property White_Space of the Unicode Character Database.
bool is_white_space(utf8proc_int32_t value) {
  if ((value >= 0x09 && value <= 0x0D) || value == 0x85) return true;
  const auto category = utf8proc_category(value);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* raw = nullptr;
  const auto length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &raw,
      static_cast<utf8proc_option_t>(options));  // NOLINT(clang-analyzer-optin.core.EnumCastOutOfRange)
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return std::string(text);  // no UTF-8: it equals itself only
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)};
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether all is ASCII without control characters, as nearly every identifier is.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Eight bytes at a time.
bool is_ascii(std::string_view text) {
  std::uint64_t high = 0;
  for (; text.size() >= sizeof(high); text.remove_prefix(sizeof(high))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    high |= bytes;
  }
  for (const char c : text) high |= static_cast<unsigned char>(c);
  return (high & 0x8080'8080'8080'8080U) == 0;
}

// Takes a run of ASCII digits off the front of `text`; the run without its leading zeros.
std::string_view take_digits(std::string_view* text) {
  std::size_t length = 0;
  while (length < text->size() && is_digit((*text)[length])) ++length;
  auto run = text->substr(0, length);
  text->remove_prefix(length);
  run.remove_prefix(std::min(run.find_first_not_of('0'), run.size()));
  return run;
}

std::strong_ordering compare_runs(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  if (is_ascii(text)) return true;  // as nearly every text is
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (point.length == 0) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

IdentifierFault check_identifier(std::string_view text) noexcept {
  if (text.empty()) return IdentifierFault::empty;
  const bool too_long = text.size() > longest_identifier;
  if (is_plain(text)) text = {};
  while (!text.empty()) {
    if (text.front() >= 0x20 && text.front() < 0x7F) {  // nearly all of them
      text.remove_prefix(1);
      continue;
    }
    const auto point = first_code_point(text);
    const bool control = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0);
    if (point.length == 0 || control) return IdentifierFault::not_text;
    text.remove_prefix(point.length);
  }
  return too_long ? IdentifierFault::too_long : IdentifierFault::none;
}

std::string_view trimmed(std::string_view text) noexcept {
  std::size_t begin = text.size();  // of the first code point that is no white space
  std::size_t end = 0;              // after the last one
  for (std::size_t at = 0; at < text.size();) {
    const auto point = first_code_point(text.substr(at));
    const bool blank = point.length > 0 && is_white_space(point.value);
    const std::size_t next = at + std::max<std::size_t>(point.length, 1);
    if (!blank) {
      begin = std::min(begin, at);
      end = next;
    }
    at = next;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string folded(std::string_view text) {
  if (is_plain(text)) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return lower;
  }
  constexpr int nfc = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
  return mapped(mapped(text, nfc), nfc | UTF8PROC_CASEFOLD);
}

std::string folded_code(std::string_view text) { return folded(trimmed(text)); }

bool natural_less(std::string_view a, std::string_view b) noexcept {
  const auto whole_a = a;
  const auto whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const auto runs = compare_runs(take_digits(&a), take_digits(&b));
      if (runs != 0) return runs < 0;
      continue;
    }
    // a digit run before a character stands as '0'; UTF-8 bytes sort as code points do
    const auto x = static_cast<unsigned char>(is_digit(a.front()) ? '0' : a.front());
    const auto y = static_cast<unsigned char>(is_digit(b.front()) ? '0' : b.front());
    if (x != y) return x < y;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;
}

}  // namespace rabatt
