// Problems: collects what is wrong with a book.
#pragma once

#include <string>
#include <vector>

#include "rabatt/error.h"
#include "rabatt/hash_map.h"
#include "rabatt/path.h"

namespace rabatt {

class Problems {
 public:
  explicit Problems(std::vector<Problem> found_earlier) : problems_(std::move(found_earlier)) {
    for (const auto& problem : problems_) note_place(problem.code, problem.path);
  }

  void add(Code code, const Path& path, std::string message) {
    std::string text = path.text();
    // a field that could not be read is not missing
    if (code == Code::missing_field && faulty_.contains(text)) return;
    note_place(code, text);
    problems_.push_back({code, std::move(text), std::move(message)});
  }

  // Whether the value at this place is faulty; then it takes part in no comparison.
  bool any_at(const Path& path) const { return !faulty_.empty() && faulty_.contains(path.text()); }

  // Sorted by path, then code; each code once for a place.
  std::vector<Problem> take();

 private:
  // A field that stands twice, or where none belongs, says nothing of the value that was read.
  void note_place(Code code, const std::string& path) {
    if (code != Code::duplicate_field && code != Code::unknown_field) faulty_.insert(path);
  }

  std::vector<Problem> problems_;
  HashSet<std::string> faulty_;
};

}  // namespace rabatt
