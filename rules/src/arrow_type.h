// The types of Arrow columns that can be read, from the format strings of the C data interface.
#pragma once

#include <cstdint>
#include <string_view>

namespace rabatt {

struct ArrowType {
  enum Kind : std::uint8_t { null, boolean, integer, decimal, days, milliseconds, moment, text, view, floating, other };

  Kind kind = other;
  int bytes = 0;  // of an integer or decimal, or of a text's offsets
  bool is_signed = true;
  int places = 0;  // of a decimal; may be below 0
  std::int64_t units_per_second = 1;  // of a moment
  bool has_zone = false;

  bool is_text() const { return kind == text || kind == view; }
  bool has_validity() const { return kind != null; }
  // How many buffers an array has; of views at least.
  int buffers() const { return kind == null ? 0 : kind == text || kind == view ? 3 : 2; }
};

// `other` for whatever cannot be read, decimal256 and nested types among it.
ArrowType arrow_type_of(std::string_view format);

}  // namespace rabatt
