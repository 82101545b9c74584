#include "candidates.h"

#include <algorithm>

namespace rabatt {
namespace {

class Sieve {
 public:
  Sieve(const Document& document, Id item, const LineQuantity& quantity)
      : document_(document), book_(document.book), item_(book_.items[item]), quantity_(quantity) {}

  // The first reason that applies, or nothing: the campaign stays in and `*tier` is its usable line.
  std::optional<Reason> reason(const Offering& offering, const Tier** tier) const {
    const auto& campaign = book_.campaigns[offering.owner];
    const auto& content = *campaign.content;
    if (const auto reason = state_reason(campaign)) return reason;
    const bool named = document_.named_campaign == offering.owner;
    if (document_.named_campaign != no_id && !named) return Reason::not_named;
    if (content.code_required && !(named && document_.code_given)) return Reason::code_required;
    if (!content.customer.empty() && !is_customer(campaign.customer)) return Reason::wrong_customer;
    if (!content.target_group.empty() && !is_member(campaign.target_group)) return Reason::not_in_target_group;
    if (const auto reason = pricing_reason(campaign)) return reason;
    const auto tiers = offering.tiers.of(book_.campaign_tiers);
    if (!has_unit(tiers, quantity_)) return Reason::wrong_unit;
    *tier = usable_tier(tiers, quantity_);
    return *tier ? std::nullopt : std::optional(Reason::below_quantity);
  }

 private:
  std::optional<Reason> state_reason(const CompiledCampaign& campaign) const {
    const auto& content = *campaign.content;
    if (!content.posted) return Reason::not_posted;
    if (!content.active) return Reason::inactive;
    if (content.status == CampaignStatus::cancelled) return Reason::cancelled;
    if (content.status == CampaignStatus::completed) return Reason::completed;
    if (document_.moment < campaign.window.from) return Reason::not_started;
    if (document_.moment > campaign.window.until) return Reason::expired;
    return std::nullopt;
  }

  std::optional<Reason> pricing_reason(const CompiledCampaign& campaign) const {
    if (campaign.content->pricing_type == PricingType::set_discount) {
      return item_.discountable ? std::nullopt : std::optional(Reason::not_discountable);
    }
    if (campaign.currency != document_.currency) return Reason::wrong_currency;
    const bool books_mode = book_.content.policy.prices_include_tax;
    return document_.prices_include_tax == books_mode ? std::nullopt : std::optional(Reason::wrong_tax_mode);
  }

  bool is_customer(Id customer) const { return document_.customer && document_.customer == &book_.customers[customer]; }

  bool is_member(Id group) const {
    if (!document_.customer) return false;
    const auto groups = document_.customer->target_groups.of(book_.customer_target_groups);
    return std::binary_search(groups.begin(), groups.end(), group);
  }

  const Document& document_;
  const CompiledBook& book_;
  const CompiledItem& item_;
  const LineQuantity& quantity_;
};

}  // namespace

Candidates candidates_of(const Document& document, Id item, const LineQuantity& quantity, bool all_reasons) {
  const auto& book = document.book;
  const auto& compiled = book.items[item];
  const Sieve sieve(document, item, quantity);
  Candidates result;
  const auto sort_in = [&](const Offering& offering) {
    const Tier* tier = nullptr;
    if (const auto reason = sieve.reason(offering, &tier)) {
      result.rejected.push_back({offering.owner, *reason});
    } else {
      result.staying.push_back({offering.owner, tier});
    }
  };
  const auto offerings = compiled.campaigns.of(book.campaign_offerings);
  if (all_reasons) {
    std::for_each(offerings.begin(), offerings.end(), sort_in);
  } else if (document.named_campaign != no_id) {
    const auto named = std::lower_bound(offerings.begin(), offerings.end(), document.named_campaign,
                                        [](const Offering& offering, Id id) { return offering.owner < id; });
    if (named != offerings.end() && named->owner == document.named_campaign) sort_in(*named);
  } else {
    compiled.live_campaigns.visit_admitting(document.moment,
                                            [&](std::uint32_t at) { sort_in(book.campaign_offerings[at]); });
    result.rejected.clear();
    std::sort(result.staying.begin(), result.staying.end(),
              [](const Candidate& a, const Candidate& b) { return a.campaign < b.campaign; });
  }
  return result;
}

}  // namespace rabatt
