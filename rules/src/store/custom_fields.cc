#include "custom_fields.h"

#include <algorithm>

#include "rabatt/path.h"
#include "rabatt/text.h"
#include "stored.h"

namespace rabatt {
namespace {

CustomFields load_fields(Session& session, const RecordType& type) {
  const auto& definition = record_type<CustomFieldRecord>();
  const auto& order = session.company().order;
  std::vector<Stored> found;
  load_where(session, definition, "r.record_key = $1", {order.key(type.name())},
             [&](Stored stored) { found.push_back(std::move(stored)); });
  CustomFields fields;
  for (auto& stored : found) {
    load_lists(session, definition, &stored);
    auto record = record_of<CustomFieldRecord>(stored);
    fields.emplace(order.key(trimmed(record.name)), CustomField{record.kind, std::move(record.choices)});
  }
  return fields;
}

FieldKind kind_of(CustomKind kind) {
  switch (kind) {
    case CustomKind::number: return FieldKind::decimal;
    case CustomKind::date: return FieldKind::day;
    case CustomKind::choice: return FieldKind::choice;
    case CustomKind::bool_: return FieldKind::boolean;
    default: return FieldKind::text;
  }
}

}  // namespace

const CustomFields& custom_fields(Session& session, const RecordType& type) {
  auto& known = session.custom_fields();
  const auto found = known.find(&type);
  if (found != known.end()) return found->second;
  return known.emplace(&type, load_fields(session, type)).first->second;
}

ReadCell read_custom(const CustomField& field, std::string_view text) {
  if (field.kind == CustomKind::text) return {std::string(text), {}, {}};
  const std::vector<std::string_view> choices(field.choices.begin(), field.choices.end());
  auto read = read_cell({.name = "custom", .kind = kind_of(field.kind), .choices = choices}, text);
  if (field.kind == CustomKind::bool_ && read.cell) read.cell = std::string(text);  // the text, not the cell of a bool
  return read;
}

void check_custom(Session& session, const RecordType& type, const Values* before, Values* values,
                  std::vector<Problem>* problems) {
  const auto list = type.list("custom");
  if (!list) return;
  for (auto& row : values->lists[*list]) {
    const auto& fields = custom_fields(session, type);
    const auto field = fields.find(session.company().order.key(trimmed(*row[0])));
    if (field == fields.end() || !row[1]) continue;
    if (before && std::ranges::count(before->lists[*list], row) > 0) continue;  // it may be older than its definition
    auto read = read_custom(field->second, *row[1]);
    if (read.fault) {
      const Path custom("custom");
      problems->push_back({*read.fault, subject_of((custom / *row[0]).text(), *row[1]), std::move(read.message)});
    }
    row[1] = std::move(read.cell);
  }
}

void verify_custom_field(Session& session, std::int64_t id) {
  const auto field = load_record<CustomFieldRecord>(session, id);
  const auto* type = record_named(field.record);
  if (!type || type->name() != field.record || !type->list("custom")) {
    throw Error(Code::unknown_record, subject_of("record", field.record));
  }
  const auto& order = session.company().order;
  const auto other =
      session.value("select 1 from custom_field where record_key = $1 and name_key = $2 and id <> $3 limit 1",
                    {order.key(field.record), order.key(field.name), std::to_string(id)});
  if (other) throw Error(Code::duplicate_name, subject_of("name", field.name));
}

}  // namespace rabatt
