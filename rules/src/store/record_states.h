// The records of a type as they stood at one sequence of the log: what is in their table since before, and the kept
// versions that had not ended.
#pragma once

#include <functional>
#include <limits>
#include <span>
#include <string_view>

#include "stored.h"

namespace rabatt {

inline constexpr std::int64_t present = std::numeric_limits<std::int64_t>::max();

// Visits each record of a versioned type: its id and its values, lists included, references as ids. What is personal is
// blank in former versions. Where fields and lists are named, no others are read; they may be there all the same.
void each_state(Session& session, const RecordType& type, std::int64_t sequence,
                std::span<const std::string_view> named,
                const std::function<void(std::int64_t id, const Values& values)>& visit);

}  // namespace rabatt
