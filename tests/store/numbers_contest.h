// What many writers do to one store at once, each in a thread or a process of its own.
#pragma once

#include <string>
#include <vector>

#include "rabatt/store.h"

namespace rabatt {

// Adds `count` campaigns, every fourth with a number that is typed; as many saves fail for what they give, for a
// conflict, for a duplicate. Returns the numbers it was given.
std::vector<std::string> add_numbered(const Store& store, const std::string& name, int count);

// Reads campaign 1 and saves it, `count` times with success. Returns the revisions that it made.
std::vector<std::string> save_against_others(const Store& store, const std::string& name, int count);

}  // namespace rabatt
