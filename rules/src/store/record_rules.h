// What holds of a record beyond its own fields: what it is given when it is stored, what the rest of the store must be
// like for it, and what else happens with it.
#pragma once

#include <vector>

#include "stored.h"

namespace rabatt {

// Fills in what depends on the moment or on other fields.
void complete(Session& session, const RecordType& type, Values* values);

// Looks at the record and its children as they now stand in the store; throws what is wrong with them, all at once.
void verify(Session& session, const RecordType& type, std::int64_t id);

// Throws the problems, if there are any, in the order of their paths.
void throw_if_any(std::vector<Problem> problems);

// Looks at a parent whose lines have come, changed or gone by themselves, and gives it a new revision.
void finish_lines(Session& session, const RecordType& type, std::int64_t parent);

// Does what follows from the record as it now stands.
void follow_up(Session& session, const RecordType& type, std::int64_t id);

// Does what follows from its being changed; `before`: nothing, for a new one. A response that has come to want no more
// e-mail withdraws the permission.
void follow_change(Session& session, const RecordType& type, std::int64_t id, const Values* before,
                   const Values& after);

// The same once a record is gone.
void follow_removal(Session& session, const RecordType& type, const Stored& stored);

// Whether a record of the type may go although others refer to it: they let go of it, or go along.
bool lets_go(const RecordType& type);

// Whether its parent has one such record at most: it has the id of its parent then.
bool has_id_of_parent(const RecordType& type);

// Whether the keys of a map are currencies.
bool is_by_currency(const ListField& list);

// How many records of each kind are in the way of removing this one; empty if it may go.
std::vector<std::pair<const RecordType*, std::int64_t>> uses_of(Session& session, const RecordType& type,
                                                                std::int64_t id);

}  // namespace rabatt
