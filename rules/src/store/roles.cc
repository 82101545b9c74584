// What the parts of a company may do: a start, to which a host adds what its own people may besides.
#include <algorithm>
#include <array>

#include "rabatt/at.h"
#include "records/record_type.h"

namespace rabatt {
namespace {

constexpr std::string_view of_marketing[] = {
    "campaign",
    "target_group",
    "recipient",
    "lead",
    "email_permission",
    "email_template",
    "action",
    "dossier_item",
    "dossier_type",
    "response",
    "category",
    "contact_status",
    "saved_search",
    "campaign.post",
    "campaign.set_for_all",
    "target_group.refreeze",
    "recipient.mark_sent",
    "import",
};

constexpr std::string_view of_sales[] = {"party",          "organisation", "price_book",   "lead",  "response",
                                         "contact_status", "dossier_item", "saved_search", "import"};

constexpr std::string_view of_finance[] = {"rate", "payment_term", "saved_search", "import", "log.read", "publish"};

struct Role {
  std::string_view name;
  std::span<const std::string_view> grants;  // permissions, and records that may be written and removed
};

constexpr auto roles = std::to_array<Role>({
    {"marketing", of_marketing},
    {"sales", of_sales},
    {"finance", of_finance},
});

}  // namespace

Permissions::Permissions(std::set<std::string, std::less<>> slugs)
    : slugs_(std::move(slugs)), everything_(slugs_.contains("admin")) {
  for (const auto& role : roles) {
    if (!slugs_.contains(role.name)) continue;
    for (const auto* type : record_types()) slugs_.insert(std::string(type->name()) + ".read");
    for (const auto grant : role.grants) {
      if (!record_named(grant)) {
        slugs_.emplace(grant);
        continue;
      }
      for (const auto* what : {".write", ".remove"}) slugs_.insert(std::string(grant) + what);
    }
  }
}

}  // namespace rabatt
