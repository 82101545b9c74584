#include "actions.h"

#include "party_batches.h"
#include "rabatt/hash_map.h"
#include "rabatt/records/doing.h"
#include "rights.h"
#include "target_groups.h"
#include "writing.h"
#include "zones.h"

namespace rabatt {
namespace {

const RecordType& action_type() { return record_type<ActionRecord>(); }

using Ids = std::vector<std::int64_t>;

Ids ids_for(Session& session, const std::string& sql, std::int64_t id) {
  const auto text = std::to_string(id);
  const CellView parameters[] = {text};
  return ids_of(session, sql, parameters);
}

HashSet<std::int64_t> set_of(const Ids& ids) { return {ids.begin(), ids.end()}; }

// Takes contacts into an action, each once.
class Taker {
 public:
  Taker(Session& session, const ActionRecord& action) : session_(session), action_(action) {
    present_ = set_of(ids_for(session, "select party from action_contact where action = $1", action.id));
    if (action.skip_used_contacts && action.campaign) {
      const auto campaign = std::to_string(action.campaign.id);
      const auto own = std::to_string(action.id);
      const CellView parameters[] = {campaign, own};
      used_ = set_of(ids_of(session,
                            "select c.party from action_contact c join action a on a.id = c.action "
                            "where a.campaign = $1 and a.id <> $2",
                            parameters));
    }
  }

  void take(std::int64_t party, std::int64_t target_group, bool linked) {
    if (used_.contains(party)) {
      ++counts.skipped_used;
      return;
    }
    if (!present_.insert(party).second) {
      ++counts.already_there;
      return;
    }
    ActionContactRecord contact;
    contact.action = Reference<ActionRecord>(action_.id);
    contact.party = Reference<PartyRecord>(party);
    contact.target_group = Reference<TargetGroupRecord>(target_group);
    contact.linked = linked;
    contact.added_at = session_.time();
    insert_new(session_, contact);
    ++counts.added;
  }

  ContactsAdded counts;

 private:
  Session& session_;
  const ActionRecord& action_;
  HashSet<std::int64_t> present_, used_;
};

// Why an e-mail to a party is not sent; nothing where it is.
std::optional<std::string> email_refusal(Session& session, const PartyRecord& party) {
  if (party.email.empty()) return "no_email";
  const auto status = session.value("select status from email_permission where email_key = $1",
                                    {session.company().order.key(party.email)});
  if (status != "confirmed") return "no_permission";
  return std::nullopt;
}

DossierItemRecord item_for(Session& session, const ActionRecord& action) {
  DossierItemRecord item;
  item.type = action.dossier_type;
  item.subject.assign(action.description);
  item.date = local_day(session.time(), session.at().zone);
  item.campaign = action.campaign;
  item.action = Reference<ActionRecord>(action.id);
  item.responsible = action.responsible;
  item.completed = action.items_completed;
  if (item.completed) item.completed_at = session.time();
  return item;
}

void add_item_for(Session& session, const ActionRecord& action, const Stored& stored) {
  const auto party = record_of<PartyRecord>(stored);
  auto item = item_for(session, action);
  item.party = Reference<PartyRecord>(stored.id);
  item.name_frozen.assign(party.name);
  item.email_frozen.assign(party.email);
  item.permission_frozen =
      session
          .value("select status from email_permission where email_key = $1", {session.company().order.key(party.email)})
          .value_or("none");
  insert_new(session, item);
}

Generated generate_items(Session& session, const ActionRecord& action) {
  const bool is_one_item = action.dossier_per == DossierPer::action;
  const auto missing = ids_for(session,
                               std::string("select c.party from action_contact c where c.action = $1 and "
                                           "c.linked = true and not exists "
                                           "(select 1 from dossier_item d where d.action = c.action") +
                                   (is_one_item ? ")" : " and d.party = c.party)"),
                               action.id);
  Generated generated;
  each_by_id(session, record_type<PartyRecord>(), missing, [&](const Stored& stored) {
    const auto refusal =
        action.channel == Channel::email ? email_refusal(session, record_of<PartyRecord>(stored)) : std::nullopt;
    if (refusal) {
      ++generated.excluded[*refusal];
      return;
    }
    ++generated.contacts;
    if (!is_one_item) add_item_for(session, action, stored);
  });
  generated.items = generated.contacts;
  if (is_one_item && generated.contacts > 0) {
    insert_new(session, item_for(session, action));
    generated.items = 1;
  }
  return generated;
}

void record_generation(Session& session, const Stored& stored, const ActionRecord& action, const Generated& generated) {
  GenerationRecord generation;
  generation.action = Reference<ActionRecord>(action.id);
  generation.contacts = Count(generated.contacts);
  generation.cost_per_unit = action.cost_per_unit;
  for (const auto& [reason, count] : generated.excluded) generation.excluded[reason] = std::to_string(count);
  insert_new(session, generation);
  auto after = stored.values;
  after.fields[*action_type().field("status")] = "generated";
  write_change(session, action_type(), stored, after, "generate");
}

}  // namespace

ContactsAdded add_target_group(Session& session, std::int64_t id, std::int64_t target_group) {
  session.require("action.write");
  require(session, record_type<TargetGroupRecord>(), "read", target_group);
  return session.part([&] {
    const auto action = load_record<ActionRecord>(session, id);
    const bool again = session
                           .value("select 1 from action_contact where action = $1 and target_group = $2 limit 1",
                                  {std::to_string(id), std::to_string(target_group)})
                           .has_value();
    if (again) throw Error(Code::duplicate_selection, "target_group #" + std::to_string(target_group));
    Taker taker(session, action);
    for (const auto party : linked_members(session, target_group)) taker.take(party, target_group, true);
    return taker.counts;
  });
}

ContactsAdded copy_contacts(Session& session, std::int64_t id, std::int64_t from) {
  session.require("action.write");
  session.require("action.read");
  return session.part([&] {
    const auto action = load_record<ActionRecord>(session, id);
    Taker taker(session, action);
    std::vector<ActionContactRecord> contacts;
    load_where(session, record_type<ActionContactRecord>(), "r.action = $1 order by r.id", {std::to_string(from)},
               [&](const Stored& stored) { contacts.push_back(record_of<ActionContactRecord>(stored)); });
    for (const auto& contact : contacts) taker.take(contact.party.id, contact.target_group.id, contact.linked);
    return taker.counts;
  });
}

Generated generate(Session& session, std::int64_t id) {
  session.require("action.write");
  session.require("dossier_item.write");
  return session.part([&] {
    const auto stored = load_existing(session, action_type(), id);
    const auto action = record_of<ActionRecord>(stored);
    if (!action.dossier_type) throw Error(Code::field_required, "dossier_type");
    const auto linked =
        session.value("select 1 from action_contact where action = $1 and linked = true limit 1", {std::to_string(id)});
    if (!linked) throw Error(Code::no_linked_contacts, "action #" + std::to_string(id));
    const auto generated = generate_items(session, action);
    if (generated.items > 0) record_generation(session, stored, action, generated);
    return generated;
  });
}

}  // namespace rabatt
