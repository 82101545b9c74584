// rabatt_status: the engine's codes under the numbers of c.h, and the few that this face adds.
#pragma once

#include <cstdint>

#include "rabatt/c.h"
#include "rabatt/error.h"

namespace rabatt {

rabatt_status status_of(Code code) noexcept;

// NULL for a number that is no status.
const char* slug_of(std::int32_t status) noexcept;

}  // namespace rabatt
