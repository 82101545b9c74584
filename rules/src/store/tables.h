// The tables of a record type: their columns, and the statements that all verbs share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "records/record_type.h"
#include "records/text_order.h"

namespace rabatt {

// What stands in front of a record's fields in its table. `since` is the sequence of the log at which this revision
// began.
inline constexpr std::string_view stamp_columns[] = {"id",         "revision",   "since",     "created_at",
                                                     "created_by", "changed_at", "changed_by"};
inline constexpr std::size_t stamp_count = std::size(stamp_columns);

std::string sql_name(std::string_view name);  // "\"name\"": an SQL identifier

// Texts have a second column, with the key that they are compared by.
inline bool has_key(const Field& field) { return field.kind == FieldKind::text; }
std::string key_column(const Field& field);  // "\"name_key\""

struct Table {
  std::string plain_name;
  std::string name;                  // quoted, as SQL has it
  std::vector<std::string> columns;  // plain: what a row that is inserted consists of, in this order
  std::string from;                  // ` from … as r left join …`
  std::string select;                // `select … from … as r left join …`, to be followed by a `where`
};

// A record's own table. Selected are its stamps, its fields and its computed fields.
const Table& table_of(const RecordType& type);

// The table of a list inside the record. Its rows are owner, position, the columns and their keys; selected are the
// owner, the columns, and the labels of references.
const Table& table_of(const RecordType& type, const ListField& list);

// Appends the keys of texts and the fields' cells, in the order of Table::columns.
void append_with_keys(std::span<const Field> fields, const Cells& cells, const TextOrder& order, Cells* row);

}  // namespace rabatt
