// Appending JSON to a text.
#pragma once

#include <string>
#include <string_view>

#include "records/record_type.h"

namespace rabatt {

void append_string(std::string_view text, std::string* json);

// A cell as JSON: integers and booleans as such, all else as a string, blank as null.
void append_cell(const Field& field, const Cell& cell, std::string* json);

// A cell as a string or null, whatever it is.
void append_raw(const Cell& cell, std::string* json);

// The separator in front of all elements but the first.
inline void append_comma(std::string* json) {
  if (json->back() != '{' && json->back() != '[') *json += ',';
}

// {"campaign": 1, "plan": 1} of pairs of a name and a number.
template <class Counts>
std::string counts_json(const Counts& counts) {
  std::string json = "{";
  for (const auto& [name, count] : counts) {
    append_comma(&json);
    append_string(name, &json);
    json.append(":").append(std::to_string(count));
  }
  return json + "}";
}

}  // namespace rabatt
