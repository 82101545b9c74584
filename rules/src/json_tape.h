// JsonTape: a JSON document as a flat list of values in document order, with repeated keys and the text of numbers
// kept, which an ordinary JSON tree loses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rabatt {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

struct JsonNode {
  JsonKind kind;
  std::uint32_t key_begin, key_size;    // in the tape's text; of a member of an object
  std::uint32_t text_begin, text_size;  // of a string (decoded), number or boolean (as written)
  std::uint32_t end;                    // the node after this value and everything in it
};

class JsonTape;

// One value on a tape.
class JsonView {
 public:
  JsonView(const JsonTape* tape, std::uint32_t index) : tape_(tape), index_(index) {}

  JsonKind kind() const;
  std::string_view key() const;
  // The text of a string, number or boolean; "null"; empty for arrays and objects.
  std::string_view text() const;

  // Calls `visit(child)` for every element or member, in order.
  template <class Visit>
  void each(Visit&& visit) const;

 private:
  const JsonNode& node() const;

  const JsonTape* tape_;
  std::uint32_t index_;
};

class JsonTape {
 public:
  // What is wrong with a text that is no JSON: "incomplete JSON at byte 17". Empty if it was read.
  std::string read(std::string_view json);

  JsonView root() const { return {this, 0}; }

 private:
  friend class JsonView;
  friend class TapeWriter;

  std::vector<JsonNode> nodes_;
  std::string text_;
};

inline const JsonNode& JsonView::node() const { return tape_->nodes_[index_]; }

inline JsonKind JsonView::kind() const { return node().kind; }

inline std::string_view JsonView::key() const {
  return std::string_view(tape_->text_).substr(node().key_begin, node().key_size);
}

inline std::string_view JsonView::text() const {
  if (kind() == JsonKind::null) return "null";
  return std::string_view(tape_->text_).substr(node().text_begin, node().text_size);
}

template <class Visit>
void JsonView::each(Visit&& visit) const {
  for (std::uint32_t child = index_ + 1; child < node().end; child = tape_->nodes_[child].end) {
    visit(JsonView(tape_, child));
  }
}

}  // namespace rabatt
