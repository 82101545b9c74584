// Values as PostgreSQL writes and reads them.
#pragma once

#include <libpq-fe.h>

#include <span>
#include <string>
#include <string_view>

#include "connection.h"

namespace rabatt {

// A value of the type `type`, as PostgreSQL wrote it, in the spelling of Connection. It may lie in `*room`.
std::string_view canonical_value(Oid type, std::string_view value, std::string* room);

// Adds a row in the text format of COPY.
void append_copy_row(std::span<const CellView> row, std::string* to);

}  // namespace rabatt
