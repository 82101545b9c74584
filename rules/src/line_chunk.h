// An array of lines, and parts of it as the columns that are priced.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "line_tables.h"

namespace rabatt {

// What a table without the columns has for all lines.
struct LineDefaults {
  std::optional<std::int64_t> second;
  Id currency = no_id;
};

class LineChunk {
 public:
  // Throws invalid_value, with the column, for an array that is not of the schema.
  LineChunk(const ArrowArray& array, const std::vector<BoundColumn>& columns, const LineDefaults& defaults,
            const BookIds& ids, IdTables* tables);

  std::size_t count() const { return count_; }
  const std::vector<LineCells>& columns() const { return columns_; }
  const IdTable* table(std::size_t column) const { return tables_[column].get(); }
  const LineDefaults& defaults() const { return defaults_; }
  const BookIds& ids() const { return ids_; }

  // Whether all lines are of one date and currency: defaults() has them then, whatever the columns say.
  bool has_one_day() const { return has_one_day_; }

  // The fault of a row as a table has it: its cells' first, in the order of the columns, or what is missing.
  Fault fault(std::size_t row) const;

 private:
  bool find_one_day();
  bool same_in_all_rows(const LineCells& cells) const;

  std::size_t count_;
  std::vector<LineCells> columns_;
  std::vector<std::shared_ptr<const IdTable>> tables_;  // of dictionary-encoded texts
  LineDefaults defaults_;
  const BookIds& ids_;
  bool has_one_day_ = false;
};

}  // namespace rabatt
