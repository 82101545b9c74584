// What is looked up of a dictionary: once, and kept for as long as the same dictionary comes again.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "line_cells.h"

namespace rabatt {

// The cells of all values of a dictionary, with one more at the end for indexes that are out of range.
template <class T>
struct ValueTable {
  std::vector<T> values;  // what `blank` is where there is none
  std::vector<std::uint8_t> is_bad;  // has a fault
  bool any_bad = false;
};

using IdTable = ValueTable<Id>;

class IdTables {
 public:
  explicit IdTables(const BookIds& ids) : ids_(ids) {}

  // Of the values of a dictionary of texts or integers. Whether it is the one before is seen from its content: the
  // memory of one that was released may hold the next one.
  std::shared_ptr<const IdTable> table(const ArrowValues& values, const LineField& field);

 private:
  struct Kept {
    std::size_t count = 0;
    std::vector<std::string> memory;
    std::shared_ptr<const IdTable> table;
  };

  const BookIds& ids_;
  std::vector<std::pair<const LineField*, Kept>> kept_;
};

}  // namespace rabatt
