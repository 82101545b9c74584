#include "rights.h"

#include "rabatt/records/audience.h"

namespace rabatt {
namespace {

// The record by whose permissions this one goes.
const RecordType& holder_of(const RecordType& type) {
  return type.has_own_rights() ? type : type.fields()[*type.field(type.parent())].target();
}

bool is_by_verbs_only(const RecordType& type, std::string_view what) {
  if (type.by_hand() == ByHand::nothing) return what != "read";
  return type.by_hand() == ByHand::no_removal && what == "remove";
}

bool is_group(const RecordType& type) { return &type == &record_type<TargetGroupRecord>(); }

// What holds of the groups `g` that are open to somebody, whose initials stand in `by` and, as a key, in `by_key`.
std::string open_sql(std::string_view visibilities, const std::string& by, const std::string& by_key) {
  return "g.visibility in (" + std::string(visibilities) + ") or lower(coalesce(g.created_by, '')) = lower(cast(" + by +
         " as text))" +
         " or coalesce(g.responsible, 0) in (select e.id from employee e where e.initials_key = " + by_key + ")";
}

constexpr std::string_view open_to_read = "'read', 'write'";
constexpr std::string_view open_to_write = "'write'";

}  // namespace

void require_open(Session& session, std::string_view what, std::int64_t target_group) {
  const auto id = std::to_string(target_group);
  const auto open = open_sql(what == "read" ? open_to_read : open_to_write, "$2", "$3");
  const auto closed = session.value("select g.id from target_group g where g.id = $1 and not (" + open + ")",
                                    {id, session.by(), session.company().order.key(session.by())});
  if (closed) throw Error(Code::permission_denied, subject_of("target_group." + std::string(what), "#" + id));
}

void require(Session& session, const RecordType& type, std::string_view what, std::int64_t id) {
  const auto slug = std::string(holder_of(type).name()) + "." + std::string(what);
  if (is_by_verbs_only(type, what)) {
    throw Error(Code::permission_denied, std::string(type.name()) + "." + std::string(what));
  }
  session.require(slug);
  if (id == 0 || !is_group(holder_of(type))) return;
  if (is_group(type)) return require_open(session, what, id);
  const auto group = session.value(
      "select " + sql_name(type.parent()) + " from " + sql_name(type.name()) + " where id = $1", {std::to_string(id)});
  if (group) require_open(session, what, *integer_of(*group));
}

void require_former(Session& session, const RecordType& type, std::int64_t id) {
  require(session, type, "read", id);
  if (!is_group(holder_of(type)) || session.exists(type, id)) return;
  const auto made_by = session.value("select l.\"by\" from log l where l.record = $1 and l.id = $2 and l.verb = 'add'",
                                     {type.name(), std::to_string(id)});
  if (made_by.value_or("") != session.by()) {
    throw Error(Code::permission_denied, subject_of("target_group.read", "#" + std::to_string(id)));
  }
}

void require_change(Session& session, const RecordType& type, const Values* before, const Values& after) {
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    const auto& cell = after.fields[i];
    if (cell == (before ? before->fields[i] : field.blank)) continue;
    if (field.name == "force_price" || field.name == "allow_customer_discount") {
      session.require("campaign.force_price");
    }
    if (cell && field.kind == FieldKind::reference && is_group(field.target())) {
      require_open(session, field.name == type.parent() ? "write" : "read", *integer_of(*cell));
    }
  }
}

std::string readable_sql(Session& session, const RecordType& type,
                         const std::function<std::string(std::string)>& parameter) {
  if (!is_group(holder_of(type))) return {};
  const auto by = parameter(session.by());
  const auto open = open_sql(open_to_read, by, parameter(session.company().order.key(session.by())));
  return "r." + (is_group(type) ? std::string("id") : sql_name(type.parent())) +
         " in (select g.id from target_group g where " + open + ")";
}

}  // namespace rabatt
