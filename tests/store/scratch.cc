#include "scratch.h"

#include <stdlib.h>

#include <stdexcept>

namespace rabatt {

Scratch::Scratch() {
  std::string name = std::filesystem::temp_directory_path() / "rabatt-store-XXXXXX";
  if (!mkdtemp(name.data())) throw std::runtime_error("no folder can be made: " + name);
  folder_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace rabatt
