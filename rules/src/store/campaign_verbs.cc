#include "campaign_verbs.h"

#include "campaign_rules.h"
#include "labels.h"
#include "numbers.h"
#include "publish.h"
#include "rabatt/records/audience.h"
#include "removing.h"
#include "rights.h"
#include "stored.h"
#include "target_groups.h"
#include "writing.h"

namespace rabatt {
namespace {

const RecordType& campaign_type() { return record_type<CampaignRecord>(); }

Cell& field(std::string_view name, Values* values) { return values->fields[*campaign_type().field(name)]; }

// Copies the linked members of the campaign's target group: these are who it is for.
void freeze_target_group(Session& session, std::int64_t campaign, const Values& values) {
  const auto& group = values.fields[*campaign_type().field("target_group")];
  if (!group) return;
  const auto parties = linked_members(session, *integer_of(*group));
  if (parties.empty()) throw Error(Code::empty_target_group, "target_group");
  for (const auto party : parties) {
    Values member = record_type<FrozenMemberRecord>().blank();
    member.fields = {std::to_string(campaign), std::to_string(party)};
    insert_new(session, record_type<FrozenMemberRecord>(), member);
  }
}

void release_target_group(Session& session, std::int64_t campaign) {
  const auto& type = record_type<FrozenMemberRecord>();
  for (const auto id : child_ids(session, type, campaign)) remove_existing(session, type, id);
}

// The engine's campaign, with what pricing its lines depends on.
Campaign priced_campaign(Session& session, std::int64_t id, const Values& values, std::vector<Stored>* lines) {
  CampaignRecord record;
  campaign_type().fill(&record, values);
  if (!record.pricing_type) throw Error(Code::pricing_type_required, "pricing_type");
  if (record.pricing_type == PricingType::set_price && record.currency.empty()) {
    throw Error(Code::currency_required, "currency");
  }
  Campaign campaign;
  campaign.campaign = record.number;
  campaign.pricing_type = record.pricing_type;
  campaign.currency = record.currency;
  campaign.date = Date(*record.date);
  if (record.customer) {
    campaign.customer = session
                            .value("select coalesce(customer_number, number) from party where id = $1 and is_customer",
                                   {std::to_string(record.customer.id)})
                            .value_or("");
  }
  const auto& type = record_type<CampaignLineRecord>();
  load_where(session, type, "r.campaign = $1 order by r.line, r.id", {std::to_string(id)}, [&](Stored stored) {
    CampaignLineRecord line;
    type.fill(&line, stored.values);
    campaign.lines.push_back({.item = {},
                              .unit = line.unit,
                              .price = line.price,
                              .discount = line.discount,
                              .quantity_min = line.quantity_min.value_or(0)});
    lines->push_back(std::move(stored));
  });
  const Labels items(session, type, *lines);
  for (std::size_t i = 0; i < lines->size(); ++i) {
    const auto item = integer_of(*(*lines)[i].values.fields[*type.field("item")]);
    campaign.lines[i].item = *items.of(record_type<ItemRecord>(), *item);
  }
  return campaign;
}

// The text, cut to whole characters where it is too long for a field.
std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

void copy_children(Session& session, const RecordType& type, std::int64_t from, std::int64_t to) {
  const auto parent = *type.field(type.parent());
  for (const auto id : child_ids(session, type, from)) {
    auto values = load_existing(session, type, id).values;
    values.fields[parent] = std::to_string(to);
    if (&type == &record_type<RecipientRecord>()) {
      for (const auto name : {"status", "sent", "sent_at", "undeliverable"}) {
        const auto field = *type.field(name);
        values.fields[field] = type.fields()[field].blank;
      }
    }
    insert_new(session, type, values, &type == &record_type<PlanRecord>() ? to : 0);
  }
}

}  // namespace

std::vector<SetForAllRemark> set_for_all(Session& session, std::int64_t id, const std::optional<Decimal>& percent) {
  session.require("campaign.set_for_all");
  return session.part([&] {
    const auto stored = load_existing(session, campaign_type(), id);
    const auto& own = stored.values.fields[*campaign_type().field("change_percent")];
    if (!percent && !own) throw Error(Code::field_required, "change_percent");
    std::vector<Stored> lines;
    const auto campaign = priced_campaign(session, id, stored.values, &lines);
    auto filled = rabatt::set_for_all(campaign, percent ? *percent : Decimal(*own), present_book(session));
    const auto& type = record_type<CampaignLineRecord>();
    const auto sequence = session.sequence();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto after = lines[i].values;
      after.fields[*type.field("price")] = cell_of(filled.lines[i].price);
      after.fields[*type.field("discount")] = cell_of(filled.lines[i].discount);
      write_change(session, type, lines[i], after, "set_for_all");
    }
    if (session.sequence() > sequence) touch(session, campaign_type(), id, "set_for_all");
    verify_campaign(session, id);
    return filled.report;
  });
}

std::vector<std::optional<Decimal>> list_prices_of(Session& session, std::int64_t id) {
  std::vector<Stored> lines;
  const auto campaign = priced_campaign(session, id, load_existing(session, campaign_type(), id).values, &lines);
  const auto filled = rabatt::set_for_all(campaign, Decimal(0), present_book(session));
  std::vector<std::optional<Decimal>> prices;
  for (const auto& line : filled.lines) prices.push_back(line.price);
  for (const auto& remark : filled.report) prices[remark.line].reset();
  return prices;
}

std::int64_t copy_campaign(Session& session, std::int64_t id, bool copy_recipients) {
  session.require("campaign.write");
  session.require("campaign.read");
  if (copy_recipients) require(session, record_type<RecipientRecord>(), "write");
  return session.part([&] {
    auto values = load_existing(session, campaign_type(), id).values;
    for (const std::string_view reset : {"number", "code", "status", "posted", "posted_at", "posted_by", "send_at",
                                         "actual_start", "actual_end", "result_basis", "code_required", "template"}) {
      field(reset, &values) = campaign_type().fields()[*campaign_type().field(reset)].blank;
    }
    require_change(session, campaign_type(), nullptr, values);
    auto& name = field("name", &values);
    name = cut("Copy of " + *name, 200);
    assign_number(session, campaign_type(), &values, false);
    const auto copy = insert_new(session, campaign_type(), values);
    copy_children(session, record_type<CampaignLineRecord>(), id, copy);
    copy_children(session, record_type<PlanRecord>(), id, copy);
    copy_children(session, record_type<AttachmentRecord>(), id, copy);
    if (copy_recipients) copy_children(session, record_type<RecipientRecord>(), id, copy);
    return copy;
  });
}

void post_campaign(Session& session, std::int64_t id) {
  session.require("campaign.post");
  session.part([&] {
    const auto before = load_existing(session, campaign_type(), id);
    auto after = before.values;
    if (field("posted", &after) == "1") {
      throw Error(Code::already_posted, "campaign #" + std::to_string(id));
    }
    field("posted", &after) = "1";
    field("posted_at", &after) = text_of(session.time());
    field("posted_by", &after) = cell_of(session.by());
    write_change(session, campaign_type(), before, after, "post");
    freeze_target_group(session, id, after);
    verify_campaign(session, id);
  });
}

void refreeze_campaign(Session& session, std::int64_t id) {
  session.require("campaign.post");
  session.require("target_group.refreeze");
  session.part([&] {
    const auto stored = load_existing(session, campaign_type(), id);
    auto values = stored.values;
    if (field("posted", &values) != "1") throw Error(Code::not_posted, "campaign #" + std::to_string(id));
    if (!field("target_group", &values)) throw Error(Code::field_required, "target_group");
    release_target_group(session, id);
    freeze_target_group(session, id, values);
    touch(session, campaign_type(), id, "refreeze");
  });
}

void unpost_campaign(Session& session, std::int64_t id) {
  session.require("campaign.post");
  session.part([&] {
    const auto before = load_existing(session, campaign_type(), id);
    auto after = before.values;
    if (field("posted", &after) != "1") throw Error(Code::not_posted, "campaign #" + std::to_string(id));
    field("posted", &after) = "0";
    field("posted_at", &after) = {};
    field("posted_by", &after) = {};
    write_change(session, campaign_type(), before, after, "unpost");
    release_target_group(session, id);
  });
}

}  // namespace rabatt
