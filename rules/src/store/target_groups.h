// Target groups: who is in them, and since when.
#pragma once

#include <cstdint>
#include <vector>

#include "session.h"

namespace rabatt {

struct Refreshed {
  std::int64_t added = 0;
  std::int64_t removed = 0;
  std::int64_t members = 0;  // now, linked ones
};

// Brings the members in line with the conditions, as the group's mode says. Throws frozen for a frozen group that has
// been filled already, permission_denied.
Refreshed refresh_target_group(Session& session, std::int64_t group);

// The parties of a target group that are linked, as they came.
std::vector<std::int64_t> linked_members(Session& session, std::int64_t target_group);

// invalid_value, unknown_record, unknown_field …: what is wrong with its conditions.
void verify_target_group(Session& session, std::int64_t id);

// What a member is given when it comes: when, and how the party was called then.
void complete_member(Session& session, Values* values);

// duplicate_source: a party is among the members of a group, and the contacts of an action, once.
void verify_party_once(Session& session, const RecordType& type, std::int64_t id);

}  // namespace rabatt
