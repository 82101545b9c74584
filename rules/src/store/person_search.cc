#include "person_search.h"

#include <algorithm>
#include <limits>

#include "email_permissions.h"
#include "party_batches.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

using Ids = std::vector<std::int64_t>;

constexpr std::int64_t any_sequence = std::numeric_limits<std::int64_t>::max();

template <class Record>
bool is(const RecordType& type) {
  return &type == &record_type<Record>();
}

bool refers_to(const Field& field, const RecordType& target) {
  return field.kind == FieldKind::reference && &field.target() == &target;
}

bool is_address(const Field& field) {
  return field.kind == FieldKind::text && (field.form == TextForm::email || field.name == "email_frozen");
}

std::string listed(const Ids& ids) {
  std::string list = "0";
  for (const auto id : ids) list.append(", ").append(std::to_string(id));
  return "(" + list + ")";
}

// "@x.no" of an address where `like` takes it as it is; empty otherwise.
std::string plain_domain(const std::string& address) {
  const auto at = address.rfind('@');
  if (at == std::string::npos) return {};
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  const auto domain = address.substr(at);
  return std::all_of(domain.begin() + 1, domain.end(), is_plain) ? domain : std::string();
}

// Visits the fields of a change that have the text before or after it.
template <class Visit>
void each_field_with(std::string_view changes, const TextOrder& order, const std::string& key, const Visit& visit) {
  JsonTape tape;
  if (!tape.read(changes).empty()) return;
  tape.root().each([&](JsonView pair) {
    bool has_it = false;
    pair.each(
        [&](JsonView side) { has_it = has_it || (side.kind() == JsonKind::string && order.key(side.text()) == key); });
    if (has_it) visit(std::string(pair.key()));
  });
}

}  // namespace

bool is_about_people(const RecordType& type) {
  return std::any_of(type.fields().begin(), type.fields().end(), [](const Field& field) { return field.personal; });
}

PersonSearch::PersonSearch(Session& session, const Person& person)
    : session_(session), by_address_(!person.party && !person.lead) {
  find_people(person);
  find_records();
}

void PersonSearch::find_people(const Person& person) {
  if (person.party) parties_ = {*person.party};
  if (person.lead) leads_ = {*person.lead};
  if (by_address_) {
    set_address(person.email);
    const CellView key[] = {key_};
    parties_ = ids_of(session_, "select id from party where email_key = $1 order by id", key);
    leads_ = ids_of(session_, "select id from lead where email_key = $1 order by id", key);
  } else {
    const auto& type = person.party ? record_type<PartyRecord>() : record_type<LeadRecord>();
    set_address(last_email(type, person.party ? *person.party : *person.lead));
    const auto another = session_.value("select id from party where email_key = $1 and id not in " + listed(parties_),
                                        {key_.value_or("")});
    is_shared_ = another.has_value();
    if (is_shared_) address_ = key_ = hash_key_ = Cell();
  }
  const auto of_parties = ids_of(session_, "select id from lead where party in " + listed(parties_), {});
  leads_.insert(leads_.end(), of_parties.begin(), of_parties.end());
  employees_ =
      ids_of(session_,
             "select r.id from recipient r join party p on p.id = r.party where p.company in " + listed(parties_) +
                 " and r.company_name is not null and r.party not in " + listed(parties_) + " order by r.id",
             {});
}

void PersonSearch::set_address(const std::string& email) {
  if (trimmed(email).empty()) return;
  address_ = permission_address(email);
  key_ = session_.company().order.key(*address_);
  hash_key_ = session_.company().order.key(erased_address(*address_));
}

// Of a record that is gone, what the log has.
std::string PersonSearch::last_email(const RecordType& type, std::int64_t id) {
  const auto text = std::to_string(id);
  if (session_.exists(type, id)) {
    return session_.value("select email from " + sql_name(type.name()) + " where id = $1", {text}).value_or("");
  }
  std::string email;
  session_.run(
      "select p.changes from log_personal p join log l on l.sequence = p.sequence "
      "where l.record = $1 and l.id = $2 and p.changes is not null order by l.sequence",
      {type.name(), text}, [&](RowView row) {
        JsonTape tape;
        if (!tape.read(*row[0]).empty()) return;
        tape.root().each([&](JsonView pair) {
          if (pair.key() != "email") return;
          pair.each([&](JsonView side) {
            if (side.kind() == JsonKind::string) email = side.text();
          });
        });
      });
  return email;
}

void PersonSearch::find_records() {
  for (const auto* type : record_types()) {
    const auto condition = is<PermissionChangeRecord>(*type) ? changes_of_permissions() : condition_of(*type);
    if (condition.empty()) continue;
    const CellView keys[] = {key_, hash_key_};
    const std::size_t used = condition.find("$2") != std::string::npos   ? 2
                             : condition.find("$1") != std::string::npos ? 1
                                                                         : 0;
    auto ids =
        ids_of(session_, "select r.id from " + sql_name(type->name()) + " r where " + condition + " order by r.id",
               std::span(keys).first(used));
    if (!ids.empty()) records_.emplace_back(type, std::move(ids));
  }
}

// What holds of the records `r` of a type that are about the person; empty where none can be.
std::string PersonSearch::condition_of(const RecordType& type) const {
  if (is<PartyRecord>(type)) return "r.id in " + listed(parties_);
  std::string any = is<LeadRecord>(type) ? "r.id in " + listed(leads_) : "";
  std::string nobody_else;
  const auto or_else = [&](const std::string& condition) { any.append(any.empty() ? "" : " or ").append(condition); };
  for (const auto& field : type.fields()) {
    for (const auto& [target, ids] :
         {std::pair(&record_type<PartyRecord>(), &parties_), std::pair(&record_type<LeadRecord>(), &leads_)}) {
      if (!refers_to(field, *target) || (is_shared_ && is<EmailPermissionRecord>(type))) continue;
      const auto column = "r." + sql_name(field.name);
      const auto those = column + " in " + listed(*ids);
      or_else(those);
      nobody_else.append(" and (").append(column).append(" is null or ").append(those).append(")");
    }
  }
  for (const auto& list : type.lists()) {
    for (const auto& column : list.columns) {
      if (!refers_to(column, record_type<PartyRecord>())) continue;
      or_else("r.id in (select owner from " + table_of(type, list).name + " where " + sql_name(column.name) + " in " +
              listed(parties_) + ")");
    }
  }
  for (const auto& field : type.fields()) {
    if (!key_ || !is_address(field)) continue;
    or_else("(r." + key_column(field) + " = $1" + (by_address_ ? "" : nobody_else) + ")");
  }
  if (key_ && is<EmailPermissionRecord>(type)) or_else("r.email_key = $2");
  return any;
}

std::string PersonSearch::changes_of_permissions() const {
  for (const auto& [type, ids] : records_) {
    if (is<EmailPermissionRecord>(*type)) return "r.email_permission in " + listed(ids);
  }
  return {};
}

bool PersonSearch::is_found(const RecordType& type, std::int64_t id) const {
  return std::any_of(records_.begin(), records_.end(), [&](const auto& found) {
    return found.first == &type && std::binary_search(found.second.begin(), found.second.end(), id);
  });
}

PersonSearch::Changes PersonSearch::changes() {
  Changes changes;
  Gone gone;
  add_changes_with_address(&gone, &changes);
  add_changes_with_reference(&gone, &changes);
  add_changes_of_employees(&changes);
  add_changes_of(record_type<PartyRecord>(), parties_, any_sequence, &changes);  // also those that are gone
  add_changes_of(record_type<LeadRecord>(), leads_, any_sequence, &changes);
  for (const auto& [type, ids] : gone) add_changes_of(*type, ids, any_sequence, &changes);
  for (const auto& [type, ids] : records_) add_changes_of(*type, ids, any_sequence, &changes);
  return changes;
}

// All that is personal in the changes of these records, until the sequence `last`.
void PersonSearch::add_changes_of(const RecordType& type, const Ids& ids, std::int64_t last, Changes* changes) {
  if (ids.empty()) return;
  session_.run(
      "select l.sequence, l.id from log l join log_personal p on p.sequence = l.sequence "
      "where l.record = $1 and l.sequence <= $2 and l.id in " +
          listed(ids),
      {type.name(), std::to_string(last)},
      [&](RowView row) { (*changes)[*integer_of(*row[0])] = {&type, *integer_of(*row[1]), {}}; });
}

// Of records that are gone, and of those that have another address now: what they are is somebody else's.
void PersonSearch::add_changes_with_address(Gone* gone, Changes* changes) {
  if (!key_) return;
  const auto& order = session_.company().order;
  Changes met;
  const auto visit = [&](RowView row) {
    const auto* type = record_named(*row[2]);
    const auto id = *integer_of(*row[1]);
    if (!type || is_found(*type, id)) return;
    each_field_with(row[3].value_or(""), order, *key_, [&](std::string field) {
      auto& change = met[*integer_of(*row[0])];
      change.type = type;
      change.id = id;
      change.fields.push_back(std::move(field));
    });
  };
  const std::string sql =
      "select l.sequence, l.id, l.record, p.changes from log_personal p join log l on l.sequence = p.sequence";
  const auto domain = plain_domain(*address_);
  if (domain.empty()) {
    session_.run(sql, {}, visit);
  } else {
    session_.run(sql + " where lower(p.changes) like $1", {"%" + domain + "%"}, visit);
  }
  for (auto& [sequence, change] : met) {
    if (session_.exists(*change.type, change.id)) {
      changes->emplace(sequence, std::move(change));
    } else {
      (*gone)[change.type].push_back(change.id);
    }
  }
}

// Of records that are gone, and of those that came to be about somebody else, until they did.
void PersonSearch::add_changes_with_reference(Gone* gone, Changes* changes) {
  std::vector<std::string> patterns;
  const auto add_patterns = [&](std::string_view field, const Ids& ids) {
    for (const auto id : ids) {
      const auto start = "%\"" + std::string(field) + "\":[";
      patterns.push_back(start + "\"" + std::to_string(id) + "\",%");
      patterns.push_back(start + "null,\"" + std::to_string(id) + "\"]%");
    }
  };
  add_patterns("party", parties_);
  add_patterns("lead", leads_);
  if (patterns.empty()) return;
  std::string any;
  for (std::size_t i = 1; i <= patterns.size(); ++i) {
    any.append(any.empty() ? "" : " or ").append("l.changes like $").append(std::to_string(i));
  }
  std::map<std::pair<const RecordType*, std::int64_t>, std::int64_t> until;
  const std::vector<CellView> parameters(patterns.begin(), patterns.end());
  session_.run("select l.sequence, l.id, l.record from log l where " + any + " order by l.sequence", parameters,
               [&](RowView row) {
                 const auto* type = record_named(*row[2]);
                 const auto id = *integer_of(*row[1]);
                 if (type && is_about_people(*type) && !is_found(*type, id)) until[{type, id}] = *integer_of(*row[0]);
               });
  for (const auto& [record, last] : until) {
    const auto& [type, id] = record;
    if (session_.exists(*type, id)) {
      add_changes_of(*type, {id}, last, changes);
    } else {
      (*gone)[type].push_back(id);
    }
  }
}

void PersonSearch::add_changes_of_employees(Changes* changes) {
  const auto& type = record_type<RecipientRecord>();
  Changes of_employees;
  add_changes_of(type, employees_, any_sequence, &of_employees);
  for (auto& [sequence, change] : of_employees) {
    change.fields = {"company_name"};
    changes->emplace(sequence, std::move(change));
  }
}

}  // namespace rabatt
