// Handing out arrays and schemas: each owns what it needs until it is released.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "rabatt/arrow_abi.h"

namespace rabatt {

// Memory aligned to 64 bytes, its size too; not set to anything. Null for no bytes.
std::shared_ptr<void> arrow_buffer(std::size_t bytes);

// Texts as an utf8 array, once for all arrays that are encoded with it. Throws limit_exceeded beyond 2^31 bytes.
struct ArrowTexts {
  std::int64_t count = 0;
  std::shared_ptr<void> offsets, bytes;
};
ArrowTexts arrow_texts(const std::vector<std::string_view>& texts);

// A column to be handed out: validity (null: all rows have a value) and values.
struct ArrowColumnOut {
  std::int64_t count = 0;
  std::int64_t nulls = 0;
  std::shared_ptr<const void> validity, values;
  const ArrowTexts* dictionary = nullptr;
};

void export_column(const ArrowColumnOut& column, ArrowArray* out);

// A struct of columns, which are moved into it.
void export_struct(std::int64_t count, std::vector<ArrowArray> columns, ArrowArray* out);

struct ArrowFieldOut {
  std::string name, format;
  bool is_nullable = true;
  bool has_dictionary = false;  // of utf8
};

void export_field(const ArrowFieldOut& field, ArrowSchema* out);
void export_struct(std::vector<ArrowSchema> fields, ArrowSchema* out);

}  // namespace rabatt
