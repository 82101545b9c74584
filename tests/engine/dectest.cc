#include "dectest.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>

#include "rabatt/names.h"

namespace rabatt {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// Words of a line; quotes hold one together and are doubled inside, `--` begins a comment.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < line.size();) {
    const char first = line[at];
    if (std::isspace(static_cast<unsigned char>(first))) {
      ++at;
    } else if (line.compare(at, 2, "--") == 0) {
      break;
    } else if (first == '\'' || first == '"') {
      std::string word;
      for (++at; at < line.size() && (line[at] != first || line.compare(at, 2, std::string(2, first)) == 0); ++at) {
        if (line[at] == first) ++at;
        word += line[at];
      }
      ++at;
      words.push_back(std::move(word));
    } else {
      const auto end = std::min(line.find_first_of(" \t\r", at), line.size());
      words.push_back(line.substr(at, end - at));
      at = end;
    }
  }
  return words;
}

}  // namespace

bool Vector::has(std::string_view condition) const {
  return std::find(conditions.begin(), conditions.end(), condition) != conditions.end();
}

std::optional<std::vector<Vector>> vectors_of(const std::string& file) {
  std::ifstream in(file);
  if (!in) return std::nullopt;
  std::vector<Vector> vectors;
  Vector context;
  for (std::string line; std::getline(in, line);) {
    const auto words = words_of(line);
    if (words.empty()) continue;
    if (words[0].ends_with(':')) {
      const std::string directive = lower(words[0]);
      if (directive == "precision:") context.precision = std::stoi(words.at(1));
      if (directive == "rounding:") context.rounding = value_named<Rounding>(lower(words.at(1)));
      continue;
    }
    const auto arrow = std::find(words.begin(), words.end(), "->");
    if (arrow == words.end()) continue;  // the directives of decTest's own runner
    Vector vector = context;
    vector.id = words[0];
    vector.operation = lower(words.at(1));
    vector.operands.assign(words.begin() + 2, arrow);
    vector.result = arrow[1];
    std::transform(arrow + 2, words.end(), std::back_inserter(vector.conditions), lower);
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

std::string vectors_folder() {
  if (const char* folder = std::getenv("RABATT_DECTEST")) return folder;
#ifdef RABATT_DECTEST_FOLDER
  return RABATT_DECTEST_FOLDER;
#else
  return {};
#endif
}

Wide Number::wide() const {
  return exponent < 0 ? Wide(coefficient, -exponent) : Wide(coefficient * ten_to(exponent), 0);
}

std::optional<Number> number_of(std::string_view text) {
  static const std::regex form(R"(([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?)0*(\d+))?)");
  std::match_results<std::string_view::const_iterator> match;
  if (!std::regex_match(text.begin(), text.end(), match, form)) return std::nullopt;
  const std::string fraction = match[3];
  std::string digits = match[2].str() + fraction;
  if (digits.empty()) return std::nullopt;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));  // a leading 0 would mean octal
  Number number{Integer(digits), 0};
  if (match[1] == "-") number.coefficient = -number.coefficient;
  if (match[5].matched) {  // beyond three digits the value is out of reach all the same
    const int exponent = match[5].length() > 3 ? 999 : std::stoi(match[5].str());
    number.exponent = match[4] == "-" ? -exponent : exponent;
  }
  number.exponent -= static_cast<int>(fraction.size());
  return number;
}

}  // namespace rabatt
