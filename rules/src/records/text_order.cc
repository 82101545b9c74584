#include "text_order.h"

#include <utf8proc.h>

#include <algorithm>

#include "rabatt/text.h"

namespace rabatt {
namespace {

std::size_t length_of_first(std::string_view text) {
  utf8proc_int32_t code_point = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return length > 0 ? static_cast<std::size_t>(length) : 1;
}

std::vector<std::string> code_points(std::string_view text) {
  std::vector<std::string> points;
  while (!text.empty()) {
    const auto length = length_of_first(text);
    points.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return points;
}

}  // namespace

TextOrder::TextOrder(std::string_view letters) {
  std::vector<std::string> alphabet;
  for (auto& letter : code_points(folded(letters))) {
    if (std::find(alphabet.begin(), alphabet.end(), letter) == alphabet.end()) alphabet.push_back(std::move(letter));
  }
  auto sorted = alphabet;
  std::sort(sorted.begin(), sorted.end());  // UTF-8 sorts as code points do
  letters_ = sorted;  // each letter has become one of them
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    if (alphabet[i] == sorted[i]) continue;
    moves_ascii_ = moves_ascii_ || alphabet[i].size() == 1;
    moved_.emplace_back(alphabet[i], sorted[i]);
    back_.emplace_back(sorted[i], alphabet[i]);
  }
}

std::string TextOrder::key(std::string_view text) const { return moved_by(moved_, folded(text)); }

std::string TextOrder::folded_of(std::string_view key) const { return moved_by(back_, std::string(key)); }

std::string TextOrder::moved_by(const Moves& moves, std::string text) const {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (moves.empty() || (!moves_ascii_ && std::all_of(text.begin(), text.end(), is_ascii))) return text;
  std::string moved;
  moved.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    const auto letter = rest.substr(0, length_of_first(rest));
    const auto found = std::find_if(moves.begin(), moves.end(), [&](const auto& move) { return move.first == letter; });
    moved.append(found == moves.end() ? letter : std::string_view(found->second));
    rest.remove_prefix(letter.size());
  }
  return moved;
}

std::string_view unicode_edition() { return utf8proc_unicode_version(); }

}  // namespace rabatt
