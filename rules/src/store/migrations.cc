#include "migrations.h"

namespace rabatt {

std::span<const Migration> migrations() {
  static constexpr Migration all[] = {
      {2, "alter table campaign add column slogan {text}; alter table campaign add column slogan_key {text}"},
      {3, "alter table settings add column retention {integer}"},
      {4, "alter table settings add column probability_mode {text}; update settings set probability_mode = 'chance'"},
  };
  return all;
}

}  // namespace rabatt
