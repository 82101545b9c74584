#include "json_tape.h"

#include <boost/json/basic_parser_impl.hpp>
#include <limits>

namespace rabatt {

// The handler that Boost.JSON's parser calls.
class TapeWriter {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::uint32_t>::max();

  explicit TapeWriter(JsonTape* tape) : tape_(tape) {}

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
    tape_->text_.append(part.data(), part.size());
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
  std::vector<std::uint32_t> open_;
  std::uint32_t pending_ = 0;  // where the text that is being read began
  std::uint32_t key_begin_ = 0;
  std::uint32_t key_size_ = 0;
};

std::string JsonTape::read(std::string_view json) {
  nodes_.clear();
  text_.clear();
  if (json.size() >= std::numeric_limits<std::uint32_t>::max()) return "JSON of 4 GiB or more";
  boost::json::basic_parser<TapeWriter> parser(boost::json::parse_options(), this);
  boost::json::error_code error;
  const auto read = parser.write_some(false, json.data(), json.size(), error);
  if (!error && read < json.size()) error = boost::json::error::extra_data;
  if (!error) return {};
  return "no JSON: " + error.message() + " at byte " + std::to_string(read);
}

}  // namespace rabatt
