#include <algorithm>

#include "json_reader.h"
#include "rabatt/json.h"

namespace rabatt {

// All other required fields are missed by Book::build().
template <>
inline constexpr std::array<std::string_view, 1> required_fields<Campaign> = {"name"};

namespace {

class BookReader final : public JsonReader {
 public:
  explicit BookReader(std::vector<Problem>* problems) : problems_(problems) {}

 private:
  void report(Code code, const Path& path, std::string_view, std::string message) override {
    ++faults_;
    problems_->push_back({code, path.text(), std::move(message)});
  }

  std::vector<Problem>* problems_;
};

}  // namespace

BookReading read_book(std::string_view json) {
  BookReading reading;
  BookReader(&reading.problems).read_document(json, &reading.content);
  return reading;
}

Book book_from_json(std::string_view json) {
  auto reading = read_book(json);
  return Book::build(std::move(reading.content), std::move(reading.problems));
}

std::vector<Problem> problems_of_json(std::string_view json) {
  auto reading = read_book(json);
  return problems_of(reading.content, std::move(reading.problems));
}

}  // namespace rabatt
