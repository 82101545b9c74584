// A copy of a whole store, in either database.
#pragma once

#include <cstdint>

#include "database/connection.h"

namespace rabatt {

// Copies every row of every table in one state. `to` has no store in it yet. Returns how many rows. Both connections
// are outside transactions.
std::int64_t copy_store(Connection& from, Connection& to);

}  // namespace rabatt
