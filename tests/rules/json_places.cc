#include "json_places.h"

namespace rabatt {
namespace {

std::string member_path(const std::string& object, const std::string& key) {
  return object.empty() ? key : object + "." + key;
}

std::string element_path(const std::string& list, std::size_t index) { return list + "[" + std::to_string(index) + "]"; }

// Keys of these are free; their entries are told apart by the field's own name.
bool is_map(const std::string& field) {
  return field == "units" || field == "prices" || field == "cost" || field == "currencies";
}

}  // namespace

Places::Places(const std::string& json) : root_(boost::json::parse(json)) { collect(root_, "", "", false); }

void Places::collect(const boost::json::value& value, const std::string& path, const std::string& field,
                     bool is_member) {
  places_.push_back({path, field, &value, is_member});
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      const std::string key = member.key();
      collect(member.value(), member_path(path, key), is_map(field) && is_member ? field : key, true);
    }
  }
  if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) collect((*array)[i], element_path(path, i), field, false);
  }
}

std::string Places::edited(const boost::json::value& value, const std::string& here, Edit edit, const std::string& path,
                           const std::string& text) const {
  if (edit == Edit::with && here == path) return text;
  std::string result;
  const auto add = [&](const std::string& part) { result += (result.empty() ? "" : ",") + part; };
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      const std::string place = member_path(here, member.key());
      if (edit == Edit::without && place == path) continue;
      const std::string written =
          boost::json::serialize(member.key()) + ":" + edited(member.value(), place, edit, path, text);
      add(written);
      if (edit == Edit::twice && place == path) add(written);
    }
    if (edit == Edit::beside && here == path) add(text);
    return "{" + result + "}";
  }
  if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) add(edited((*array)[i], element_path(here, i), edit, path, text));
    return "[" + result + "]";
  }
  return boost::json::serialize(value);
}

std::string Places::with(const std::string& path, const std::string& text) const {
  return edited(root_, "", Edit::with, path, text);
}
std::string Places::without(const std::string& path) const { return edited(root_, "", Edit::without, path, ""); }
std::string Places::twice(const std::string& path) const { return edited(root_, "", Edit::twice, path, ""); }
std::string Places::beside(const std::string& path, const std::string& member) const {
  return edited(root_, "", Edit::beside, path, member);
}

}  // namespace rabatt
