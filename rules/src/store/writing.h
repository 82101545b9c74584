// Writing records as they are to stand: rows, stamps, log and former versions. No rule is looked at, and nobody is
// asked for a permission.
#pragma once

#include <cstdint>
#include <string_view>

#include "stored.h"

namespace rabatt {

// A new record; its children do not come along. `id`: 0, or one that is known to be free. Returns its id.
std::int64_t insert_new(Session& session, const RecordType& type, const Values& values, std::int64_t id = 0);

template <class Record>
std::int64_t insert_new(Session& session, const Record& record) {
  return insert_new(session, record_type<Record>(), record_type<Record>().values_of(record));
}

// The next revision of a record, where anything is different.
void write_change(Session& session, const RecordType& type, const Stored& before, const Values& after,
                  std::string_view verb);

// The next revision also where no value has changed.
void write_revision(Session& session, const RecordType& type, const Stored& before, const Values& after,
                    std::string_view verb);

// A new revision with the same values: something that lives in the record has changed.
void touch(Session& session, const RecordType& type, std::int64_t id, std::string_view verb);

}  // namespace rabatt
