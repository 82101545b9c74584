// The values of Arrow's columns as the text of the contract.
#pragma once

#include "arrow_values.h"
#include "text_room.h"

namespace rabatt {

// Throws, with the column's name, what is wrong with a column of such a type: invalid_decimal for floats, invalid_date
// for timestamps with a zone, invalid_value for what has no text.
void check_has_text(const ArrowType& type, std::string_view name);

// Of a row that has a value. Texts lie where they are; all else is made, in `room`:
//
//   integers, decimals   all their places: "3", "-0.50"
//   bool                 "true", "false"
//   date32, date64       "2026-03-10"
//   timestamps           "2026-03-10T09:30:00", with a fraction where it is not 0
//
// Dates beyond the years −32767 … 32767 are "<value out of range: …>" with their count.
std::string_view text_of(const ArrowValues& values, std::size_t row, TextRoom* room);

}  // namespace rabatt
