// At: who does something to a store, when, and where that is. The store has no clock and authenticates nobody: its host
// does.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "rabatt/records/field_types.h"

namespace rabatt {

// What somebody may do: "campaign.write", "campaign.post", "publish" …; "RECORD.read", "RECORD.write" and
// "RECORD.remove" for any record. Or what a part of a company does: all of them read every record;
//   marketing  writes campaigns, target groups, recipients, leads, actions and what comes of them; posts campaigns
//   sales      writes parties, organisations, price books, leads and what is noted about them
//   finance    writes rates and payment terms, reads the log, publishes
//   admin      may do everything
class Permissions {
 public:
  Permissions() = default;  // nothing
  explicit Permissions(std::set<std::string, std::less<>> slugs);

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
