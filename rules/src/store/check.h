// check: whether a store is what its verbs make of one. Reads everything once, in memory that does not grow with it.
#pragma once

#include <string>

#include "findings.h"
#include "session.h"

namespace rabatt {

// {"problems": [{"code", "record", "message"}], "records": 120, "log": 140}. The codes are
//   damaged_file      the database itself finds something wrong
//   wrong_schema      a table, column, index or view is missing, or of another type; nothing else is looked at then
//   wrong_value       a cell that its field cannot have
//   wrong_key         a text is compared by a key that is not its own
//   lost_reference    a reference to a record that is not there
//   wrong_numerator   two defaults of a kind, no kind, a next number below 0
//   free_number       a number that a record has, and that could be given again
//   wrong_id          an id that would be given again
//   wrong_sequence    a change behind the last one of the store, or before one that came earlier
//   wrong_log         the log does not lead to the record as it stands
//   wrong_version     a former revision is missing, twice, of another time, or not what the log says
std::string check_store(Session& session);

// ---- its parts ----

void check_file(Session& session, Findings* findings);
void check_schema(Session& session, Findings* findings);
void check_rows(Session& session, Findings* findings);
void check_references(Session& session, Findings* findings);
void check_numbers(Session& session, Findings* findings);
void check_sequences(Session& session, Findings* findings);
void check_history(Session& session, const RecordType& type, Findings* findings);

}  // namespace rabatt
