#include "verbs.h"

#include <algorithm>
#include <array>

#include "actions.h"
#include "attachments.h"
#include "campaign_verbs.h"
#include "email_permissions.h"
#include "find.h"
#include "history.h"
#include "json_text.h"
#include "load_rows.h"
#include "party_batches.h"
#include "persons.h"
#include "rabatt/records/doing.h"
#include "rabatt/text.h"
#include "recipients.h"
#include "record_json.h"
#include "rights.h"
#include "search_sql.h"
#include "target_groups.h"
#include "verb_arguments.h"
#include "warnings.h"

namespace rabatt {
namespace {

std::string object(std::initializer_list<std::pair<std::string_view, std::int64_t>> counts) {
  return counts_json(counts);
}

// ---- target groups and recipients ----

std::string refresh(Session& session, Arguments* arguments) {
  const auto group = arguments->record("target_group", record_type<TargetGroupRecord>());
  arguments->finish();
  const auto refreshed = refresh_target_group(session, group);
  return object({{"added", refreshed.added}, {"removed", refreshed.removed}, {"members", refreshed.members}});
}

void append(const std::vector<std::int64_t>& ids, std::vector<std::int64_t>* all) {
  all->insert(all->end(), ids.begin(), ids.end());
}

std::string add_from(Session& session, Arguments* arguments) {
  const auto campaign = arguments->record("campaign", record_type<CampaignRecord>());
  AddressBook chosen{arguments->records("parties", record_type<PartyRecord>()),
                     arguments->records("leads", record_type<LeadRecord>())};
  if (!chosen.leads.empty()) session.require("lead.read");
  if (const auto group = arguments->optional_record("target_group", record_type<TargetGroupRecord>())) {
    require(session, record_type<TargetGroupRecord>(), "read", *group);
    append(linked_members(session, *group), &chosen.parties);
  }
  if (const auto query = arguments->take("query")) {
    const auto& type = record_type<PartyRecord>();
    require(session, type, "read");
    auto sql = search_sql(session, type, search_query_from_json(*query));
    append(ids_of(session, "select r.id" + table_of(type).from + " where " + sql.condition + " order by r.id",
                  sql.views()),
           &chosen.parties);
  }
  arguments->finish();
  if (!chosen.parties.empty()) session.require("party.read");
  const auto added = add_recipients(session, campaign, chosen);
  return object({{"added", added.added},
                 {"skipped_duplicate_source", added.skipped_duplicate_source},
                 {"skipped_duplicate_email", added.skipped_duplicate_email}});
}

std::string outbox(Session& session, Arguments* arguments) {
  const auto campaign = arguments->record("campaign", record_type<CampaignRecord>());
  const auto after = arguments->number("after", 0);
  const auto limit = std::clamp<std::int64_t>(arguments->number("limit", 1'000), 1, 10'000);
  const bool since_template = arguments->flag("since_template");
  arguments->finish();
  return outbox_page(session, campaign, after, limit, since_template);
}

std::string sent(Session& session, Arguments* arguments) {
  const auto campaign = arguments->record("campaign", record_type<CampaignRecord>());
  const auto keys = arguments->take("recipients");
  arguments->finish();
  if (!keys) return object({{"marked", mark_sent(session, campaign, nullptr)}});
  const auto ids = ids_of_keys(session, record_type<RecipientRecord>(), *keys);
  return object({{"marked", mark_sent(session, campaign, &ids)}});
}

std::string undeliverable(Session& session, Arguments* arguments) {
  const auto campaign = arguments->record("campaign", record_type<CampaignRecord>());
  const auto ids = arguments->records("recipients", record_type<RecipientRecord>());
  arguments->finish();
  return object({{"marked", mark_undeliverable(session, campaign, ids)}});
}

// ---- permissions ----

std::string permission_json(Session& session, std::int64_t id) {
  return load_json(session, record_type<EmailPermissionRecord>(), id);
}

std::string request(Session& session, Arguments* arguments) {
  const auto email = arguments->text("email");
  arguments->finish();
  const auto requested = request_permission(session, email);
  std::string json = "{\"token\":";
  append_string(requested.token, &json);
  return json + ",\"permission\":" + permission_json(session, requested.id) + "}";
}

std::string confirm(Session& session, Arguments* arguments) {
  const auto email = arguments->text("email");
  const auto token = arguments->text("token");
  const auto proof = arguments->text("proof");
  arguments->finish();
  const auto id = token.empty() ? confirm_by_hand(session, email, proof) : confirm_permission(session, email, token);
  return permission_json(session, id);
}

template <PermissionStatus to>
std::string change(Session& session, Arguments* arguments) {
  const auto email = arguments->text("email");
  const auto reason = arguments->text("reason");
  arguments->finish();
  return permission_json(session, change_permission(session, email, to, reason));
}

// ---- actions ----

std::string contacts_json(const ContactsAdded& counts) {
  return object(
      {{"added", counts.added}, {"already_there", counts.already_there}, {"skipped_used", counts.skipped_used}});
}

std::string add_group(Session& session, Arguments* arguments) {
  const auto action = arguments->record("action", record_type<ActionRecord>());
  const auto group = arguments->record("target_group", record_type<TargetGroupRecord>());
  arguments->finish();
  return contacts_json(add_target_group(session, action, group));
}

std::string copy_from(Session& session, Arguments* arguments) {
  const auto action = arguments->record("action", record_type<ActionRecord>());
  const auto from = arguments->record("from", record_type<ActionRecord>());
  arguments->finish();
  return contacts_json(copy_contacts(session, action, from));
}

std::string generate_action(Session& session, Arguments* arguments) {
  const auto action = arguments->record("action", record_type<ActionRecord>());
  arguments->finish();
  const auto generated = generate(session, action);
  return "{\"items\":" + std::to_string(generated.items) + ",\"excluded\":" + counts_json(generated.excluded) + "}";
}

void append_strings(std::string_view name, const std::set<std::string>& texts, std::string* json) {
  append_comma(json);
  append_string(name, json);
  *json += ":[";
  for (const auto& text : texts) {
    append_comma(json);
    append_string(text, json);
  }
  *json += ']';
}

std::string content_ids(Session& session, Arguments* arguments) {
  const auto campaign = arguments->record("campaign", record_type<CampaignRecord>());
  arguments->finish();
  const auto ids = check_content_ids(session, campaign);
  std::string json = "{";
  append_strings("unresolved_content_id", ids.unresolved, &json);
  append_strings("unused_content_id", ids.unused, &json);
  return json + "}";
}

// Those of one record: {"record": "campaign", "key": 1}.
std::string find_warnings(Session& session, Arguments* arguments) {
  const auto& type = arguments->type("record");
  require(session, type, "read");
  const auto id = arguments->record("key", type);
  arguments->finish();
  std::string json = "{\"warnings\":[";
  for (const auto& warning : warnings_of(session, type, id)) {
    append_comma(&json);
    json.append("{\"code\":\"").append(warning.code).append("\",\"path\":");
    append_string(warning.path, &json);
    json.append(",\"message\":");
    append_string(warning.message, &json);
    json += '}';
  }
  return json + "]}";
}

std::string find_totals(Session& session, Arguments* arguments) {
  const auto& type = arguments->type("record");
  require(session, type, "read");
  std::vector<std::string> fields;
  if (const auto by = arguments->take("by")) {
    if (by->kind() != JsonKind::array) throw Error(Code::invalid_value, "by");
    by->each([&](JsonView field) { fields.emplace_back(field.text()); });
  }
  const auto query = arguments->take("query");
  arguments->finish();
  return totals(session, type, fields, query ? search_query_from_json(*query) : SearchQuery());
}

// The changes of one record, also of one that is gone: {"record": "campaign", "key": 1}.
std::string find_history(Session& session, Arguments* arguments) {
  session.require("log.read");
  const auto& type = arguments->type("record");
  require(session, type, "read");
  const auto id = arguments->former_record("key", type);
  if (!id) throw Error(Code::field_required, "key");
  arguments->finish();
  require_former(session, type, *id);
  const auto text = std::to_string(*id);
  std::string json = "[";
  append_changes(session, "l.record = $1 and l.id = $2", {type.name(), text}, &json);
  if (json == "[") throw Error(Code::not_found, std::string(type.name()) + " #" + text);
  return "{\"changes\":" + json + "]}";
}

// ---- persons ----

Person person_of(Arguments* arguments) {
  Person person;
  person.email = arguments->text("email");
  person.party = arguments->former_record("party", record_type<PartyRecord>());
  person.lead = arguments->former_record("lead", record_type<LeadRecord>());
  arguments->finish();
  if (trimmed(person.email).empty()) person.email.clear();
  const int given = (person.email.empty() ? 0 : 1) + (person.party ? 1 : 0) + (person.lead ? 1 : 0);
  if (given == 0) throw Error(Code::field_required, "email");
  if (given > 1) throw Error(Code::invalid_value, "email");
  return person;
}

std::string held(Session& session, Arguments* arguments) {
  const auto found = held_about(session, person_of(arguments));
  std::string json = "{\"records\":{";
  for (const auto& [name, ids] : found.records) {
    append_comma(&json);
    json.append("\"").append(name).append("\":[");
    for (const auto id : ids) {
      append_comma(&json);
      json += std::to_string(id);
    }
    json += ']';
  }
  return json + "},\"changes\":" + std::to_string(found.changes) + "}";
}

std::string export_person(Session& session, Arguments* arguments) { return exported(session, person_of(arguments)); }

std::string erased_json(const Erased& erased) {
  return "{\"records\":" + counts_json(erased.records) + ",\"changes\":" + std::to_string(erased.changes) + "}";
}

std::string erase(Session& session, Arguments* arguments) {
  return erased_json(erase_person(session, person_of(arguments)));
}

template <Erased (*forget)(Session&)>
std::string of_expired(Session& session, Arguments* arguments) {
  arguments->finish();
  return erased_json(forget(session));
}

std::string refreeze(Session& session, Arguments* arguments) {
  const auto& type = record_type<CampaignRecord>();
  const auto id = arguments->record("campaign", type);
  arguments->finish();
  refreeze_campaign(session, id);
  return load_json(session, type, id);
}

struct Verb {
  std::string_view name;
  std::string (*perform)(Session&, Arguments*);
};

constexpr auto verbs = std::to_array<Verb>({
    {"campaigns.refreeze", &refreeze},
    {"target_groups.refresh", &refresh},
    {"recipients.add_from", &add_from},
    {"recipients.outbox", &outbox},
    {"recipients.mark_sent", &sent},
    {"recipients.mark_undeliverable", &undeliverable},
    {"email_permissions.request", &request},
    {"email_permissions.confirm", &confirm},
    {"email_permissions.cancel", &change<PermissionStatus::cancelled>},
    {"email_permissions.stop", &change<PermissionStatus::stopped>},
    {"email_permissions.block", &change<PermissionStatus::blocked>},
    {"actions.add_target_group", &add_group},
    {"actions.copy_contacts", &copy_from},
    {"actions.generate", &generate_action},
    {"attachments.check_content_ids", &content_ids},
    {"find.history", &find_history},
    {"find.totals", &find_totals},
    {"find.warnings", &find_warnings},
    {"persons.erase", &erase},
    {"persons.erase_expired", &of_expired<&erase_expired>},
    {"persons.expired", &of_expired<&expired>},
    {"persons.export", &export_person},
    {"persons.find", &held},
});

}  // namespace

std::string load_json_rows(Session& session, const RecordType& type, std::string_view rows, std::string_view options) {
  Arguments arguments(session, options);
  LoadOptions how;
  how.match = arguments.text("match");
  how.keep_good = arguments.flag("keep_good");
  how.as_text = arguments.flag("as_text");
  arguments.finish();
  const auto loaded = load_rows(session, type, rows, how);
  std::string json = "{\"added\":" + std::to_string(loaded.added) + ",\"updated\":" + std::to_string(loaded.updated) +
                     ",\"problems\":[";
  for (const auto& [row, problem] : loaded.problems) {
    append_comma(&json);
    json.append("{\"row\":").append(std::to_string(row)).append(",\"code\":\"").append(slug(problem.code));
    json.append("\",\"path\":");
    append_string(problem.path, &json);
    json.append(",\"message\":");
    append_string(problem.message, &json);
    json += '}';
  }
  return json + "]}";
}

std::string perform(Session& session, std::string_view name, std::string_view json) {
  const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& one) { return one.name == name; });
  if (verb == verbs.end()) throw Error(Code::unknown_field, shortened(name));
  Arguments arguments(session, json);
  return verb->perform(session, &arguments);
}

}  // namespace rabatt
