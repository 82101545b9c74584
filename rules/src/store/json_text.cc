#include "json_text.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace rabatt {

void append_string(std::string_view text, std::string* json) {
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    json->append("\"").append(text).append("\"");
    return;
  }
  json->append(boost::json::serialize(boost::json::string_view(text.data(), text.size())));
}

void append_raw(const Cell& cell, std::string* json) {
  if (cell) {
    append_string(*cell, json);
  } else {
    json->append("null");
  }
}

void append_cell(const Field& field, const Cell& cell, std::string* json) {
  if (cell && field.kind == FieldKind::boolean) {
    json->append(*cell == "1" ? "true" : "false");
  } else if (cell && (field.kind == FieldKind::integer || field.kind == FieldKind::reference)) {
    json->append(*cell);
  } else {
    append_raw(cell, json);
  }
}

}  // namespace rabatt
