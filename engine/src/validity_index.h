// ValidityIndex: which windows admit a moment, without looking at those that do not.
//
// The windows of one item lie sorted by their first moment in a balanced tree without pointers; every node knows
// the latest end below it. A look-up visits the windows that admit the moment and O(log n) others.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rabatt/date.h"

namespace rabatt {

class ValidityIndex {
 public:
  struct Entry {
    Window window;
    std::uint32_t value;
  };

  ValidityIndex() = default;
  explicit ValidityIndex(std::vector<Entry> entries);

  // Calls `visit(value)` for every window that admits `moment`.
  template <class Visit>
  void visit_admitting(std::chrono::local_seconds moment, Visit&& visit) const {
    walk(0, nodes_.size(), moment, visit);
  }

 private:
  struct Node {
    Window window;
    std::chrono::local_seconds latest_until;  // of the node and everything below it
    std::uint32_t value;
  };

  // The root of nodes [begin, end) is the middle one.
  static std::size_t root(std::size_t begin, std::size_t end) { return begin + (end - begin) / 2; }

  std::chrono::local_seconds close(std::size_t begin, std::size_t end);

  template <class Visit>
  void walk(std::size_t begin, std::size_t end, std::chrono::local_seconds moment, Visit& visit) const {
    while (begin < end) {
      const std::size_t middle = root(begin, end);
      const Node& node = nodes_[middle];
      if (node.latest_until < moment) return;
      walk(begin, middle, moment, visit);
      if (moment < node.window.from) return;  // and so are all after it
      if (moment <= node.window.until) visit(node.value);
      begin = middle + 1;
    }
  }

  std::vector<Node> nodes_;
};

}  // namespace rabatt
