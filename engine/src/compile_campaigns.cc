// Campaigns, numbered in the natural order of their numbers, and what each has for which item.

#include "book_draft.h"
#include "rabatt/hash_map.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

class CampaignCompiler {
 public:
  CampaignCompiler(const BookContent& content, const LineItems& line_items, BookDraft* draft)
      : content_(content), line_items_(line_items), draft_(*draft) {}

  void run() {
    for (Id group = 0; group < content_.target_groups.size(); ++group) {
      target_groups_.emplace(content_.target_groups[group].target_group, group);
    }
    draft_.campaigns.reserve(content_.campaigns.size());
    Records<ItemLine> lines;
    lines.reserve(line_items_.campaign_lines());
    for (const auto position : natural_order(content_.campaigns, &Campaign::campaign)) {
      const auto& campaign = content_.campaigns[position];
      const auto id = static_cast<Id>(draft_.campaigns.size());
      draft_.campaigns.push_back(record_of(campaign));
      if (const auto code = folded_code(campaign.code); !code.empty()) {
        draft_.codes.push_back(draft_.add(code));
        draft_.code_campaigns.push_back(id);
      }
      add_lines(campaign, id, &lines);
    }
    draft_.campaign_offerings.reserve(lines.size());
    gather_offerings(lines, draft_, &draft_.campaign_tiers, [&](Id item, const OfferingRecord& offering) {
      append_offering(offering, &draft_.campaign_offerings, &draft_.items[item].campaigns);
    });
    draft_.live_campaigns.reserve(draft_.campaign_offerings.size());
    for (auto& item : draft_.items) index_live_campaigns(&item);
    draft_.campaign_slots = directory_of(static_cast<std::uint32_t>(draft_.campaigns.size()), draft_.seed,
                                         [&](Id id) { return draft_.text(draft_.campaigns[id].campaign); });
    draft_.code_slots = directory_of(static_cast<std::uint32_t>(draft_.codes.size()), draft_.seed,
                                     [&](Id id) { return draft_.text(draft_.codes[id]); });
  }

 private:
  CampaignRecord record_of(const Campaign& campaign) {
    CampaignRecord record;
    record.campaign = draft_.add(campaign.campaign);
    record.window =
        Moments::of(window_of(campaign.valid_from ? campaign.valid_from : campaign.date, campaign.valid_until));
    record.currency = draft_.currency(campaign.currency);
    record.customer = draft_.customer(campaign.customer);
    const auto group = target_groups_.find(campaign.target_group);
    if (group != target_groups_.end()) record.target_group = group->second;
    record.priority = campaign.priority;
    record.posted = campaign.posted ? 1 : 0;
    record.active = campaign.active ? 1 : 0;
    record.status = static_cast<Byte>(campaign.status);
    record.pricing_type = static_cast<Byte>(campaign.pricing_type.value_or(PricingType::set_price));
    record.combine = static_cast<Byte>(campaign.combine);
    record.code_required = campaign.code_required ? 1 : 0;
    record.allow_customer_discount = campaign.allow_customer_discount ? 1 : 0;
    record.force_price = campaign.force_price ? 1 : 0;
    return record;
  }

  void add_lines(const Campaign& campaign, Id id, Records<ItemLine>* lines) {
    const auto items = line_items_.of(campaign);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto& line = campaign.lines[i];
      const Id item = items[i];
      if (item == no_id) continue;  // a draft may list what is no item yet
      TierRecord tier;
      // a draft's unknown unit keeps the campaign among those that list the item, with nothing to offer
      tier.unit = draft_.unit_index(item, line.unit);
      tier.quantity_min = draft_.add(line.quantity_min);
      const auto& value = line.price ? line.price : line.discount;
      tier.value = draft_.add(value.value_or(Decimal()));
      lines->push_back({item, id, tier});
    }
  }

  void index_live_campaigns(ItemRecord* item) {
    std::vector<ValidityEntry> entries;
    entries.reserve(item->campaigns.size());
    const auto& offerings = draft_.campaign_offerings;
    for (auto at = item->campaigns.begin; at < item->campaigns.end; ++at) {
      const auto& later = offerings[std::min(at + read_ahead, offerings.size() - 1)];
      __builtin_prefetch(&draft_.campaigns[later.owner].window);
      const auto& campaign = draft_.campaigns[offerings[at].owner];
      const auto status = static_cast<CampaignStatus>(campaign.status);
      const bool finished = status == CampaignStatus::completed || status == CampaignStatus::cancelled;
      if (campaign.posted == 0 || campaign.active == 0 || finished) continue;
      entries.push_back({campaign.window, at});
    }
    item->live_campaigns = BookDraft::append(validity_nodes(std::move(entries)), &draft_.live_campaigns);
  }

  const BookContent& content_;
  const LineItems& line_items_;
  BookDraft& draft_;
  HashMap<std::string_view, Id> target_groups_;
};

}  // namespace

void compile_campaigns(const BookContent& content, const LineItems& line_items, BookDraft* draft) {
  CampaignCompiler(content, line_items, draft).run();
}

}  // namespace rabatt
