// guard(): the one way from C into the engine and back. No exception passes it, and every one becomes a status.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rabatt/c.h"
#include "rabatt/error.h"

struct rabatt_error {
  rabatt_status code = RABATT_OK;
  std::string subject;
  std::vector<rabatt::Problem> problems;
  std::vector<rabatt_problem> views;  // of problems
  std::string json;
};

namespace rabatt {

// A caller's mistake that no engine sees: thrown with the name of the argument.
struct InvalidArgument {
  const char* argument;
};

// The status of the exception that is being handled, and an error object of it for whoever asks.
rabatt_status caught(rabatt_error** error) noexcept;

template <class Body>
rabatt_status guard(rabatt_error** error, Body&& body) noexcept {
  if (error) *error = nullptr;
  try {
    std::forward<Body>(body)();
    return RABATT_OK;
  } catch (...) {
    return caught(error);
  }
}

// The error for want of memory is made in advance: it is not to be deleted.
bool is_ready_made(const rabatt_error* error) noexcept;

}  // namespace rabatt
