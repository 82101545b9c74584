#include "rabatt/record_types_json.h"

#include "computed.h"
#include "record_type.h"
#include "store/json_text.h"

namespace rabatt {
namespace {

std::string_view kind_name(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::decimal: return "decimal";
    case FieldKind::integer: return "integer";
    case FieldKind::boolean: return "boolean";
    case FieldKind::day: return "day";
    case FieldKind::instant: return "instant";
    case FieldKind::choice: return "choice";
    case FieldKind::reference: return "reference";
  }
  return {};
}

// Builds an object member by member.
class Object {
 public:
  explicit Object(std::string* json) : json_(json) { *json_ += '{'; }
  ~Object() { *json_ += '}'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  std::string* value(std::string_view name) {
    append_comma(json_);
    append_string(name, json_);
    *json_ += ':';
    return json_;
  }
  void text(std::string_view name, std::string_view text) { append_string(text, value(name)); }
  void flag(std::string_view name, bool set) { value(name)->append(set ? "true" : "false"); }

 private:
  std::string* json_;
};

// `[a,b]`, an element for each of `all`.
template <class All, class Append>
void append_list(const All& all, std::string* json, const Append& append) {
  *json += '[';
  for (const auto& one : all) {
    append_comma(json);
    append(one);
  }
  *json += ']';
}

void append_field(const Field& field, std::string* json) {
  Object object(json);
  object.text("name", field.name);
  object.text("kind", kind_name(field.kind));
  object.flag("required", field.required);
  object.flag("read_only", field.read_only);
  object.flag("fixed", field.fixed);
  object.flag("personal", field.personal);
  object.flag("unique", field.unique);
  object.flag("several_lines", field.form == TextForm::lines);
  if (field.most_bytes != 0) object.value("most_bytes")->append(std::to_string(field.most_bytes));
  if (field.kind == FieldKind::choice) {
    append_list(field.choices, object.value("choices"), [&](std::string_view choice) { append_string(choice, json); });
  }
  if (field.target) object.text("target", field.target().name());
  append_cell(field, field.blank, object.value("default"));
}

void append_type(const RecordType& type, std::string* json) {
  Object object(json);
  object.text("name", type.name());
  object.text("plural", type.plural());
  object.text("parent", type.parent());
  object.text("sort", type.sort());
  object.flag("versioned", type.is_versioned());
  object.flag("by_hand", type.by_hand() != ByHand::nothing);
  append_list(type.labels(), object.value("labels"),
              [&](std::size_t index) { append_string(type.fields()[index].name, json); });
  append_list(type.fields(), object.value("fields"), [&](const Field& field) { append_field(field, json); });
  append_list(computed_fields(type), object.value("computed"),
              [&](const ComputedField& computed) { append_field(computed.field, json); });
  append_list(type.lists(), object.value("lists"), [&](const ListField& list) {
    Object part(json);
    part.text("name", list.name);
    part.flag("is_map", list.is_map);
    part.flag("of_values", list.of_values);
    part.flag("read_only", list.read_only);
    append_list(list.columns, part.value("columns"), [&](const Field& field) { append_field(field, json); });
  });
  append_list(type.children(), object.value("children"), [&](const ChildField& child) {
    Object part(json);
    part.text("name", child.name);
    part.flag("is_single", child.is_single);
    part.text("record", child.type().name());
  });
}

}  // namespace

std::string record_types_json() {
  std::string json;
  append_list(record_types(), &json, [&](const RecordType* type) { append_type(*type, &json); });
  return json;
}

}  // namespace rabatt
