#include "persons.h"

#include <algorithm>

#include "email_permissions.h"
#include "history.h"
#include "json_text.h"
#include "party_batches.h"
#include "rabatt/records/doing.h"
#include "rabatt/text.h"
#include "record_json.h"
#include "writing.h"

namespace rabatt {
namespace {

constexpr std::string_view erased_name = "(erased)";

// Of each type that has any, in the order of record_types().
using Found = std::vector<std::pair<const RecordType*, std::vector<std::int64_t>>>;

template <class Record>
bool is(const RecordType& type) {
  return &type == &record_type<Record>();
}

bool refers_to_person(const Field& field) {
  return field.kind == FieldKind::reference && (is<PartyRecord>(field.target()) || is<LeadRecord>(field.target()));
}

bool is_address(const Field& field) {
  return field.kind == FieldKind::text && (field.form == TextForm::email || field.name == "email_frozen");
}

bool is_about_people(const RecordType& type) {
  return std::any_of(type.fields().begin(), type.fields().end(), [](const Field& field) { return field.personal; });
}

std::string listed(const std::vector<std::int64_t>& ids) {
  std::string list = "0";
  for (const auto id : ids) list.append(", ").append(std::to_string(id));
  return "(" + list + ")";
}

// The changes of records whose personal part is there.
constexpr std::string_view of_records =
    "select l.sequence from log l join log_personal p on p.sequence = l.sequence where l.record = $1 and l.id in ";

// A change in the log that has an address, of a record that has another one now, or is gone.
struct FormerChange {
  std::int64_t sequence, id;
  const RecordType* type;
};

class PersonSearch {
 public:
  PersonSearch(Session& session, const Person& person) : session_(session), by_address_(!person.email.empty()) {
    auto email = person.email;
    if (!is_utf8(email)) throw Error(Code::invalid_text, subject_of("email", email));
    if (person.party != 0) {
      parties_ = {person.party};
      email = session.value("select email from party where id = $1", {std::to_string(person.party)}).value_or("");
    }
    if (person.lead != 0) {
      leads_ = {person.lead};
      email = session.value("select email from lead where id = $1", {std::to_string(person.lead)}).value_or("");
    }
    if (trimmed(email).empty()) return;
    address_ = folded_code(email);
    key_ = session.company().order.key(*address_);
    hash_key_ = session.company().order.key(erased_address(*address_));
    if (!by_address_) return;
    const CellView parameters[] = {*key_};
    parties_ = ids_of(session, "select id from party where email_key = $1", parameters);
    leads_ = ids_of(session, "select id from lead where email_key = $1", parameters);
  }

  const Cell& address() const { return address_; }

  Found records() {
    Found found;
    for (const auto* type : record_types()) {
      const auto condition = is<PermissionChangeRecord>(*type) ? changes_of_permissions(found) : condition_of(*type);
      if (condition.empty()) continue;
      const CellView keys[] = {key_, hash_key_};
      const std::size_t used = condition.find("$2") != std::string::npos   ? 2
                               : condition.find("$1") != std::string::npos ? 1
                                                                           : 0;
      auto ids =
          ids_of(session_, "select r.id from " + sql_name(type->name()) + " r where " + condition + " order by r.id",
                 std::span(keys).first(used));
      if (!ids.empty()) found.emplace_back(type, std::move(ids));
    }
    return found;
  }

  // Of records that are not among `found`.
  std::vector<FormerChange> former(const Found& found) {
    std::vector<FormerChange> changes;
    if (!by_address_) return changes_of_removed();
    const auto domain = plain_domain();
    const std::string sql =
        "select l.sequence, l.id, l.record, p.changes from log_personal p join log l on l.sequence = p.sequence";
    const auto visit = [&](RowView row) {
      const auto* type = record_named(*row[2]);
      const auto id = *integer_of(*row[1]);
      if (!type || !names_address(row[3].value_or(""))) return;
      for (const auto& [other, ids] : found) {
        if (other == type && std::binary_search(ids.begin(), ids.end(), id)) return;
      }
      changes.push_back({*integer_of(*row[0]), id, type});
    };
    if (domain.empty()) {
      session_.run(sql, {}, visit);
    } else {
      session_.run(sql + " where lower(p.changes) like $1", {"%" + domain + "%"}, visit);
    }
    return changes;
  }

 private:
  // What holds of the records `r` of a type that are about the person; empty where none can be.
  std::string condition_of(const RecordType& type) const {
    if (is<PartyRecord>(type)) return "r.id in " + listed(parties_);
    std::string any = is<LeadRecord>(type) ? "r.id in " + listed(leads_) : "";
    std::string nobody_else;
    const auto or_else = [&](const std::string& condition) { any.append(any.empty() ? "" : " or ").append(condition); };
    for (const auto& field : type.fields()) {
      if (!refers_to_person(field)) continue;
      const auto column = "r." + sql_name(field.name);
      const auto those = column + " in " + listed(is<PartyRecord>(field.target()) ? parties_ : leads_);
      or_else(those);
      nobody_else.append(" and (").append(column).append(" is null or ").append(those).append(")");
    }
    for (const auto& field : type.fields()) {
      if (!key_ || !is_address(field)) continue;
      or_else("(r." + key_column(field) + " = $1" + (by_address_ ? "" : nobody_else) + ")");
    }
    if (key_ && is<EmailPermissionRecord>(type)) or_else("r.email_key = $2");
    return any;
  }

  static std::string changes_of_permissions(const Found& found) {
    for (const auto& [type, ids] : found) {
      if (is<EmailPermissionRecord>(*type)) return "r.email_permission in " + listed(ids);
    }
    return {};
  }

  // The party or lead that was asked for, where it is gone.
  std::vector<FormerChange> changes_of_removed() {
    std::vector<FormerChange> changes;
    const auto add = [&](const RecordType& type, const std::vector<std::int64_t>& ids) {
      if (ids.empty() || session_.exists(type, ids.front())) return;
      session_.run(std::string(of_records) + listed(ids), {type.name()},
                   [&](RowView row) { changes.push_back({*integer_of(*row[0]), ids.front(), &type}); });
    };
    add(record_type<PartyRecord>(), parties_);
    add(record_type<LeadRecord>(), leads_);
    return changes;
  }

  // "@x.no" of the address where `like` takes it as it is; empty otherwise.
  std::string plain_domain() const {
    const auto at = address_->rfind('@');
    if (at == std::string::npos) return {};
    const auto is_plain = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    const auto domain = address_->substr(at);
    return std::all_of(domain.begin() + 1, domain.end(), is_plain) ? domain : std::string();
  }

  bool names_address(std::string_view changes) const {
    JsonTape tape;
    if (!tape.read(changes).empty()) return false;
    bool found = false;
    tape.root().each([&](JsonView pair) {
      pair.each([&](JsonView side) {
        if (side.kind() == JsonKind::string && session_.company().order.key(side.text()) == *key_) found = true;
      });
    });
    return found;
  }

  Session& session_;
  bool by_address_;
  Cell address_, key_, hash_key_;
  std::vector<std::int64_t> parties_, leads_;
};

std::int64_t count_changes(Session& session, const RecordType& type, const std::vector<std::int64_t>& ids) {
  std::int64_t count = 0;
  session.run(std::string(of_records) + listed(ids), {type.name()}, [&](RowView) { ++count; });
  return count;
}

std::int64_t forget_changes(Session& session, const RecordType& type, const std::vector<std::int64_t>& ids) {
  return session.run("delete from log_personal where sequence in (" + std::string(of_records) + listed(ids) + ")",
                     {type.name()});
}

// The values without what is personal.
Values blanked(const RecordType& type, const Values& values) {
  auto blank = values;
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    if (!field.personal) continue;
    auto& cell = blank.fields[i];
    cell = field.required ? Cell(std::string(erased_name)) : Cell();
  }
  if (is<RecipientRecord>(type)) blank.fields[*type.field("contact_name")] = std::string(erased_name);
  return blank;
}

// How many had anything to blank.
std::int64_t blank_records(Session& session, const RecordType& type, const std::vector<std::int64_t>& ids) {
  std::int64_t count = 0;
  each_by_id(session, type, ids, [&](const Stored& found) {
    auto stored = found;
    if (type.is_versioned()) load_lists(session, type, &stored);
    if (is<EmailPermissionRecord>(type)) {
      count += erase_permission(session, stored) ? 1 : 0;
      return;
    }
    const auto values = blanked(type, stored.values);
    if (values == stored.values) return;
    ++count;
    write_change(session, type, stored, values, "erase");
  });
  return count;
}

// When what has not changed since is to be forgotten.
std::optional<Instant> expiry(Session& session) {
  const auto months = session.value("select retention from settings where id = 1");
  if (!months) return std::nullopt;
  const auto today = std::chrono::floor<std::chrono::days>(session.time());
  const std::chrono::year_month_day date(today);
  const auto month = date.year() / date.month() - std::chrono::months(*integer_of(*months));
  const auto last = (month / std::chrono::last).day();
  return std::chrono::sys_days(month / std::min(date.day(), last)) + (session.time() - today);
}

bool expires(const RecordType& type) {
  return is_about_people(type) && !is<EmployeeRecord>(type) && !is<EmailPermissionRecord>(type) &&
         !is<PermissionChangeRecord>(type);
}

std::vector<std::int64_t> expired_ids(Session& session, const RecordType& type, Instant before) {
  std::string any;
  for (const auto& field : type.fields()) {
    if (!field.personal) continue;
    any.append(any.empty() ? "" : " or ").append("coalesce(" + sql_name(field.name) + ", '(erased)') <> '(erased)'");
  }
  const std::string kept = is<PartyRecord>(type) ? " and is_customer = false and is_supplier = false" : "";
  const auto time = text_of(before);
  const CellView parameters[] = {time};
  return ids_of(session,
                "select id from " + sql_name(type.name()) + " where changed_at < $1" + kept + " and (" + any + ")",
                parameters);
}

}  // namespace

Held held_about(Session& session, const Person& person) {
  session.require("person.export");
  PersonSearch search(session, person);
  Held held;
  const auto found = search.records();
  for (const auto& [type, ids] : found) {
    held.changes += count_changes(session, *type, ids);
    held.records.emplace(type->name(), ids);
  }
  held.changes += static_cast<std::int64_t>(search.former(found).size());
  return held;
}

std::string exported(Session& session, const Person& person) {
  session.require("person.export");
  PersonSearch search(session, person);
  const auto found = search.records();
  const auto former = search.former(found);
  if (found.empty() && former.empty()) throw Error(Code::not_found, "person");
  std::string json = "{\"records\":{", changes = "[";
  for (const auto& [type, ids] : found) {
    append_comma(&json);
    json.append("\"").append(type->name()).append("\":[");
    for (const auto id : ids) {
      append_comma(&json);
      json += load_json(session, *type, id);
    }
    json += ']';
    append_changes(session, "l.record = $1 and l.id in " + listed(ids), {type->name()}, &changes);
  }
  for (const auto& change : former) {
    append_changes(session, "l.sequence = $1", {std::to_string(change.sequence)}, &changes);
  }
  return json + "},\"changes\":" + changes + "]}";
}

Erased erase_person(Session& session, const Person& person) {
  session.require("person.erase");
  return session.part([&] {
    session.wipe_when_committed();
    PersonSearch search(session, person);
    const auto found = search.records();
    const auto former = search.former(found);
    if (found.empty() && former.empty()) throw Error(Code::not_found, "person");
    Erased erased;
    for (const auto& [type, ids] : found) {
      if (!is_about_people(*type)) continue;
      erased.changes += count_changes(session, *type, ids);
      if (const auto count = blank_records(session, *type, ids); count > 0) erased.records.emplace(type->name(), count);
      forget_changes(session, *type, ids);
    }
    for (const auto& change : former) {
      erased.changes += session.run("delete from log_personal where sequence = $1", {std::to_string(change.sequence)});
      if (!session.exists(*change.type, change.id))
        erased.changes += forget_changes(session, *change.type, {change.id});
    }
    if (search.address()) keep_erased(session, *search.address());
    session.forget_references();
    return erased;
  });
}

Erased expired(Session& session) {
  session.require("person.erase");
  Erased counts;
  const auto before = expiry(session);
  if (!before) return counts;
  for (const auto* type : record_types()) {
    if (!expires(*type)) continue;
    const auto ids = expired_ids(session, *type, *before);
    if (!ids.empty()) counts.records.emplace(type->name(), static_cast<std::int64_t>(ids.size()));
  }
  const auto changes =
      session.value("select count(*) from log_personal p join log l on l.sequence = p.sequence where l.\"at\" < $1",
                    {text_of(*before)});
  counts.changes = *integer_of(*changes);
  return counts;
}

Erased erase_expired(Session& session) {
  const auto counts = expired(session);
  const auto before = expiry(session);
  if (!before) return counts;
  session.part([&] {
    session.wipe_when_committed();
    const auto last = std::to_string(session.sequence());
    for (const auto* type : record_types()) {
      if (expires(*type)) blank_records(session, *type, expired_ids(session, *type, *before));
    }
    session.run("delete from log_personal where sequence in (select l.sequence from log l where l.\"at\" < $1)",
                {text_of(*before)});
    session.run("delete from log_personal where sequence > $1", {last});  // what these were before
    session.forget_references();
  });
  return counts;
}

}  // namespace rabatt
