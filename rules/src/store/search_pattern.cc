#include "search_pattern.h"

#include <vector>

#include "rabatt/error.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

constexpr std::size_t longest_term = 1000;  // bytes
constexpr std::size_t most_wildcards = 100;

// The literal texts between the wildcards.
std::vector<std::string> literals_of(std::string_view term) {
  std::vector<std::string> literals(1);
  for (std::size_t i = 0; i < term.size(); ++i) {
    const bool escapes = term[i] == '\\' && i + 1 < term.size() && (term[i + 1] == '%' || term[i + 1] == '\\');
    if (escapes) {
      literals.back() += term[++i];
    } else if (term[i] == '%') {
      literals.emplace_back();
    } else {
      literals.back() += term[i];
    }
  }
  return literals;
}

std::string escaped(std::string_view literal) {
  std::string pattern;
  for (const char c : literal) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace

std::string like_pattern(std::string_view term, const TextOrder& order) {
  if (!is_utf8(term) || term.find('\0') != std::string_view::npos) throw Error(Code::invalid_text, shortened(term));
  const auto literals = literals_of(term);
  if (term.size() > longest_term || literals.size() > most_wildcards + 1) {
    throw Error(Code::limit_crossed, shortened(term));
  }
  if (literals.size() == 1) {
    const auto key = order.key(literals.front());
    return key.empty() ? std::string() : "%" + escaped(key) + "%";
  }
  std::string pattern;
  bool matches_all = true;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    if (i > 0) pattern += '%';
    pattern += escaped(order.key(literals[i]));
    matches_all = matches_all && literals[i].empty();
  }
  return matches_all ? std::string() : pattern;
}

}  // namespace rabatt
