#include "stored.h"

namespace rabatt {
namespace {

std::int64_t number(CellView cell) { return integer_of(cell.value_or("")).value_or(0); }

}  // namespace

Cells cells_of(RowView row) {
  Cells copies;
  copies.reserve(row.size());
  for (const auto& cell : row) copies.push_back(owned(cell));
  return copies;
}

Stored stored_of(const RecordType& type, RowView row) {
  const auto fields = type.fields().size();
  return {.id = number(row[0]),
          .revision = number(row[1]),
          .since = number(row[2]),
          .created_at = owned(row[3]),
          .created_by = owned(row[4]),
          .changed_at = owned(row[5]),
          .changed_by = owned(row[6]),
          .values = {cells_of(row.subspan(stamp_count, fields)), std::vector<std::vector<Cells>>(type.lists().size())},
          .computed = cells_of(row.subspan(stamp_count + fields))};
}

void load_where(Session& session, const RecordType& type, std::string_view condition,
                std::initializer_list<CellView> parameters, const std::function<void(Stored)>& visit) {
  session.run(table_of(type).select + " where " + std::string(condition), parameters,
              [&](RowView row) { visit(stored_of(type, row)); });
}

void load_lists(Session& session, const RecordType& type, Stored* stored) {
  for (std::size_t i = 0; i < type.lists().size(); ++i) {
    const auto& list = type.lists()[i];
    auto& rows = stored->values.lists[i];
    session.run(table_of(type, list).select + " where r.\"owner\" = $1 order by r.\"position\"",
                {std::to_string(stored->id)}, [&](RowView row) { rows.push_back(cells_of(row.subspan(1))); });
  }
}

std::optional<Stored> load(Session& session, const RecordType& type, std::int64_t id) {
  std::optional<Stored> found;
  load_where(session, type, "r.id = $1", {std::to_string(id)}, [&](Stored stored) { found = std::move(stored); });
  if (found) load_lists(session, type, &*found);
  return found;
}

Stored load_existing(Session& session, const RecordType& type, std::int64_t id) {
  auto stored = load(session, type, id);
  if (!stored) throw Error(Code::not_found, std::string(type.name()) + " #" + std::to_string(id));
  return std::move(*stored);
}

void fill(const RecordType& type, const Stored& stored, StoredRecord* record) {
  type.fill(record, stored.values);
  record->id = stored.id;
  record->revision = stored.revision;
  from_cell(stored.created_at, &record->created_at);
  from_cell(stored.created_by, &record->created_by);
  from_cell(stored.changed_at, &record->changed_at);
  from_cell(stored.changed_by, &record->changed_by);
}

void load_struct(Session& session, const RecordType& type, std::int64_t id, StoredRecord* record) {
  fill(type, load_existing(session, type, id), record);
  for (std::size_t i = 0; i < type.children().size(); ++i) {
    const auto& child = type.children()[i].type();
    const auto stored = load_children(session, child, id);
    const auto structs = type.make_children(record, i, stored.size());
    for (std::size_t n = 0; n < structs.size(); ++n) fill(child, stored[n], structs[n]);
  }
}

std::vector<std::int64_t> child_ids(Session& session, const RecordType& child, std::int64_t parent) {
  std::vector<std::int64_t> ids;
  const auto order = child.sort().empty() ? std::string("id") : sql_name(child.sort()) + ", id";
  session.run(
      "select id from " + sql_name(child.name()) + " where " + sql_name(child.parent()) + " = $1 order by " + order,
      {std::to_string(parent)}, [&](RowView row) { ids.push_back(number(row[0])); });
  return ids;
}

std::vector<Stored> load_children(Session& session, const RecordType& child, std::int64_t parent) {
  std::vector<Stored> children;
  const auto order = child.sort().empty() ? std::string("r.id") : "r." + sql_name(child.sort()) + ", r.id";
  load_where(session, child, "r." + sql_name(child.parent()) + " = $1 order by " + order, {std::to_string(parent)},
             [&](Stored stored) { children.push_back(std::move(stored)); });
  for (auto& stored : children) load_lists(session, child, &stored);
  return children;
}

}  // namespace rabatt
