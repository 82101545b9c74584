// Records as JSON objects: stamps, then fields in their order, lists, children; references by label, or by id where
// there is none.
#pragma once

#include <string>

#include "labels.h"

namespace rabatt {

// A field's value: the label of a reference where it has one.
void append_value(const Field& field, const Cell& cell, const Labels& labels, std::string* json);

std::string to_json(const RecordType& type, const Stored& stored, const Labels& labels);

// The struct of a record, with the children that it has; references by the name that it gives, or by id.
std::string to_json(const RecordType& type, const StoredRecord& record);

// The record with all its children, read from the store.
std::string load_json(Session& session, const RecordType& type, std::int64_t id);

}  // namespace rabatt
