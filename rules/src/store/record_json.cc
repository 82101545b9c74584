#include "record_json.h"

#include "json_text.h"
#include "records/computed.h"

namespace rabatt {
namespace {

void append_member(std::string_view name, std::string* json) {
  append_comma(json);
  append_string(name, json);
  *json += ':';
}

void append_entry(const ListField& list, const Cells& row, const Labels& labels, std::string* json) {
  const std::size_t first = list.is_map ? 1 : 0;
  if (list.of_values) return append_value(list.columns[first], row[first], labels, json);
  *json += '{';
  for (std::size_t i = first; i < list.columns.size(); ++i) {
    append_member(list.columns[i].name, json);
    append_value(list.columns[i], row[i], labels, json);
  }
  *json += '}';
}

void append_list(const ListField& list, const std::vector<Cells>& rows, const Labels& labels, std::string* json) {
  *json += list.is_map ? '{' : '[';
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (list.is_map) {
      append_member(*rows[i][0], json);
    } else {
      append_comma(json);
    }
    append_entry(list, rows[i], labels, json);
  }
  *json += list.is_map ? '}' : ']';
}

// Everything but the closing brace.
std::string opened_json(const RecordType& type, const Stored& stored, const Labels& labels) {
  std::string json = "{\"id\":" + std::to_string(stored.id) + ",\"revision\":" + std::to_string(stored.revision);
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    append_member(type.fields()[i].name, &json);
    append_value(type.fields()[i], stored.values.fields[i], labels, &json);
  }
  for (std::size_t i = 0; i < stored.values.lists.size(); ++i) {
    append_member(type.lists()[i].name, &json);
    append_list(type.lists()[i], stored.values.lists[i], labels, &json);
  }
  for (std::size_t i = 0; i < stored.computed.size(); ++i) {
    const auto& field = computed_fields(type)[i].field;
    append_member(field.name, &json);
    append_cell(field, stored.computed[i], &json);
  }
  const std::pair<std::string_view, const Cell*> stamps[] = {{"created_at", &stored.created_at},
                                                             {"created_by", &stored.created_by},
                                                             {"changed_at", &stored.changed_at},
                                                             {"changed_by", &stored.changed_by}};
  for (const auto& [name, cell] : stamps) {
    append_member(name, &json);
    append_raw(*cell, &json);
  }
  return json;
}

}  // namespace

void append_value(const Field& field, const Cell& cell, const Labels& labels, std::string* json) {
  if (field.kind == FieldKind::reference && cell) {
    if (cell->starts_with('=')) return append_string(std::string_view(*cell).substr(1), json);
    const auto* label = labels.of(field.target(), integer_of(*cell).value_or(0));
    if (label) return append_string(*label, json);
  }
  append_cell(field, cell, json);
}

std::string to_json(const RecordType& type, const Stored& stored, const Labels& labels) {
  return opened_json(type, stored, labels) + "}";
}

std::string to_json(const RecordType& type, const StoredRecord& record) {
  Stored stored;
  stored.id = record.id;
  stored.revision = record.revision;
  stored.values = type.values_of(record);
  auto json = opened_json(type, stored, {});
  for (std::size_t i = 0; i < type.children().size(); ++i) {
    const auto& child = type.children()[i];
    const auto children = type.children_of(record, i);
    if (!children) continue;
    append_member(child.name, &json);
    if (!child.is_single) json += '[';
    for (const auto* one : *children) {
      if (!child.is_single) append_comma(&json);
      json += to_json(child.type(), *one);
    }
    if (!child.is_single) json += ']';
  }
  return json + "}";
}

std::string load_json(Session& session, const RecordType& type, std::int64_t id) {
  const auto stored = load_existing(session, type, id);
  auto json = opened_json(type, stored, Labels(session, type, {&stored, 1}));
  for (const auto& child : type.children()) {
    append_member(child.name, &json);
    const auto entries = load_children(session, child.type(), id);
    const Labels labels(session, child.type(), entries);
    if (!child.is_single) json += '[';
    for (const auto& entry : entries) {
      if (!child.is_single) append_comma(&json);
      json += to_json(child.type(), entry, labels);
    }
    json += child.is_single ? (entries.empty() ? "null" : "") : "]";
  }
  return json + "}";
}

}  // namespace rabatt
