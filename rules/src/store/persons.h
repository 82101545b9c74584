// Persons: what the store holds about somebody, by e-mail address or as a party or lead, and forgetting it.
//
// By address these are all records with it, and what refers to a party or lead with it. By party or lead it is that
// one, what refers to it, and, unless another party has the same address, records with its address that refer to nobody
// else. Where a record was about somebody before it was about somebody else, or is gone, it is what the log has of
// that.
//
// Erasing blanks the fields of records that are about a person (`Personal`), and what the log has of them; a name that
// a record must have becomes "(erased)". Records, counts and money stay. Of the address stays a hash, as a blocked
// permission, so that nobody asks for another one (`erased`). What else people have written stays: tags, custom fields,
// numbers of customers and organisations, the note of a campaign, the criterion of a search.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "session.h"

namespace rabatt {

// One of these is given. An address has no case; a party or lead may be gone.
struct Person {
  std::string email;
  std::optional<std::int64_t> party, lead;
};

// By the name of a record: the ids of those that are about a person, and how many changes the log has with something
// personal about them.
struct Held {
  std::map<std::string_view, std::vector<std::int64_t>> records;
  std::int64_t changes = 0;
};

struct Erased {
  std::map<std::string_view, std::int64_t> records;  // how many have been blanked
  std::int64_t changes = 0;  // that have nothing personal about them any more
};

// Needs person.export.
Held held_about(Session& session, const Person& person);

// All of it as JSON: {"records": {"party": [{…}]}, "changes": [{…}]}, the changes as append_changes() has them. Of
// records without anything personal that refer to the person, their id and label. Needs person.export; throws not_found
// where there is nothing.
std::string exported(Session& session, const Person& person);

// Forgets it. Needs person.erase; throws not_found where there is nothing.
Erased erase_person(Session& session, const Person& person);

// What nobody has changed for longer than the `retention` of the settings, but for employees, permissions, and parties
// who are customers or suppliers: how many records and changes, and forgetting them. Nothing where the settings have no
// retention. Needs person.erase.
Erased expired(Session& session);
Erased erase_expired(Session& session);

}  // namespace rabatt
