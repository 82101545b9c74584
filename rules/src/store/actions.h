// Actions: who they address, and the dossier items made for them.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "session.h"

namespace rabatt {

struct ContactsAdded {
  std::int64_t added = 0;
  std::int64_t already_there = 0;
  std::int64_t skipped_used = 0;  // in another action of the campaign, where the action leaves these out
};

// Copies the linked members of a target group to the action as they are now. Throws duplicate_selection.
ContactsAdded add_target_group(Session& session, std::int64_t action, std::int64_t target_group);

// Copies the contacts of another action, linked and unlinked as they are.
ContactsAdded copy_contacts(Session& session, std::int64_t action, std::int64_t from);

struct Generated {
  std::int64_t items = 0;                         // dossier items that were made
  std::int64_t contacts = 0;                      // whom they are for: what the action costs goes by them
  std::map<std::string, std::int64_t> excluded;  // linked contacts that got none, by reason: no_email, no_permission
};

// Makes a dossier item for each linked contact that has none of this action yet, or one for the whole action. By e-mail
// only contacts with a confirmed permission get one. Throws no_linked_contacts, field_required (`dossier_type`).
Generated generate(Session& session, std::int64_t action);

}  // namespace rabatt
