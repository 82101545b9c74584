// The rows of a table of orders: checked cell by cell, and gathered into requests.
#pragma once

#include <optional>
#include <vector>

#include "order_cells.h"
#include "rabatt/error.h"
#include "rabatt/request.h"

namespace rabatt {

// What is wrong with a row's own cells: the first bad cell in the order of the columns, then missing ones.
std::optional<Code> fault_of(const RowCells& row, const std::vector<std::size_t>& columns);

// One document: its fields from all its rows, its lines from those that are good. Throws inconsistent_order, and what
// is wrong with the fields.
Request request_of(const std::vector<RowCells>& rows, const std::vector<std::size_t>& good_rows);

}  // namespace rabatt
