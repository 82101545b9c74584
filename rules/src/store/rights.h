// Who may do what with records. The permission is `RECORD.read`, `RECORD.write` or `RECORD.remove`; what lives in
// another record goes by the permissions of that one, but for recipients, who have their own. Who writes a record is
// told what was stored.
//
// A target group is its owner's, who is responsible for it or has made it; `visibility` says what others may do with it
// and its members.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "session.h"

namespace rabatt {

// Asks for the permission to read, write or remove records of the type, or the one of this id. Throws permission_denied
// with the slug; for everybody, where only verbs write such records.
void require(Session& session, const RecordType& type, std::string_view what, std::int64_t id = 0);

// Asks whether a target group is open to be read or written, whatever permissions there are.
void require_open(Session& session, std::string_view what, std::int64_t target_group);

// Asks for the permission to read the record of this id, which may be gone: what was a target group, or in one, is then
// told to whoever made it.
void require_former(Session& session, const RecordType& type, std::int64_t id);

// Asks for what the values of one record need besides: permission to force a price, groups to be seen or written to.
// `before`: nothing, for a new one.
void require_change(Session& session, const RecordType& type, const Values* before, const Values& after);

// What holds in SQL of the records `r` that may be read; empty where all of them may. `parameter` gives a text a place.
std::string readable_sql(Session& session, const RecordType& type,
                         const std::function<std::string(std::string)>& parameter);

}  // namespace rabatt
