#include "json_tape.h"

#include <boost/json/basic_parser_impl.hpp>
#include <functional>
#include <limits>

namespace rabatt {

// The handler that Boost.JSON's parser calls.
class TapeWriter {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::uint32_t>::max();

  // `parsed` is what the parser reads, `written` what its caller wrote: the same text but for the exponents of numbers.
  TapeWriter(JsonTape* tape, std::string_view parsed, std::string_view written)
      : tape_(tape), parsed_(parsed), written_(written) {}

  // NOLINTBEGIN(readability-identifier-naming): the parser's names
  using error_code = boost::json::error_code;
  using string_view = boost::json::string_view;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(JsonKind::object); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code&) { return open(JsonKind::array); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(string_view part, std::size_t, error_code&) { return append(part); }
  bool on_key(string_view part, std::size_t, error_code&) {
    append(part);
    key_begin_ = pending_;
    key_size_ = position() - pending_;
    pending_ = position();
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return append(part); }
  bool on_string(string_view part, std::size_t, error_code&) { return value(JsonKind::string, part); }
  bool on_number_part(string_view part, error_code&) { return append(part); }
  bool on_int64(std::int64_t, string_view part, error_code&) { return value(JsonKind::number, part); }
  bool on_uint64(std::uint64_t, string_view part, error_code&) { return value(JsonKind::number, part); }
  bool on_double(double, string_view part, error_code&) {  // the text counts, not the number  NOLINT(tidy-float)
    return value(JsonKind::number, part);
  }
  bool on_bool(bool flag, error_code&) { return value(JsonKind::boolean, flag ? "true" : "false"); }
  bool on_null(error_code&) { return value(JsonKind::null, ""); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
  // NOLINTEND(readability-identifier-naming)

 private:
  std::uint32_t position() const { return static_cast<std::uint32_t>(tape_->text_.size()); }

  bool append(string_view part) {
    const std::less<> before;
    const bool is_parsed = !before(part.data(), parsed_.data()) && before(part.data(), parsed_.data() + parsed_.size());
    const char* source = is_parsed ? written_.data() + (part.data() - parsed_.data()) : part.data();
    tape_->text_.append(source, part.size());
    return true;
  }

  void push(JsonKind kind) {
    const auto next = static_cast<std::uint32_t>(tape_->nodes_.size() + 1);
    tape_->nodes_.push_back({kind, key_begin_, key_size_, pending_, position() - pending_, next});
    pending_ = position();
    key_size_ = 0;
  }

  bool value(JsonKind kind, string_view part) {
    append(part);
    push(kind);
    return true;
  }

  bool open(JsonKind kind) {
    push(kind);
    open_.push_back(static_cast<std::uint32_t>(tape_->nodes_.size() - 1));
    return true;
  }

  bool close() {
    tape_->nodes_[open_.back()].end = static_cast<std::uint32_t>(tape_->nodes_.size());
    open_.pop_back();
    return true;
  }

  JsonTape* tape_;
  std::string_view parsed_;
  std::string_view written_;
  std::vector<std::uint32_t> open_;
  std::uint32_t pending_ = 0;  // where the text that is being read began
  std::uint32_t key_begin_ = 0;
  std::uint32_t key_size_ = 0;
};

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The text with the digits of all exponents turned to 0. The parser refuses exponents beyond an int, and with them the
// document; here a number with any exponent is a fault of its own place.
std::string without_exponents(std::string_view json) {
  std::string text(json);
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && (text[i] == 'e' || text[i] == 'E') && i > 0 && is_digit(text[i - 1])) {
      std::size_t digit = i + 1;
      if (digit < text.size() && (text[digit] == '+' || text[digit] == '-')) ++digit;
      for (; digit < text.size() && is_digit(text[digit]); ++digit) text[digit] = '0';
    }
  }
  return text;
}

}  // namespace

std::string JsonTape::read(std::string_view json) {
  if (json.size() >= std::numeric_limits<std::uint32_t>::max()) return "JSON of 4 GiB or more";
  boost::json::error_code error;
  std::size_t end = 0;
  const auto parse = [&](std::string_view text) {
    nodes_.clear();
    text_.clear();
    boost::json::basic_parser<TapeWriter> parser(boost::json::parse_options(), this, text, json);
    error = {};
    end = parser.write_some(false, text.data(), text.size(), error);
    if (!error && end < text.size()) error = boost::json::error::extra_data;
  };
  parse(json);
  if (error == boost::json::error::exponent_overflow) parse(without_exponents(json));
  if (!error) return {};
  return "no JSON: " + error.message() + " at byte " + std::to_string(end);
}

}  // namespace rabatt
