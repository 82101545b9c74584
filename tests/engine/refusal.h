// What an action throws, as text: "overflow lines[0].item TEA"; "" if it throws nothing.
#pragma once

#include <string>

#include "rabatt/error.h"

namespace rabatt {

template <class Action>
std::string refusal(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return subject_of(slug(error.code()), error.subject());
  }
  return {};
}

// Its code alone.
template <class Action>
std::string refused_as(Action&& action) {
  const std::string text = refusal(action);
  return text.substr(0, text.find(' '));
}

}  // namespace rabatt
