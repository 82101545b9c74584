// Parties and leads by the thousand: what audiences are made of.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "json_tape.h"
#include "rabatt/records/audience.h"
#include "stored.h"

namespace rabatt {

// Visits the records of these ids in rising order of ids, some thousand at a time, without their lists. The visitor may
// use the session. Ids without a record are left out.
void each_by_id(Session& session, const RecordType& type, std::vector<std::int64_t> ids,
                const std::function<void(const Stored&)>& visit);

// The same, as many at a time as are read together.
void each_batch_by_id(Session& session, const RecordType& type, std::vector<std::int64_t> ids,
                      const std::function<void(std::span<const Stored>)>& visit);

// The ids that a statement gives in its first column.
std::vector<std::int64_t> ids_of(Session& session, const std::string& sql, std::span<const CellView> parameters);

// The id of a JSON key. Throws not_found.
std::int64_t id_of_key(Session& session, const RecordType& type, JsonView key);

// The ids of a JSON list of keys: numbers are ids, texts numbers or codes. Throws not_found, invalid_value.
std::vector<std::int64_t> ids_of_keys(Session& session, const RecordType& type, JsonView keys);

}  // namespace rabatt
