#include "target_groups.h"

#include <algorithm>
#include <set>

#include "party_batches.h"
#include "removing.h"
#include "rights.h"
#include "search_sql.h"
#include "writing.h"

namespace rabatt {
namespace {

using Ids = std::vector<std::int64_t>;

// ---- who meets the conditions ----

// The conditions by the record that they are on, as searches; blank ones are inactive, as they are in a search.
std::map<std::string, SearchQuery> searches_of(const TargetGroupRecord& group) {
  std::map<std::string, SearchQuery> searches;
  for (const auto& condition : group.conditions) {
    auto criterion = criterion_of("conditions", condition.field, condition.operator_, condition.value);
    const auto* type = record_named(condition.record);
    const std::string record(type ? type->name() : std::string_view(condition.record));
    if (criterion) searches[record].criteria.push_back(std::move(*criterion));
  }
  return searches;
}

// A search for parties, or for records each of which refers to one.
struct PartySearch {
  const RecordType& type;
  SearchSql sql;
};

PartySearch party_search(Session& session, const std::string& record, const SearchQuery& query) {
  const auto* type = record_named(record);
  if (!type) throw Error(Code::unknown_record, subject_of("conditions.record", record));
  const bool is_party = type == &record_type<PartyRecord>();
  if (!is_party && !type->field("party")) throw Error(Code::invalid_value, subject_of("conditions.record", record));
  return {*type, search_sql(session, *type, query)};
}

Ids parties_meeting(Session& session, PartySearch search) {
  const std::string id = &search.type == &record_type<PartyRecord>() ? "r.id" : "r.party";
  return ids_of(session,
                "select distinct " + id + table_of(search.type).from + " where " + search.sql.condition + " and " + id +
                    " is not null order by " + id,
                search.sql.views());
}

Ids intersection(const Ids& a, const Ids& b) {
  Ids both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

Ids all_of_kind(Session& session, GroupKind kind) {
  std::string condition;
  switch (kind) {
    case GroupKind::mixed: break;
    case GroupKind::company: condition = " and kind = 'company'"; break;
    case GroupKind::contact: condition = " and kind = 'person'"; break;
    case GroupKind::lead: condition = " and id in (select party from lead where party is not null)"; break;
  }
  return ids_of(session, "select id from party where active = true" + condition + " order by id", {});
}

Ids matching(Session& session, const TargetGroupRecord& group) {
  Ids ids = all_of_kind(session, group.kind);
  for (const auto& [record, query] : searches_of(group)) {
    auto search = party_search(session, record, query);
    require(session, search.type, "read");
    ids = intersection(ids, parties_meeting(session, std::move(search)));
  }
  return ids;
}

// ---- samples ----

// Steele, Lea and Flood's SplitMix64: the same numbers from a seed on every machine.
std::uint64_t next_random(std::uint64_t* state) {
  *state += 0x9E3779B97F4A7C15U;
  std::uint64_t bits = *state;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31U);
}

Ids every(std::size_t interval, const Ids& ids) {
  Ids chosen;
  for (std::size_t i = interval; i <= ids.size(); i += interval) chosen.push_back(ids[i - 1]);
  return chosen;
}

// Without replacement: the first `size` of a shuffle that goes no further.
Ids drawn(std::size_t size, std::uint64_t seed, Ids ids) {
  if (size >= ids.size()) return ids;
  for (std::size_t i = 0; i < size; ++i) {
    std::swap(ids[i], ids[i + next_random(&seed) % (ids.size() - i)]);
  }
  ids.resize(size);
  std::sort(ids.begin(), ids.end());
  return ids;
}

Ids sampled(const TargetGroupRecord& group, Ids ids) {
  switch (group.sample) {
    case Sample::none: return ids;
    case Sample::interval: return every(static_cast<std::size_t>(*group.sample_interval), ids);
    case Sample::random:
      return drawn(static_cast<std::size_t>(*group.sample_size), static_cast<std::uint64_t>(*group.sample_seed),
                   std::move(ids));
  }
  return ids;
}

// ---- members ----

Cell permission_of(Session& session, const std::string& email) {
  if (email.empty()) return {};
  return session.value("select status from email_permission where email_key = $1",
                       {session.company().order.key(email)});
}

void set_snapshot(Session& session, const PartyRecord& party, MemberRecord* member) {
  member->added_at = session.time();
  member->name_frozen.assign(party.name);
  member->email_frozen.assign(party.email);
  member->permission_frozen = permission_of(session, party.email).value_or("none");
}

void add_members(Session& session, const TargetGroupRecord& group, const Ids& ids) {
  each_by_id(session, record_type<PartyRecord>(), ids, [&](const Stored& stored) {
    MemberRecord member;
    member.target_group = Reference<TargetGroupRecord>(group.id);
    member.party = Reference<PartyRecord>(stored.id);
    member.origin = "conditions";
    set_snapshot(session, record_of<PartyRecord>(stored), &member);
    insert_new(session, member);
  });
}

// The ids of a group's members by party; those that the conditions brought and that nobody has unlinked may go again.
struct Members {
  std::set<std::int64_t> parties;
  std::map<std::int64_t, std::int64_t> removable;  // member by party
};

Members members_of(Session& session, std::int64_t group) {
  Members members;
  session.run("select id, party, origin, linked from member where target_group = $1", {std::to_string(group)},
              [&](RowView row) {
                const auto party = *integer_of(*row[1]);
                members.parties.insert(party);
                if (row[2] == "conditions" && row[3] == "1") members.removable.emplace(party, *integer_of(*row[0]));
              });
  return members;
}

void stamp_refresh(Session& session, const Stored& stored, const TargetGroupRecord& group) {
  const auto& type = record_type<TargetGroupRecord>();
  auto after = stored.values;
  after.fields[*type.field("refreshed_at")] = text_of(session.time());
  after.fields[*type.field("sample_seed")] = cell_of(group.sample_seed);
  write_change(session, type, stored, after, "refresh");
}

}  // namespace

Refreshed refresh_target_group(Session& session, std::int64_t id) {
  const bool again =
      session.value("select refreshed_at from target_group where id = $1", {std::to_string(id)}).has_value();
  session.require("target_group.write");
  if (again) session.require("target_group.refreeze");
  session.require("party.read");
  require_open(session, "write", id);
  return session.part([&] {
    const auto stored = load_existing(session, record_type<TargetGroupRecord>(), id);
    auto group = record_of<TargetGroupRecord>(stored);
    if (group.mode == GroupMode::frozen && again) throw Error(Code::frozen, subject_of("target_group", group.number));
    if (group.sample == Sample::random && !group.sample_seed) group.sample_seed = session.sequence() + 1;
    const auto wanted = sampled(group, matching(session, group));
    auto members = members_of(session, id);
    Refreshed refreshed;
    Ids added;
    for (const auto party : wanted) {
      if (!members.parties.contains(party)) added.push_back(party);
      members.removable.erase(party);
    }
    add_members(session, group, added);
    refreshed.added = static_cast<std::int64_t>(added.size());
    if (group.mode == GroupMode::synchronised) {
      for (const auto& [party, member] : members.removable)
        remove_existing(session, record_type<MemberRecord>(), member);
      refreshed.removed = static_cast<std::int64_t>(members.removable.size());
    }
    stamp_refresh(session, stored, group);
    const auto count =
        session.value("select count(*) from member where target_group = $1 and linked = true", {std::to_string(id)});
    refreshed.members = *integer_of(*count);
    return refreshed;
  });
}

std::vector<std::int64_t> linked_members(Session& session, std::int64_t target_group) {
  const std::string id = std::to_string(target_group);
  const CellView parameters[] = {id};
  return ids_of(session, "select party from member where target_group = $1 and linked = true order by id", parameters);
}

void verify_target_group(Session& session, std::int64_t id) {
  const auto group = load_record<TargetGroupRecord>(session, id);
  if (group.conditions.size() > most_criteria) throw Error(Code::limit_crossed, "conditions");
  for (const auto& condition : group.conditions) {
    auto criterion = criterion_of("conditions", condition.field, condition.operator_, condition.value);
    if (!criterion) criterion = Criterion{condition.field, Operator::equal, {{}}};  // its field is there at least
    SearchQuery query;
    query.criteria.push_back(std::move(*criterion));
    party_search(session, condition.record, query);
  }
}

void complete_member(Session& session, Values* values) {
  const auto& type = record_type<MemberRecord>();
  MemberRecord member;
  type.fill(&member, *values);
  const auto party_id =
      member.party.name.empty() ? member.party.id : session.id_labelled(record_type<PartyRecord>(), member.party.name);
  if (member.added_at || party_id == 0) return;
  const auto party = load(session, record_type<PartyRecord>(), party_id);
  if (!party) return;
  session.require("party.read");
  if (member.origin.empty()) member.origin = "manual";
  set_snapshot(session, record_of<PartyRecord>(*party), &member);
  *values = type.values_of(member);
}

void verify_party_once(Session& session, const RecordType& type, std::int64_t id) {
  const auto table = sql_name(type.name());
  const auto parent = sql_name(type.parent());
  // the plus: databases look a party up, who is in few of them, and do not go through all members of one
  const auto twice =
      session.value("select p.number from " + table + " m join " + table + " o on o.party = m.party and +o." + parent +
                        " = m." + parent + " and o.id <> m.id join party p on p.id = m.party where m.id = $1 limit 1",
                    {std::to_string(id)});
  if (twice) throw Error(Code::duplicate_source, subject_of("party", *twice));
}

}  // namespace rabatt
