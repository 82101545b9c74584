#include "writing.h"

#include "history.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

void insert_lists(Session& session, const RecordType& type, std::int64_t id, std::size_t index, const Values& values) {
  const auto& list = type.lists()[index];
  const auto& table = table_of(type, list);
  std::int64_t position = 0;
  for (const auto& cells : values.lists[index]) {
    Cells row = {std::to_string(id), std::to_string(position++)};
    append_with_keys(list.columns, cells, session.company().order, &row);
    session.insert(table, std::move(row));
  }
}

void insert_record(Session& session, const RecordType& type, std::int64_t id, const Values& values) {
  const auto since = log_change(session, type, id, 1, "add", nullptr, &values);
  const auto now = text_of(session.time());
  const auto by = cell_of(session.by());
  Cells row = {std::to_string(id), "1", std::to_string(since), now, by, now, by};
  append_with_keys(type.fields(), values.fields, session.company().order, &row);
  session.insert(table_of(type), std::move(row));
  for (std::size_t i = 0; i < type.lists().size(); ++i) insert_lists(session, type, id, i, values);
}

// The fields that have changed, in one update.
void update_record(Session& session, const RecordType& type, const Stored& before, const Values& after,
                   std::int64_t since) {
  std::string sql =
      "update " + sql_name(type.name()) + " set revision = $2, since = $3, changed_at = $4, changed_by = $5";
  Cells cells = {std::to_string(before.id), std::to_string(before.revision + 1), std::to_string(since),
                 text_of(session.time()), cell_of(session.by())};
  const auto set = [&](const std::string& column, Cell value) {
    cells.push_back(std::move(value));
    sql.append(", ").append(column).append(" = $").append(std::to_string(cells.size()));
  };
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    const auto& cell = after.fields[i];
    if (cell == before.values.fields[i]) continue;
    set(sql_name(field.name), cell);
    if (has_key(field)) set(key_column(field), cell ? Cell(session.company().order.key(*cell)) : Cell());
  }
  const std::vector<CellView> views(cells.begin(), cells.end());
  session.run(sql + " where id = $1", views);
}

void update_lists(Session& session, const RecordType& type, const Stored& before, const Values& after) {
  for (std::size_t i = 0; i < type.lists().size(); ++i) {
    if (after.lists[i] == before.values.lists[i]) continue;
    session.run("delete from " + table_of(type, type.lists()[i]).name + " where owner = $1",
                {std::to_string(before.id)});
    insert_lists(session, type, before.id, i, after);
  }
}

}  // namespace

std::int64_t insert_new(Session& session, const RecordType& type, const Values& values, std::int64_t id) {
  if (id == 0) id = session.next_id(type);
  insert_record(session, type, id, values);
  session.forget_missing();
  return id;
}

void write_revision(Session& session, const RecordType& type, const Stored& before, const Values& after,
                    std::string_view verb) {
  const auto since = log_change(session, type, before.id, before.revision + 1, verb, &before.values, &after);
  if (type.is_versioned()) keep_version(session, type, before, since);
  update_record(session, type, before, after, since);
  update_lists(session, type, before, after);
}

void write_change(Session& session, const RecordType& type, const Stored& before, const Values& after,
                  std::string_view verb) {
  if (before.values == after) return;
  write_revision(session, type, before, after, verb);
}

void touch(Session& session, const RecordType& type, std::int64_t id, std::string_view verb) {
  const auto stored = load_existing(session, type, id);
  write_revision(session, type, stored, stored.values, verb);
}

}  // namespace rabatt
