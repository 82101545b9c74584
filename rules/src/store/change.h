// Adding and saving records.
#pragma once

#include <span>

#include "records/draft.h"
#include "session.h"

namespace rabatt {

// Stores a new record with its children; returns its id. Throws Errors with everything that is wrong with its fields,
// or one of number_taken, duplicate_code, …
std::int64_t add_record(Session& session, Draft draft);

// Stores what the draft gives of an existing record. Throws besides: field_required (`revision`), conflict, not_found.
void save_record(Session& session, Draft draft);

// The halves of these for many records at once, in one part of the caller's: first all are stored, then each is looked
// at. A draft without a revision saves whatever revision there is. Who may write such records is asked before.
std::int64_t add_unverified(Session& session, Draft draft);
void save_unverified(Session& session, Draft draft);
void finish_changes(Session& session, const RecordType& type, std::span<const std::int64_t> ids);

}  // namespace rabatt
