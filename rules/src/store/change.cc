#include "change.h"

#include <algorithm>
#include <set>

#include "campaign_rules.h"
#include "custom_fields.h"
#include "history.h"
#include "numbers.h"
#include "price_conversion.h"
#include "rabatt/text.h"
#include "record_rules.h"
#include "rekey.h"
#include "removing.h"
#include "rights.h"
#include "stored.h"
#include "writing.h"

namespace rabatt {
namespace {

using Problems = std::vector<Problem>;

// ---- looking up what a draft refers to ----

void resolve(Session& session, const Field& field, const Path& path, Cell* cell, Problems* problems) {
  if (!*cell) return;
  if (field.kind == FieldKind::reference) {
    const auto& target = field.target();
    const bool is_text = (*cell)->starts_with('=');
    const bool labelled = is_text && !target.labels().empty();  // what has no number, code or name goes by its id
    const auto text = is_text ? (*cell)->substr(1) : **cell;
    const auto id = labelled ? session.id_labelled(target, text) : integer_of(text).value_or(0);
    if (id == 0 || (!labelled && !session.exists(target, id))) {
      problems->push_back({Code::not_found, subject_of(path.text(), labelled ? text : "#" + text),
                           "There is no such " + std::string(target.name()) + "."});
      return;
    }
    *cell = std::to_string(id);
  } else if (field.form == TextForm::currency && !session.company().knows_currency(**cell)) {
    problems->push_back({Code::unknown_currency, subject_of(path.text(), **cell), "There is no such currency."});
  }
}

void resolve_lists(Session& session, const RecordType& type, const Path& path, Values* values, Problems* problems) {
  for (std::size_t i = 0; i < type.lists().size(); ++i) {
    const auto& list = type.lists()[i];
    const Path list_path = path / list.name;
    for (std::size_t row = 0; row < values->lists[i].size(); ++row) {
      auto& cells = values->lists[i][row];
      const std::string key = cells[0].value_or("");
      const Path place = list.is_map ? list_path / key : list_path[row];
      if (is_by_currency(list) && !session.company().knows_currency(key)) {
        problems->push_back({Code::unknown_currency, place.text(), "There is no such currency."});
      }
      for (std::size_t column = 0; column < list.columns.size(); ++column) {
        resolve(session, list.columns[column], list.of_values ? place : place / list.columns[column].name,
                &cells[column], problems);
      }
    }
  }
}

// Everything that can be said of a record before it is stored.
void check(Session& session, const RecordType& type, const Path& path, Values* values, Problems* problems) {
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    auto& cell = values->fields[i];
    if (field.required && !cell && field.name != type.parent()) {
      problems->push_back({field.name == "name" ? Code::name_required : Code::field_required,
                           (path / field.name).text(), "This field is required."});
    }
    resolve(session, field, path / field.name, &cell, problems);
  }
  resolve_lists(session, type, path, values, problems);
  if (!problems->empty()) return;
  const auto record = type.create();
  type.fill(record.get(), *values);
  Problems own;
  type.check(*record, &own);
  for (auto& problem : own) {
    const auto before = path.text();
    if (!before.empty()) problem.path = before + "." + problem.path;
    problems->push_back(std::move(problem));
  }
}

Code duplicate_of(const Field& field) {
  if (field.form == TextForm::email) return Code::duplicate_email;
  return field.name == "name" ? Code::duplicate_name : Code::duplicate_code;
}

void check_unique(Session& session, const RecordType& type, std::int64_t id, const Values& values) {
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    if (!field.unique || field.form == TextForm::number || !values.fields[i]) continue;
    const auto key = session.company().order.key(*values.fields[i]);
    const auto found = session.value(
        "select id from " + sql_name(type.name()) + " where " + key_column(field) + " = $1 and id <> $2 limit 1",
        {key, std::to_string(id)});
    if (found) throw Error(duplicate_of(field), subject_of(field.name, *values.fields[i]));
  }
}

// ---- children ----

void set_field(const RecordType& type, std::string_view field, Cell cell, Values* values) {
  if (const auto index = type.field(field)) values->fields[*index] = std::move(cell);
}

using ById = std::map<std::int64_t, Stored>;

ById present_children(Session& session, const RecordType& type, std::int64_t parent) {
  ById present;
  for (auto& stored : load_children(session, type, parent)) present.emplace(stored.id, std::move(stored));
  return present;
}

// What a draft gives of a record, onto what the record has.
void merge(const Values& stored, Draft* draft) {
  for (std::size_t i = 0; i < stored.fields.size(); ++i) {
    if (!draft->fields_given[i]) draft->values.fields[i] = stored.fields[i];
  }
  for (std::size_t i = 0; i < stored.lists.size(); ++i) {
    if (!draft->lists_given[i]) draft->values.lists[i] = stored.lists[i];
  }
}

// Completes and checks the children that a draft gives, those of an existing record onto what they are; problems have
// their place below it. Returns what is there of the kinds that are given.
std::vector<ById> prepare_children(Session& session, Draft* draft, std::optional<std::int64_t> parent,
                                   Problems* problems) {
  std::vector<ById> all_present(draft->children.size());
  for (std::size_t i = 0; i < draft->children.size(); ++i) {
    if (!draft->children[i]) continue;
    const auto& child = draft->type->children()[i];
    const auto& type = child.type();
    const Path list(child.name);
    auto& present = all_present[i];
    if (parent) present = present_children(session, type, *parent);
    for (std::size_t position = 0; position < draft->children[i]->size(); ++position) {
      auto& entry = (*draft->children[i])[position];
      const auto former = present.find(child.is_single ? parent.value_or(0) : entry.id);
      if (former != present.end()) merge(former->second.values, &entry);
      set_field(type, type.parent(), parent ? Cell(std::to_string(*parent)) : Cell(), &entry.values);
      set_field(type, "line", std::to_string(position + 1), &entry.values);
      complete(session, type, &entry.values);
      check(session, type, child.is_single ? list : list[position], &entry.values, problems);
    }
  }
  return all_present;
}

std::int64_t insert_child(Session& session, const ChildField& child, std::int64_t parent, Draft entry) {
  const auto& type = child.type();
  set_field(type, type.parent(), std::to_string(parent), &entry.values);
  return insert_new(session, type, entry.values, child.is_single ? parent : 0);
}

// Children with an id are changed; without one they are new, and what is no longer among them goes.
void save_children(Session& session, const ChildField& child, std::int64_t parent, ById present,
                   std::vector<Draft> entries) {
  const auto& type = child.type();
  if (child.is_single && !entries.empty()) entries.front().id = present.contains(parent) ? parent : 0;
  std::vector<Draft*> added;
  for (auto& entry : entries) {
    const auto found = present.find(entry.id);
    if (entry.id == 0) {
      added.push_back(&entry);
    } else if (found == present.end()) {
      throw Error(Code::not_found, std::string(type.name()) + " #" + std::to_string(entry.id));
    } else {
      if (entry.revision && *entry.revision != found->second.revision) {
        throw Error(Code::conflict, std::string(type.name()) + " #" + std::to_string(entry.id));
      }
      write_change(session, type, found->second, entry.values, "save");
      present.erase(found);
    }
  }
  for (const auto& [id, stored] : present) remove_existing(session, type, id);
  for (auto* entry : added) insert_child(session, child, parent, std::move(*entry));
}

std::int64_t parent_of(Session& session, const RecordType& type, std::int64_t id) {
  const auto parent = session.value(
      "select " + sql_name(type.parent()) + " from " + sql_name(type.name()) + " where id = $1", {std::to_string(id)});
  return integer_of(parent.value_or("")).value_or(0);
}

std::int64_t last_line(Session& session, const RecordType& type, const Values& values) {
  const auto parent = values.fields[*type.field(type.parent())];
  if (!parent) return 0;
  const auto last = session.value(
      "select max(line) from " + sql_name(type.name()) + " where " + sql_name(type.parent()) + " = $1", {*parent});
  return last ? *integer_of(*last) : 0;
}

// A record may change the case of its own number.
bool is_same_number(Session& session, const Cell& a, const Cell& b) {
  const auto& order = session.company().order;
  return a && b && order.key(*a) == order.key(*b);
}

// The id of a record that is to be added: that of its parent where this has one such child at most.
std::int64_t new_id(Session& session, const RecordType& type, const Values& values) {
  if (!has_id_of_parent(type)) return session.next_id(type);
  const auto id = integer_of(values.fields[*type.field(type.parent())].value_or("")).value_or(0);
  if (session.exists(type, id)) throw Error(Code::conflict, std::string(type.name()) + " #" + std::to_string(id));
  return id;
}

// From here on texts and currencies are those of the settings as they now are.
void use_settings(Session& session) {
  const auto before = session.company().order;
  session.forget_company();
  const auto& after = session.company().order;
  if (after == before) return;
  rekey(session, before, after);
  session.numbering().taken.clear();  // they are in their table
  session.custom_fields().clear();
}

}  // namespace

std::int64_t add_unverified(Session& session, Draft draft) {
  const auto& type = *draft.type;
  if (type.name() == "settings") throw Error(Code::conflict, "settings #1");  // there is one row
  Problems problems;
  complete(session, type, &draft.values);
  check(session, type, Path(), &draft.values, &problems);
  check_custom(session, type, nullptr, &draft.values, &problems);
  if (!type.parent().empty() && !draft.values.fields[*type.field(type.parent())]) {
    problems.push_back({Code::field_required, std::string(type.parent()), "This field is required."});
  }
  prepare_children(session, &draft, std::nullopt, &problems);
  throw_if_any(std::move(problems));
  require_change(session, type, nullptr, draft.values);
  if (!type.parent().empty() && type.field("line")) {
    set_field(type, "line", std::to_string(last_line(session, type, draft.values) + 1), &draft.values);
  }
  check_unique(session, type, 0, draft.values);
  if (const auto number = type.field("number")) {
    assign_number(session, type, &draft.values, draft.values.fields[*number].has_value());
  }
  const auto id = insert_new(session, type, draft.values, new_id(session, type, draft.values));
  for (std::size_t i = 0; i < draft.children.size(); ++i) {
    if (!draft.children[i]) continue;
    for (auto& entry : *draft.children[i]) insert_child(session, type.children()[i], id, std::move(entry));
  }
  follow_change(session, type, id, nullptr, draft.values);
  return id;
}

void finish_changes(Session& session, const RecordType& type, std::span<const std::int64_t> ids) {
  if (!type.field("line")) {
    for (const auto id : ids) {
      verify(session, type, id);
      follow_up(session, type, id);
    }
    return;
  }
  std::set<std::int64_t> parents;
  for (const auto id : ids) parents.insert(parent_of(session, type, id));
  for (const auto parent : parents) finish_lines(session, type, parent);
}

std::int64_t add_record(Session& session, Draft draft) {
  const auto& type = *draft.type;
  require(session, type, "write");
  return session.part([&] {
    const auto id = add_unverified(session, std::move(draft));
    finish_changes(session, type, {&id, 1});
    return id;
  });
}

void save_unverified(Session& session, Draft draft) {
  const auto& type = *draft.type;
  const auto before = load_existing(session, type, draft.id);
  merge(before.values, &draft);
  auto after = draft.values;
  const auto number = type.field("number");
  const bool keeps_number = number && (!draft.fields_given[*number] || !after.fields[*number]);
  if (keeps_number) after.fields[*number] = before.values.fields[*number];
  Problems problems;
  complete(session, type, &after);
  check(session, type, Path(), &after, &problems);
  check_custom(session, type, &before.values, &after, &problems);
  for (std::size_t i = 0; i < after.fields.size(); ++i) {
    const auto& field = type.fields()[i];
    const bool is_fixed = (field.fixed || field.name == type.parent()) && before.values.fields[i];
    if (is_fixed && after.fields[i] != before.values.fields[i]) {
      problems.push_back({Code::invalid_value, std::string(field.name), "This is fixed when it is added."});
    }
  }
  auto present = prepare_children(session, &draft, before.id, &problems);
  throw_if_any(std::move(problems));
  if (draft.revision && *draft.revision != before.revision) {
    throw Error(Code::conflict, std::string(type.name()) + " #" + std::to_string(before.id));
  }
  require_change(session, type, &before.values, after);
  check_unique(session, type, before.id, after);
  if (number && !keeps_number && !is_same_number(session, after.fields[*number], before.values.fields[*number])) {
    assign_number(session, type, &after, true);
  }
  const auto sequence = session.sequence();
  if (type.name() == "campaign") {
    const bool gives_lines = draft.children[*type.child("lines")].has_value();
    check_target_group(before, after);
    change_pricing_type(session, before, after, gives_lines, draft.force);
  }
  if (type.name() == "price_book") convert_prices(session, before, after, &draft.children[*type.child("prices")]);
  for (std::size_t i = 0; i < draft.children.size(); ++i) {
    if (!draft.children[i]) continue;
    save_children(session, type.children()[i], before.id, std::move(present[i]), std::move(*draft.children[i]));
  }
  // whose lines change, changes: else a save of all lines could undo another one unseen
  const bool children_changed = session.sequence() > sequence;
  if (children_changed || before.values != after) write_revision(session, type, before, after, "save");
  session.forget_references();
  follow_change(session, type, before.id, &before.values, after);
  if (type.name() == "settings") use_settings(session);
}

void save_record(Session& session, Draft draft) {
  const auto& type = *draft.type;
  require(session, type, "write", draft.id);
  session.part([&] {
    if (!draft.revision) throw Error(Code::field_required, "revision");
    const auto id = draft.id;
    save_unverified(session, std::move(draft));
    finish_changes(session, type, {&id, 1});
  });
}

}  // namespace rabatt
