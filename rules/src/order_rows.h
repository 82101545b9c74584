// OrderRows: the rows of an orders table, checked cell by cell and gathered into requests.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "rabatt/error.h"
#include "rabatt/orders.h"
#include "rabatt/request.h"

namespace rabatt {

class OrderRows {
 public:
  // Throws missing_field for a required column that is not there, duplicate_field for a column that is there twice.
  explicit OrderRows(const TextTable& table);

  std::size_t count() const { return count_; }

  std::string_view order(std::size_t row) const;

  // What is wrong with the row's own cells: the first bad cell in the order of the columns, then missing ones.
  std::optional<Code> fault(std::size_t row) const;

  // One document: its fields from all its rows, its lines from those that are good. Throws inconsistent_order, and
  // what is wrong with the fields.
  Request request(const std::vector<std::size_t>& rows, const std::vector<std::size_t>& good_rows) const;

 private:
  std::string_view cell(std::size_t row, std::size_t known_column) const;

  // The cell that all rows agree on; blank where all are.
  std::string_view agreed(const std::vector<std::size_t>& rows, std::size_t known_column) const;

  RequestLine line(std::size_t row) const;

  std::size_t count_ = 0;
  std::vector<const TextColumn*> columns_;  // by known column; null where the table has none
  std::vector<std::size_t> checked_;        // known columns that the table has, in its order
};

}  // namespace rabatt
