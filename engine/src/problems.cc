#include "problems.h"

#include <algorithm>

namespace rabatt {

std::vector<Problem> Problems::take() {
  const auto place = [](const Problem& problem) {
    return std::pair(std::string_view(problem.path), slug(problem.code));
  };
  std::sort(problems_.begin(), problems_.end(),
            [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
  const auto same = [&](const Problem& a, const Problem& b) { return place(a) == place(b); };
  problems_.erase(std::unique(problems_.begin(), problems_.end(), same), problems_.end());
  return std::move(problems_);
}

}  // namespace rabatt
