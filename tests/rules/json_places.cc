#include "json_places.h"

namespace rabatt {
namespace {

std::string member_path(const std::string& object, const std::string& key) {
  return object.empty() ? key : object + "." + key;
}

std::string element_path(const std::string& list, std::size_t index) {
  return list + "[" + std::to_string(index) + "]";
}

}  // namespace

bool Place::is_map() const {
  const bool is_free = field == "units" || field == "prices" || field == "cost" || field == "currencies";
  return is_free && is_member && !is_map_entry && value->is_object();
}

Places::Places(const std::string& json) : root_(boost::json::parse(json)) { collect({"", "", &root_, false, false}); }

void Places::collect(Place place) {
  places_.push_back(place);
  if (const auto* object = place.value->if_object()) {
    for (const auto& member : *object) {
      const std::string key = member.key();
      collect(
          {member_path(place.path, key), place.is_map() ? place.field : key, &member.value(), true, place.is_map()});
    }
  }
  if (const auto* array = place.value->if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      collect({element_path(place.path, i), place.field, &(*array)[i], false, false});
    }
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
