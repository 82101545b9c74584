#include "validity_index.h"

#include <algorithm>

namespace rabatt {

ValidityIndex::ValidityIndex(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.window.from < b.window.from; });
  nodes_.reserve(entries.size());
  for (const auto& entry : entries) nodes_.push_back({entry.window, entry.window.until, entry.value});
  close(0, nodes_.size());
}

std::chrono::local_seconds ValidityIndex::close(std::size_t begin, std::size_t end) {
  if (begin == end) return std::chrono::local_seconds::min();
  const std::size_t middle = root(begin, end);
  auto& node = nodes_[middle];
  node.latest_until = std::max({node.window.until, close(begin, middle), close(middle + 1, end)});
  return node.latest_until;
}

}  // namespace rabatt
