// The steps from one schema to the next. A new store has them all already: its tables are made from the records.
#pragma once

#include <span>
#include <string_view>

namespace rabatt {

// SQL for both databases; {text}, {decimal}, {integer}, {boolean}, {day}, {instant} stand for their types.
struct Migration {
  int version;  // of the schema that it leads to
  std::string_view sql;
};

std::span<const Migration> migrations();

}  // namespace rabatt
