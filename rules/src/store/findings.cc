#include "findings.h"

#include "json_text.h"

namespace rabatt {
namespace {

constexpr std::int64_t most_of_a_code = 100;

void append_finding(std::string_view code, std::string_view record, std::string_view message, std::string* json) {
  append_comma(json);
  json->append("{\"code\":");
  append_string(code, json);
  json->append(",\"record\":");
  append_string(record, json);
  json->append(",\"message\":");
  append_string(message, json);
  json->append("}");
}

}  // namespace

void Findings::add(std::string_view code, std::string record, std::string message) {
  auto count = counts_.find(code);
  if (count == counts_.end()) count = counts_.emplace(code, 0).first;
  if (++count->second > most_of_a_code) return;
  findings_.push_back({std::string(code), std::move(record), std::move(message)});
}

std::string Findings::json() const {
  std::string json = "[";
  for (const auto& [code, record, message] : findings_) append_finding(code, record, message, &json);
  for (const auto& [code, count] : counts_) {
    if (count <= most_of_a_code) continue;
    append_finding(code, "", "There are " + std::to_string(count - most_of_a_code) + " more of these.", &json);
  }
  return json + "]";
}

std::string named(std::string_view record, std::int64_t id) { return std::string(record) + " #" + std::to_string(id); }

}  // namespace rabatt
