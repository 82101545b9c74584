#include "candidates.h"

#include <algorithm>

namespace rabatt {
namespace {

class Sieve {
 public:
  Sieve(const Document& document, Id item, const LineQuantity& quantity)
      : document_(document), book_(document.book), item_(book_.items[item]), quantity_(quantity) {}

  // The first reason that applies, or nothing: the campaign stays in and `*usable` is its usable line.
  std::optional<Reason> reason(const OfferingRecord& offering, const TierRecord** usable) const {
    const auto& campaign = book_.campaigns[offering.owner];
    if (const auto reason = state_reason(campaign)) return reason;
    const bool named = document_.named_campaign == offering.owner;
    if (document_.named_campaign != no_id && !named) return Reason::not_named;
    if (campaign.code_required != 0 && !(named && document_.code_given)) return Reason::code_required;
    if (campaign.customer != no_id && campaign.customer != document_.customer) return Reason::wrong_customer;
    if (campaign.target_group != no_id && !is_member(campaign.target_group)) return Reason::not_in_target_group;
    if (const auto reason = pricing_reason(campaign)) return reason;
    const auto tiers = book_.campaign_tiers.of(offering.tiers);
    if (!has_unit(tiers, quantity_)) return Reason::wrong_unit;
    *usable = usable_tier(book_, tiers, quantity_);
    return *usable ? std::nullopt : std::optional(Reason::below_quantity);
  }

 private:
  std::optional<Reason> state_reason(const CampaignRecord& campaign) const {
    const auto status = static_cast<CampaignStatus>(campaign.status);
    const auto second = document_.moment.time_since_epoch().count();
    if (campaign.posted == 0) return Reason::not_posted;
    if (campaign.active == 0) return Reason::inactive;
    if (status == CampaignStatus::cancelled) return Reason::cancelled;
    if (status == CampaignStatus::completed) return Reason::completed;
    if (second < campaign.window.from) return Reason::not_started;
    if (second > campaign.window.until) return Reason::expired;
    return std::nullopt;
  }

  std::optional<Reason> pricing_reason(const CampaignRecord& campaign) const {
    if (static_cast<PricingType>(campaign.pricing_type) == PricingType::set_discount) {
      return item_.discountable != 0 ? std::nullopt : std::optional(Reason::not_discountable);
    }
    if (campaign.currency != document_.currency) return Reason::wrong_currency;
    const bool books_mode = book_.rules.prices_include_tax;
    return document_.prices_include_tax == books_mode ? std::nullopt : std::optional(Reason::wrong_tax_mode);
  }

  bool is_member(Id group) const {
    if (document_.customer == no_id) return false;
    const auto groups = book_.customer_target_groups.of(book_.customers[document_.customer].target_groups);
    return std::binary_search(groups.begin(), groups.end(), group);
  }

  const Document& document_;
  const CompiledBook& book_;
  const ItemRecord& item_;
  const LineQuantity& quantity_;
};

}  // namespace

Candidates candidates_of(const Document& document, Id item, const LineQuantity& quantity, bool all_reasons) {
  const auto& book = document.book;
  const auto& compiled = book.items[item];
  const Sieve sieve(document, item, quantity);
  Candidates result;
  const auto sort_in = [&](const OfferingRecord& offering) {
    const TierRecord* tier = nullptr;
    if (const auto reason = sieve.reason(offering, &tier)) {
      result.rejected.push_back({offering.owner, *reason});
    } else {
      result.staying.push_back({offering.owner, tier});
    }
  };
  const auto offerings = book.campaign_offerings.of(compiled.campaigns);
  if (all_reasons) {
    std::for_each(offerings.begin(), offerings.end(), sort_in);
  } else if (document.named_campaign != no_id) {
    const auto named = std::lower_bound(offerings.begin(), offerings.end(), document.named_campaign,
                                        [](const OfferingRecord& offering, Id id) { return offering.owner < id; });
    if (named != offerings.end() && named->owner == document.named_campaign) sort_in(*named);
  } else {
    const auto visit = [&](std::uint32_t at) { sort_in(book.campaign_offerings[at]); };
    visit_admitting(book.live_campaigns.of(compiled.live_campaigns), document.moment, visit);
    result.rejected.clear();
    std::sort(result.staying.begin(), result.staying.end(),
              [](const Candidate& a, const Candidate& b) { return a.campaign < b.campaign; });
  }
  return result;
}

}  // namespace rabatt
