// Problems: collects what is wrong with a book.
#pragma once

#include <absl/container/flat_hash_set.h>

#include <string>
#include <vector>

#include "rabatt/error.h"
#include "rabatt/path.h"

namespace rabatt {

class Problems {
 public:
  explicit Problems(std::vector<Problem> found_earlier) : problems_(std::move(found_earlier)) {
    for (const auto& problem : problems_) faulty_.insert(problem.path);
  }

  void add(Code code, const Path& path, std::string message) {
    std::string text = path.text();
    // a field that could not be read is not missing
    if (code == Code::missing_field && faulty_.contains(text)) return;
    faulty_.insert(text);
    problems_.push_back({code, std::move(text), std::move(message)});
  }

  // Whether something was wrong at this place; then its value takes part in no comparison.
  bool any_at(const Path& path) const { return !faulty_.empty() && faulty_.contains(path.text()); }

  // Sorted by path; problems of one place in the order in which they were found.
  std::vector<Problem> take();

 private:
  std::vector<Problem> problems_;
  absl::flat_hash_set<std::string> faulty_;
};

}  // namespace rabatt
