// What was: the log of every change, and the former revisions of what prices.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "json_tape.h"
#include "stored.h"

namespace rabatt {

// Logs a change of a record to `revision`: the fields in which `before` and `after` differ. Returns its sequence.
std::int64_t log_change(Session& session, const RecordType& type, std::int64_t id, std::int64_t revision,
                        std::string_view verb, const Values* before, const Values* after);

// Appends the changes of the log `l` that meet the condition to a JSON list, the oldest first: {"sequence": 7, "at": …,
// "by": "ANN", "record": "item", "id": 1, "revision": 2, "verb": "save", "changes": {"name": ["Tea", "Green tea"]},
// "erased": ["email"]}: what fields were and are, as texts; references as ids, lists as lists of rows.
// `fields`: just these, where any are given.
void append_changes(Session& session, const std::string& condition, std::initializer_list<CellView> parameters,
                    std::string* json, std::span<const std::string> fields = {});

// Forgets what a change has that is personal, or just these fields of it.
void forget_change(Session& session, std::int64_t sequence, std::span<const std::string> fields);

// Keeps a revision of a versioned record that ends before the sequence `until`.
void keep_version(Session& session, const RecordType& type, const Stored& stored, std::int64_t until);

// A record's values as one text, without what is personal, and back; fields that it does not name are blank.
std::string content_of(const RecordType& type, const Values& values);
Values values_from_content(const RecordType& type, std::string_view content);

// The rows of a list, as the log and versions have them.
std::vector<Cells> rows_from(JsonView list);

}  // namespace rabatt
