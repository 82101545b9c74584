// What must hold for every input: whatever else comes out ends the program, which is what fuzzers look for.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "rabatt/error.h"

namespace rabatt {

inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// Whether the action refuses with one of its errors; anything else that is thrown ends the program.
template <class Action>
bool is_refused(Action&& action) {
  try {
    action();
    return false;
  } catch (const Error&) {  // Errors is one
    return true;
  }
}

}  // namespace rabatt
