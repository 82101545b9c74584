// Handing out arrays and schemas: each owns what it needs until it is released.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "arrow_owned.h"
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

// A column to be handed out: validity (null: all rows have a value) and values, which of texts are offsets.
struct ArrowColumnOut {
  std::int64_t count = 0;
  std::int64_t nulls = 0;
  std::shared_ptr<const void> validity = nullptr, values = nullptr;
  std::shared_ptr<const void> bytes = nullptr;  // of texts
  const ArrowTexts* dictionary = nullptr;
};

Owned<ArrowArray> exported(const ArrowColumnOut& column);

// A struct of columns.
Owned<ArrowArray> exported(std::int64_t count, std::vector<Owned<ArrowArray>> columns);

struct ArrowFieldOut {
  std::string name, format;
  bool is_nullable = true;
  bool has_dictionary = false;  // of utf8
};

Owned<ArrowSchema> exported(const ArrowFieldOut& field);
Owned<ArrowSchema> exported(const std::vector<ArrowFieldOut>& fields);  // a struct of them

}  // namespace rabatt
