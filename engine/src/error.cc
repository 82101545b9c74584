#include "rabatt/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rabatt {
namespace {

// Longer than any valid text; a ten-megabyte cell must not become a ten-megabyte message.
constexpr std::size_t longest_shown = 1000;

constexpr std::array slugs = {
#define RABATT_SLUG(name) std::string_view(#name),
    RABATT_CODES(RABATT_SLUG)
#undef RABATT_SLUG
};

constexpr std::array codes = {
#define RABATT_CODE(name) Code::name,
    RABATT_CODES(RABATT_CODE)
#undef RABATT_CODE
};

std::string message_of(Code code, std::string_view subject) {
  std::string message(slug(code));
  if (!subject.empty()) message.append(": ").append(subject);
  return message;
}

}  // namespace

std::string_view slug(Code code) noexcept { return slugs[static_cast<std::size_t>(code)]; }

std::optional<Code> code_of(std::string_view slug) noexcept {
  const auto found = std::find(slugs.begin(), slugs.end(), slug);
  if (found == slugs.end()) return std::nullopt;
  return codes[static_cast<std::size_t>(found - slugs.begin())];
}

std::span<const Code> all_codes() noexcept { return codes; }

Error::Error(Code code, std::string_view subject)
    : std::runtime_error(message_of(code, subject)), code_(code), subject_(subject) {}

Errors::Errors(std::vector<Problem> problems)
    : Error(problems.front().code, problems.front().path), problems_(std::move(problems)) {}

std::string shortened(std::string_view text) {
  if (text.size() <= longest_shown) return std::string(text);
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)).append("…");
}

std::string subject_of(std::string_view path, std::string_view text) {
  std::string subject(path);
  if (!subject.empty() && !text.empty()) subject += ' ';
  return subject.append(shortened(text));
}

}  // namespace rabatt
