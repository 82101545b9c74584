// Which windows admit a moment, without looking at those that do not.
//
// The windows of one item lie sorted by their first moment in a balanced tree without pointers; every node knows
// the latest end below it. A look-up visits the windows that admit the moment and O(log n) others.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "book_records.h"

namespace rabatt {

struct ValidityNode {
  Moments window;
  std::int64_t latest_until = 0;  // of the node and everything below it
  std::uint32_t value = 0;
  std::uint32_t unused = 0;
};

struct ValidityEntry {
  Moments window;
  std::uint32_t value;
};

// The nodes of these windows. The root of nodes [begin, end) is the middle one.
std::vector<ValidityNode> validity_nodes(std::vector<ValidityEntry> entries);

// Calls `visit(value)` for every window that admits `moment`.
template <class Visit>
void visit_admitting(std::span<const ValidityNode> nodes, std::chrono::local_seconds moment, Visit& visit) {
  const auto second = moment.time_since_epoch().count();
  while (!nodes.empty()) {
    const std::size_t middle = nodes.size() / 2;
    const auto& node = nodes[middle];
    if (node.latest_until < second) return;
    visit_admitting(nodes.first(middle), moment, visit);
    if (second < node.window.from) return;  // and so are all after it
    if (second <= node.window.until) visit(node.value);
    nodes = nodes.subspan(middle + 1);
  }
}

}  // namespace rabatt
