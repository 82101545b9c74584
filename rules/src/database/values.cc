#include "values.h"

#include "rabatt/text.h"

namespace rabatt {

void check_values(std::span<const CellView> values) {
  for (const CellView& value : values) {
    if (!value) continue;
    if (value->find('\0') != std::string_view::npos)
      throw DatabaseError(Fault::check, "a value with the character NUL");
    if (!is_utf8(*value)) throw DatabaseError(Fault::check, "a value that is not UTF-8");
  }
}

}  // namespace rabatt
