#include "persons.h"

#include <algorithm>

#include "email_permissions.h"
#include "history.h"
#include "json_text.h"
#include "party_batches.h"
#include "person_search.h"
#include "rabatt/records/doing.h"
#include "record_json.h"
#include "writing.h"

namespace rabatt {
namespace {

constexpr std::string_view erased_name = "(erased)";

template <class Record>
bool is(const RecordType& type) {
  return &type == &record_type<Record>();
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

// Of a recipient whose company is forgotten.
void blank_company_name(Session& session, std::int64_t id) {
  const auto& type = record_type<RecipientRecord>();
  const auto stored = load_existing(session, type, id);
  auto values = stored.values;
  values.fields[*type.field("company_name")] = Cell();
  auto& contact = values.fields[*type.field("contact_name")];
  if (!contact) contact = std::string(erased_name);
  write_change(session, type, stored, values, "erase");
}

// What the records that were blanked after the sequence `last` were before.
void forget_former_values(Session& session, std::int64_t last) {
  session.run(
      "delete from log_personal where sequence > $1 and sequence in (select l.sequence from log l where l.verb = "
      "'erase')",
      {std::to_string(last)});
}

// Of a record about somebody else, or nobody: what it is called by.
std::string named_json(Session& session, const RecordType& type, std::int64_t id) {
  const auto stored = load_existing(session, type, id);
  std::string json = "{\"id\":" + std::to_string(id);
  for (const auto label : type.labels()) {
    json.append(",\"").append(type.fields()[label].name).append("\":");
    append_raw(stored.values.fields[label], &json);
  }
  return json + "}";
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

PersonSearch::Records expired_records(Session& session, Instant before) {
  PersonSearch::Records records;
  for (const auto* type : record_types()) {
    if (!expires(*type)) continue;
    auto ids = expired_ids(session, *type, before);
    if (!ids.empty()) records.emplace_back(type, std::move(ids));
  }
  return records;
}

Erased counted(Session& session, const PersonSearch::Records& records, Instant before) {
  Erased counts;
  for (const auto& [type, ids] : records) counts.records.emplace(type->name(), static_cast<std::int64_t>(ids.size()));
  const auto changes =
      session.value("select count(*) from log_personal p join log l on l.sequence = p.sequence where l.\"at\" < $1",
                    {text_of(before)});
  counts.changes = *integer_of(*changes);
  return counts;
}

}  // namespace

Held held_about(Session& session, const Person& person) {
  session.require("person.export");
  PersonSearch search(session, person);
  Held held;
  for (const auto& [type, ids] : search.records()) held.records.emplace(type->name(), ids);
  held.changes = static_cast<std::int64_t>(search.changes().size());
  return held;
}

std::string exported(Session& session, const Person& person) {
  session.require("person.export");
  PersonSearch search(session, person);
  const auto changes = search.changes();
  if (search.records().empty() && changes.empty()) throw Error(Code::not_found, "person");
  std::string json = "{\"records\":{";
  for (const auto& [type, ids] : search.records()) {
    append_comma(&json);
    json.append("\"").append(type->name()).append("\":[");
    for (const auto id : ids) {
      append_comma(&json);
      json += is_about_people(*type) ? load_json(session, *type, id) : named_json(session, *type, id);
    }
    json += ']';
  }
  json += "},\"changes\":[";
  for (const auto& [sequence, change] : changes) {
    append_changes(session, "l.sequence = $1", {std::to_string(sequence)}, &json, change.fields);
  }
  return json + "]}";
}

Erased erase_person(Session& session, const Person& person) {
  session.require("person.erase");
  return session.part([&] {
    session.wipe_when_committed();
    PersonSearch search(session, person);
    const auto changes = search.changes();
    if (search.records().empty() && changes.empty()) throw Error(Code::not_found, "person");
    const auto last = session.sequence();
    Erased erased;
    erased.changes = static_cast<std::int64_t>(changes.size());
    for (const auto& [type, ids] : search.records()) {
      if (!is_about_people(*type)) continue;
      if (const auto count = blank_records(session, *type, ids); count > 0) erased.records.emplace(type->name(), count);
    }
    for (const auto id : search.employees()) blank_company_name(session, id);
    if (!search.employees().empty()) {
      erased.records["recipient"] += static_cast<std::int64_t>(search.employees().size());
    }
    for (const auto& [sequence, change] : changes) forget_change(session, sequence, change.fields);
    forget_former_values(session, last);
    if (search.address()) keep_erased(session, *search.address());
    session.forget_references();
    return erased;
  });
}

Erased expired(Session& session) {
  session.require("person.erase");
  const auto before = expiry(session);
  return before ? counted(session, expired_records(session, *before), *before) : Erased();
}

Erased erase_expired(Session& session) {
  session.require("person.erase");
  const auto before = expiry(session);
  if (!before) return {};
  return session.part([&] {
    session.wipe_when_committed();
    const auto last = session.sequence();
    const auto records = expired_records(session, *before);
    const auto counts = counted(session, records, *before);
    for (const auto& [type, ids] : records) blank_records(session, *type, ids);
    session.run("delete from log_personal where sequence in (select l.sequence from log l where l.\"at\" < $1)",
                {text_of(*before)});
    forget_former_values(session, last);
    session.forget_references();
    return counts;
  });
}

}  // namespace rabatt
