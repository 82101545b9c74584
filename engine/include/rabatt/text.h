// Identifiers, codes and the order of numbers such as "CMP-9" and "CMP-10".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rabatt {

constexpr std::size_t longest_identifier = 200;  // bytes

enum class IdentifierFault { none, empty, too_long, not_text };

// Identifiers are UTF-8 of 1 to 200 bytes without control characters, compared byte for byte. `not_text` is
// broken UTF-8 or a control character.
IdentifierFault check_identifier(std::string_view text) noexcept;

bool is_utf8(std::string_view text) noexcept;

// The text without Unicode white space at its ends. Broken UTF-8 is left as it is.
std::string_view trimmed(std::string_view text) noexcept;

// The form in which texts are compared and searched: NFC, Unicode full case folding, NFC. "ÅS" and "ås" fold alike,
// "AS" does not. `text` is valid UTF-8.
std::string folded(std::string_view text);

// The form in which campaign codes are compared: trimmed and folded.
// " Frühling " and "FRÜHLING" fold alike. Empty if nothing is left: the code is absent. `text` is valid UTF-8.
std::string folded_code(std::string_view text);

// Whether number `a` is lower than number `b`: runs of ASCII digits compare as numbers, all else by code point,
// a prefix is lower, and numbers that are equal so far ("7", "07") are told apart by code points.
bool natural_less(std::string_view a, std::string_view b) noexcept;

}  // namespace rabatt
