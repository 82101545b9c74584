// How texts compare, search and sort: by a key that is stored beside them, so that both databases do it alike.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rabatt {

// Keys for an alphabet. A key is the folded text in which the letters of the alphabet have changed places so that code
// points sort as the alphabet says; so a key also contains what its text contains. With "…XYZÆØÅ", "ås" sorts behind
// "ør", and everything that is no letter stays where its code point has it.
class TextOrder {
 public:
  explicit TextOrder(std::string_view letters = {});

  std::string key(std::string_view text) const;

  // The folded text that has this key.
  std::string folded_of(std::string_view key) const;

  // The keys of the letters of the alphabet.
  const std::vector<std::string>& letters() const noexcept { return letters_; }

  // Whether each text has the same key in both.
  friend bool operator==(const TextOrder& a, const TextOrder& b) { return a.moved_ == b.moved_; }

 private:
  using Moves = std::vector<std::pair<std::string, std::string>>;

  std::string moved_by(const Moves& moves, std::string text) const;

  Moves moved_;  // letters and what they become, in UTF-8
  Moves back_;   // and the other way round
  bool moves_ascii_ = false;
  std::vector<std::string> letters_;
};

// The edition of Unicode that folds texts: keys of another one may differ.
std::string_view unicode_edition();

}  // namespace rabatt
