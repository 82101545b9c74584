#include "recipients.h"

#include <algorithm>
#include <set>
#include <span>

#include "json_text.h"
#include "party_batches.h"
#include "rabatt/hash_map.h"
#include "rabatt/text.h"
#include "record_json.h"
#include "writing.h"

namespace rabatt {
namespace {

using CompanyNames = HashMap<std::int64_t, std::string>;

// Who is in a campaign already.
struct Present {
  HashSet<std::int64_t> parties, leads;
  HashSet<std::string> emails;  // keys
  bool emails_may_repeat = false;
};

Present present_in(Session& session, std::int64_t campaign) {
  Present present;
  const auto id = std::to_string(campaign);
  session.run("select party, lead, email_key from recipient where campaign = $1", {id}, [&](RowView row) {
    if (row[0]) present.parties.insert(*integer_of(*row[0]));
    if (row[1]) present.leads.insert(*integer_of(*row[1]));
    if (row[2]) present.emails.emplace(*row[2]);
  });
  present.emails_may_repeat =
      session.value("select 1 from campaign where id = $1 and allow_email_duplicates = true", {id}).has_value();
  return present;
}

RecipientSource source_of(const PartyRecord& party) {
  if (party.kind == PartyKind::person) return RecipientSource::contact;
  if (party.is_customer && party.is_supplier) return RecipientSource::customer_and_supplier;
  if (party.is_customer) return RecipientSource::customer;
  return party.is_supplier ? RecipientSource::supplier : RecipientSource::contact;
}

// What parties and leads have in common.
template <class Source>
void copy_address(const Source& from, RecipientRecord* to) {
  to->email.assign(from.email);
  to->website.assign(from.website);
  to->phone_work.assign(from.phone_work);
  to->phone_mobile.assign(from.phone_mobile);
  to->fax.assign(from.fax);
  to->address.assign(from.address);
  to->postal_code.assign(from.postal_code);
  to->city.assign(from.city);
  to->region.assign(from.region);
  to->country.assign(from.country);
}

// What the companies of these parties are called, by their ids.
CompanyNames company_names(Session& session, std::span<const Stored> parties) {
  const auto company = *record_type<PartyRecord>().field("company");
  std::set<std::string_view> ids;
  for (const auto& party : parties) {
    if (const auto& id = party.values.fields[company]) ids.insert(*id);
  }
  CompanyNames names;
  if (ids.empty()) return names;
  std::string list;
  for (const auto id : ids) list.append(list.empty() ? "" : ", ").append(id);
  session.run("select id, name from party where id in (" + list + ")", {},
              [&](RowView row) { names.emplace(*integer_of(*row[0]), row[1].value_or("")); });
  return names;
}

RecipientRecord recipient_of(const Stored& stored, const PartyRecord& party, const CompanyNames& companies) {
  RecipientRecord recipient;
  recipient.source = source_of(party);
  recipient.party = Reference<PartyRecord>(stored.id);
  const bool is_person = party.kind == PartyKind::person;
  (is_person ? static_cast<std::string&>(recipient.contact_name) : recipient.company_name).assign(party.name);
  if (is_person) {
    const auto company = companies.find(party.company.id);
    if (company != companies.end()) recipient.company_name.assign(company->second);
  } else {
    recipient.contact_name.assign(party.contact_name);
  }
  recipient.organisation_number = party.organisation_number;
  recipient.company_form = party.company_form;
  recipient.industry = party.industry;
  recipient.sales_region = party.sales_region;
  copy_address(party, &recipient);
  return recipient;
}

RecipientRecord recipient_of(const Stored& stored, const LeadRecord& lead, const CompanyNames&) {
  RecipientRecord recipient;
  recipient.source = RecipientSource::lead;
  recipient.lead = Reference<LeadRecord>(stored.id);
  recipient.company_name.assign(lead.company_name);
  recipient.contact_name.assign(lead.contact_name);
  if (lead.company_name.empty() && lead.contact_name.empty()) recipient.contact_name.assign(lead.name);
  copy_address(lead, &recipient);
  return recipient;
}

class Adder {
 public:
  Adder(Session& session, std::int64_t campaign)
      : session_(session), campaign_(campaign), present_(present_in(session, campaign)) {}

  template <class Source>
  void add_all(const std::vector<std::int64_t>& ids, HashSet<std::int64_t>* present) {
    std::vector<std::int64_t> fresh;
    for (const auto id : ids) {
      if (present->insert(id).second) {
        fresh.push_back(id);
      } else {
        ++counts.skipped_duplicate_source;
      }
    }
    each_batch_by_id(session_, record_type<Source>(), std::move(fresh), [&](std::span<const Stored> batch) {
      CompanyNames companies;
      if constexpr (std::same_as<Source, PartyRecord>) companies = company_names(session_, batch);
      for (const auto& stored : batch) add(recipient_of(stored, record_of<Source>(stored), companies));
    });
  }

  void add(const AddressBook& chosen) {
    add_all<PartyRecord>(chosen.parties, &present_.parties);
    add_all<LeadRecord>(chosen.leads, &present_.leads);
  }

  RecipientsAdded counts;

 private:
  void add(RecipientRecord recipient) {
    if (!recipient.email.empty()) {
      const bool is_new = present_.emails.insert(session_.company().order.key(recipient.email)).second;
      if (!is_new && !present_.emails_may_repeat) {
        ++counts.skipped_duplicate_email;
        return;
      }
    }
    recipient.campaign = Reference<CampaignRecord>(campaign_);
    insert_new(session_, recipient);
    ++counts.added;
  }

  Session& session_;
  std::int64_t campaign_;
  Present present_;
};

// Why a recipient is not sent to; NULL where it is.
std::string reason_sql(bool is_email) {
  std::string sql = "case when r.status = 'deactivated' then 'deactivated'";
  if (is_email) {
    sql +=
        " when r.email is null then 'no_email' when not exists (select 1 from email_permission p "
        "where p.email_key = r.email_key and p.status = 'confirmed') then 'no_permission'";
  }
  return sql + " end";
}

// The last change of the template that a campaign has now, and recipients whom the log has after it.
constexpr std::string_view added_since_template =
    " and exists (select 1 from campaign c where c.id = r.campaign and c.email_template is not null)"
    " and exists (select 1 from log l where l.record = 'recipient' and l.id = r.id and l.verb = 'add' and l.sequence > "
    "(select max(t.sequence) from log t where t.record = 'campaign' and t.id = r.campaign"
    " and t.changes like '%\"email_template\":[%'))";

bool goes_by_email(Session& session, std::int64_t campaign) {
  const auto channel = session.value("select channel from campaign where id = $1", {std::to_string(campaign)});
  if (!channel) throw Error(Code::not_found, "campaign #" + std::to_string(campaign));
  return *channel == "email";
}

// Sets a flag of recipients of a campaign that do not have it yet. Nothing is sent to deactivated ones.
std::int64_t mark(Session& session, std::int64_t campaign, std::vector<std::int64_t> ids, std::string_view flag) {
  const auto& type = record_type<RecipientRecord>();
  const auto campaign_field = *type.field("campaign");
  const bool is_sent = flag == "sent";
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::int64_t marked = 0;
  std::int64_t found = 0;
  each_by_id(session, type, ids, [&](const Stored& stored) {
    if (stored.values.fields[campaign_field] != std::to_string(campaign)) return;
    ++found;
    auto after = stored.values;
    if (after.fields[*type.field(flag)] == "1") return;
    if (is_sent && after.fields[*type.field("status")] == "deactivated") return;
    after.fields[*type.field(flag)] = "1";
    if (is_sent) after.fields[*type.field("sent_at")] = text_of(session.time());
    write_change(session, type, stored, after, is_sent ? "mark_sent" : "mark_undeliverable");
    ++marked;
  });
  if (found < static_cast<std::int64_t>(ids.size())) throw Error(Code::not_found, "recipients");
  return marked;
}

}  // namespace

RecipientsAdded add_recipients(Session& session, std::int64_t campaign, const AddressBook& chosen) {
  session.require("recipient.write");
  return session.part([&] {
    Adder adder(session, campaign);
    adder.add(chosen);
    return adder.counts;
  });
}

std::string outbox_page(Session& session, std::int64_t campaign, std::int64_t after, std::int64_t limit,
                        bool since_template) {
  session.require("recipient.read");
  const auto& type = record_type<RecipientRecord>();
  const auto& table = table_of(type);
  const auto select = table.select.substr(0, table.select.size() - table.from.size());
  const auto sql = select + ", " + reason_sql(goes_by_email(session, campaign)) + table.from +
                   " where r.campaign = $1 and r.sent = false and r.id > $2" +
                   std::string(since_template ? added_since_template : "") + " order by r.id limit " +
                   std::to_string(limit + 1);
  std::vector<Stored> page;
  std::vector<Cell> reasons;
  bool has_more = false;
  session.run(sql, {std::to_string(campaign), std::to_string(after)}, [&](RowView row) {
    if (page.size() == static_cast<std::size_t>(limit)) {
      has_more = true;
      return;
    }
    page.push_back(stored_of(type, row.first(row.size() - 1)));
    reasons.push_back(row.back() ? Cell(std::string(*row.back())) : Cell());
  });
  const Labels labels(session, type, page);
  std::string json = "{\"rows\":[";
  for (std::size_t i = 0; i < page.size(); ++i) {
    append_comma(&json);
    json += to_json(type, page[i], labels);
    json.back() = ',';
    json += "\"reason\":";
    append_raw(reasons[i], &json);
    json += '}';
  }
  json += "],\"next\":";
  return json + (has_more ? std::to_string(page.back().id) : "null") + "}";
}

std::int64_t mark_sent(Session& session, std::int64_t campaign, const std::vector<std::int64_t>* recipients) {
  session.require("recipient.mark_sent");
  return session.part([&] {
    if (recipients) return mark(session, campaign, *recipients, "sent");
    const auto id = std::to_string(campaign);
    const CellView parameters[] = {id};
    const auto open = ids_of(session,
                             "select r.id from recipient r where r.campaign = $1 and r.sent = false and (" +
                                 reason_sql(goes_by_email(session, campaign)) + ") is null order by r.id",
                             parameters);
    return mark(session, campaign, open, "sent");
  });
}

std::int64_t mark_undeliverable(Session& session, std::int64_t campaign, const std::vector<std::int64_t>& recipients) {
  session.require("recipient.write");
  return session.part([&] { return mark(session, campaign, recipients, "undeliverable"); });
}

void verify_recipient(Session& session, std::int64_t id) {
  const auto text = std::to_string(id);
  const auto twice = session.value(
      "select o.id from recipient r join recipient o on o.campaign = r.campaign and o.id <> r.id "
      "and (o.party = r.party or o.lead = r.lead) where r.id = $1 limit 1",
      {text});
  if (twice) throw Error(Code::duplicate_source, "party");
  if (session.value("select 1 from recipient where id = $1 and revision = 1", {text})) verify_email(session, id);
}

void verify_email(Session& session, std::int64_t id) {
  const auto email = session.value(
      "select r.email from recipient r join campaign c on c.id = r.campaign join recipient o "
      "on o.campaign = r.campaign and o.id <> r.id and o.email_key = r.email_key "
      "where r.id = $1 and c.allow_email_duplicates = false limit 1",
      {std::to_string(id)});
  if (email) throw Error(Code::duplicate_email, subject_of("email", *email));
}

}  // namespace rabatt
