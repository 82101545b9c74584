#include "removing.h"

#include <vector>

#include "history.h"
#include "record_rules.h"
#include "rights.h"
#include "writing.h"

namespace rabatt {
namespace {

void remove_one(Session& session, const RecordType& type, const Stored& stored) {
  const auto sequence = log_change(session, type, stored.id, stored.revision + 1, "remove", &stored.values, nullptr);
  if (type.is_versioned()) keep_version(session, type, stored, sequence);
  const auto id = std::to_string(stored.id);
  for (const auto& list : type.lists()) {
    session.run("delete from " + table_of(type, list).name + " where owner = $1", {id});
  }
  session.run("delete from " + sql_name(type.name()) + " where id = $1", {id});
  follow_removal(session, type, stored);
}

using Counts = std::map<std::string_view, std::int64_t>;

void remove_with_children(Session& session, const RecordType& type, const Stored& stored, Counts* counts);

// What refers to a record that goes: it goes along where it must refer to one, or is owned by it; else its reference is
// blanked.
void let_go_of(Session& session, const RecordType& target, std::int64_t id, Counts* counts) {
  for (const auto* type : record_types()) {
    for (std::size_t i = 0; i < type->fields().size(); ++i) {
      const auto& field = type->fields()[i];
      if (field.kind != FieldKind::reference || &field.target() != &target || field.name == type->parent()) continue;
      std::vector<std::int64_t> ids;
      session.run("select id from " + sql_name(type->name()) + " where " + sql_name(field.name) + " = $1",
                  {std::to_string(id)}, [&](RowView row) { ids.push_back(*integer_of(*row[0])); });
      for (const auto user : ids) {
        const auto stored = load_existing(session, *type, user);
        if (field.required || field.owned) {
          remove_with_children(session, *type, stored, counts);
        } else {
          auto after = stored.values;
          after.fields[i] = {};
          write_change(session, *type, stored, after, "let_go");
        }
      }
    }
  }
}

void remove_with_children(Session& session, const RecordType& type, const Stored& stored, Counts* counts) {
  for (const auto* child : record_types()) {
    const auto parent = child->parent().empty() ? std::nullopt : child->field(child->parent());
    if (!parent || &child->fields()[*parent].target() != &type) continue;
    for (const auto id : child_ids(session, *child, stored.id)) {
      remove_with_children(session, *child, load_existing(session, *child, id), counts);
    }
  }
  if (lets_go(type)) let_go_of(session, type, stored.id, counts);
  remove_one(session, type, stored);
  ++(*counts)[type.name()];
}

}  // namespace

void remove_existing(Session& session, const RecordType& type, std::int64_t id) {
  remove_one(session, type, load_existing(session, type, id));
}

std::map<std::string_view, std::int64_t> remove_record(Session& session, const RecordType& type, std::int64_t id) {
  require(session, type, "remove", id);
  return session.part([&] {
    const auto stored = load_existing(session, type, id);
    if (type.name() == "settings") throw Error(Code::in_use, "settings #1");
    const auto uses = uses_of(session, type, id);
    if (!uses.empty()) {
      std::string subject = std::string(type.name()) + " #" + std::to_string(id) + ":";
      for (const auto& [user, count] : uses) {
        subject.append(" ").append(user->name()).append(" ").append(std::to_string(count));
      }
      throw Error(Code::in_use, subject);
    }
    std::map<std::string_view, std::int64_t> counts;
    remove_with_children(session, type, stored, &counts);
    session.forget_references();
    if (type.field("line")) {
      const auto& parent = stored.values.fields[*type.field(type.parent())];
      finish_lines(session, type, *integer_of(*parent));
    }
    return counts;
  });
}

}  // namespace rabatt
