// Every place in a JSON document, and ways to spoil one of them.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

namespace rabatt {

struct Place {
  std::string path;   // "campaigns[0].lines[0].price"; "" is the document
  std::string field;  // the name nearest above: "price"; of entries of a list or map, that of the list or map
  const boost::json::value* value;
  bool is_member;     // of an object
  bool is_map_entry;  // of an object whose keys are free, such as "units"

  bool is_map() const;
};

class Places {
 public:
  explicit Places(const std::string& json);

  const std::vector<Place>& all() const { return places_; }

  // The document with the value at `path` written as `text`.
  std::string with(const std::string& path, const std::string& text) const;
  // Without the member at `path`.
  std::string without(const std::string& path) const;
  // With the member at `path` written twice.
  std::string twice(const std::string& path) const;
  // With `member` ("key": value) put at the end of the object at `path`.
  std::string beside(const std::string& path, const std::string& member) const;

 private:
  enum class Edit { with, without, twice, beside };

  void collect(Place place);
  std::string edited(const boost::json::value& value, const std::string& here, Edit edit, const std::string& path,
                     const std::string& text) const;

  boost::json::value root_;
  std::vector<Place> places_;
};

}  // namespace rabatt
