// Texts that a program may stumble over: quotes, SQL, controls, other scripts, what is too long or no UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rabatt {

const std::vector<std::string>& hostile_texts();

std::string repeated(std::string_view text, int count);

}  // namespace rabatt
