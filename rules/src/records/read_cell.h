// What somebody wrote into a field, as a cell: checked by all that the field's type says.
#pragma once

#include <string>
#include <string_view>

#include "json_tape.h"
#include "record_type.h"

namespace rabatt {

// A cell, or what is wrong with what was written.
struct ReadCell {
  Cell cell;
  std::optional<Code> fault;
  std::string message;  // a sentence for people
};

// Of text, as in a file or on a command line: booleans are true or false, references a number or code, or # and an id.
// Empty text is blank. Whether a required field was given, and whether a currency or a reference exists, is for others.
ReadCell read_cell(const Field& field, std::string_view text);

// Of JSON: null is blank, decimals are strings or integers, booleans true or false, references strings or ids.
ReadCell read_cell(const Field& field, JsonView value);

}  // namespace rabatt
