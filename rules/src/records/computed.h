// Fields that are not stored but follow from others: what lists and searches show besides.
#pragma once

#include <span>
#include <string_view>

#include "record_type.h"

namespace rabatt {

struct ComputedField {
  Field field;
  std::string_view sql;  // of the record's row `r` and the rows that computed_join() adds
};

// None for most records.
std::span<const ComputedField> computed_fields(const RecordType& type);

// What the SQL needs besides the record's row; empty for most.
std::string_view computed_join(const RecordType& type);

}  // namespace rabatt
