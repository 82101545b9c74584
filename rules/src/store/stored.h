// Stored: a record as it stands in the store, and reading it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session.h"

namespace rabatt {

struct Stored {
  std::int64_t id = 0;
  std::int64_t revision = 0;
  std::int64_t since = 0;  // sequence of the log
  Cell created_at, created_by, changed_at, changed_by;
  Values values;
  Cells computed;  // computed_fields()
};

// The record of this id, its lists included; nothing if there is none.
std::optional<Stored> load(Session& session, const RecordType& type, std::int64_t id);

// The same; throws not_found with `record #id`.
Stored load_existing(Session& session, const RecordType& type, std::int64_t id);

// The records for which `condition` (on the alias r, with its order) holds, without their lists.
void load_where(Session& session, const RecordType& type, std::string_view condition,
                std::initializer_list<CellView> parameters, const std::function<void(Stored)>& visit);
Stored stored_of(const RecordType& type, RowView row);  // a row of Table::select
Cells cells_of(RowView row);

// Reads the lists of a record that has none yet.
void load_lists(Session& session, const RecordType& type, Stored* stored);

// The struct of the record, but for its children; its lists are empty where they were not read.
void fill(const RecordType& type, const Stored& stored, StoredRecord* record);

// The same with its children, read from the store.
void load_struct(Session& session, const RecordType& type, std::int64_t id, StoredRecord* record);

template <class Record>
Record record_of(const Stored& stored) {
  Record record;
  fill(record_type<Record>(), stored, &record);
  return record;
}
template <class Record>
Record load_record(Session& session, std::int64_t id) {
  return record_of<Record>(load_existing(session, record_type<Record>(), id));
}

// The children of `parent` in their order, and their ids.
std::vector<Stored> load_children(Session& session, const RecordType& child, std::int64_t parent);
std::vector<std::int64_t> child_ids(Session& session, const RecordType& child, std::int64_t parent);

}  // namespace rabatt
