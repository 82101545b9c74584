// At: who does something to a store, when, and where that is. The store has no clock and authenticates nobody: its host
// does.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "rabatt/records/field_types.h"

namespace rabatt {

// What somebody may do: "campaign.write", "campaign.post", "publish" …; "RECORD.read", "RECORD.write" and
// "RECORD.remove" for any record.
class Permissions {
 public:
  Permissions() = default;  // nothing
  explicit Permissions(std::set<std::string, std::less<>> slugs) : slugs_(std::move(slugs)) {}

  static Permissions everything() {
    Permissions all;
    all.everything_ = true;
    return all;
  }

  bool allow(std::string_view slug) const { return everything_ || slugs_.contains(slug); }

 private:
  std::set<std::string, std::less<>> slugs_;
  bool everything_ = false;
};

struct At {
  std::string by;  // initials
  Permissions permissions = Permissions::everything();
  Instant time{};
  std::string zone = "UTC";  // of the tz database: whose days `time` and searches by day mean
};

}  // namespace rabatt
