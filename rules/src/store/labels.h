// Labels: what people call the records that others refer to: their number, code or name.
#pragma once

#include <map>
#include <span>
#include <string>

#include "rabatt/hash_map.h"
#include "stored.h"

namespace rabatt {

class Labels {
 public:
  Labels() = default;

  // Looks up everything that these records refer to, in their fields and lists.
  Labels(Session& session, const RecordType& type, std::span<const Stored> records);

  // Null for a record that has no label: it is told by its id.
  const std::string* of(const RecordType& target, std::int64_t id) const;

 private:
  std::map<const RecordType*, HashMap<std::int64_t, std::string>> labels_;
};

}  // namespace rabatt
