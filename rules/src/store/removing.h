// Removing records.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "session.h"

namespace rabatt {

// Removes a record and its children. Returns how many records went, by kind. Throws in_use with who uses it.
std::map<std::string_view, std::int64_t> remove_record(Session& session, const RecordType& type, std::int64_t id);

// Removes one that nobody refers to, for the store's own use.
void remove_existing(Session& session, const RecordType& type, std::int64_t id);

}  // namespace rabatt
