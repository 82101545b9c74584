#include "validity_index.h"

#include <algorithm>

namespace rabatt {
namespace {

// Fills in the latest ends of some nodes, and returns that of all of them.
std::int64_t close(std::span<ValidityNode> nodes) {
  if (nodes.empty()) return std::chrono::local_seconds::min().time_since_epoch().count();
  const std::size_t middle = nodes.size() / 2;
  auto& node = nodes[middle];
  node.latest_until = std::max({node.window.until, close(nodes.first(middle)), close(nodes.subspan(middle + 1))});
  return node.latest_until;
}

}  // namespace

std::vector<ValidityNode> validity_nodes(std::vector<ValidityEntry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const ValidityEntry& a, const ValidityEntry& b) { return a.window.from < b.window.from; });
  std::vector<ValidityNode> nodes;
  nodes.reserve(entries.size());
  for (const auto& entry : entries) nodes.push_back({entry.window, 0, entry.value});
  close(nodes);
  return nodes;
}

}  // namespace rabatt
