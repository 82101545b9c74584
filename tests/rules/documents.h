// Documents in JSON with every field there is.
#pragma once

#include <string>

namespace rabatt {

// full_book() of the engine's tests, as a person would write it.
extern const std::string full_book_json;

extern const std::string full_request_json;

// Short ones, of which every byte can be spoiled in turn.
extern const std::string small_book_json;
extern const std::string small_request_json;

}  // namespace rabatt
