// What both databases ask of values before they see them.
#pragma once

#include <span>

#include "connection.h"

namespace rabatt {

// Throws `check` for what PostgreSQL cannot store and SQLite could not compare.
void check_values(std::span<const CellView> values);

}  // namespace rabatt
