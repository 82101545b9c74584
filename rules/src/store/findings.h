// Findings: what is wrong with a store, as `check` tells it: the first of each kind, and how many more there are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rabatt {

class Findings {
 public:
  // `record` is "campaign #3", or the table or file that it is about. No message quotes what stands in a field: that
  // may be personal.
  void add(std::string_view code, std::string record, std::string message);

  bool empty() const noexcept { return findings_.empty(); }

  // [{"code": "wrong_key", "record": "campaign #3", "message": "…"}, …]
  std::string json() const;

 private:
  struct Finding {
    std::string code, record, message;
  };

  std::vector<Finding> findings_;
  std::map<std::string, std::int64_t, std::less<>> counts_;  // by code
};

// "campaign #3"
std::string named(std::string_view record, std::int64_t id);

}  // namespace rabatt
