// A folder for a test, removed with all that is in it.
#pragma once

#include <filesystem>
#include <string>

namespace rabatt {

class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  const std::filesystem::path& folder() const { return folder_; }
  std::string file(const std::string& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
};

}  // namespace rabatt
