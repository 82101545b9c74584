#include "plane_offers.h"

#include <algorithm>

namespace rabatt {

namespace {

OfferKind kind_of(const CampaignRecord& campaign) {
  if (static_cast<PricingType>(campaign.pricing_type) == PricingType::set_price) return OfferKind::set_price;
  switch (static_cast<Combine>(campaign.combine)) {
    case Combine::greater: return OfferKind::greater;
    case Combine::add: return OfferKind::add;
    case Combine::compound: return OfferKind::compound;
  }
  return OfferKind::none;
}

// At the same percentage: greater takes off no more than compound, and that no more than add.
int strength(OfferKind kind) { return kind == OfferKind::greater ? 0 : kind == OfferKind::compound ? 1 : 2; }

}  // namespace

OfferCompiler::OfferCompiler(std::int64_t second, std::int64_t most_discount, CompiledPlane* plane)
    : second_(second), most_discount_(most_discount), plane_(*plane), book_(plane->book.compiled()) {}

// What depends on the line's quantity and customer stays.
bool OfferCompiler::qualifies(const CampaignRecord& campaign, const PlaneItem& item) const {
  if (campaign.code_required != 0) return false;  // lines that name a campaign go the way of price()
  if (static_cast<PricingType>(campaign.pricing_type) == PricingType::set_price) {
    return campaign.currency == plane_.currency;
  }
  return (item.flags & PlaneItem::discountable) != 0;
}

void OfferCompiler::add_tiers(const OfferingRecord& offering, PlaneItem* item) {
  const auto& campaign = book_.campaigns[offering.owner];
  if (!qualifies(campaign, *item)) return;
  const auto first = candidates_.size();
  const auto kind = kind_of(campaign);
  for (const auto& tier : book_.campaign_tiers.of(offering.tiers)) {
    if (tier.unit != 0) continue;
    const int places = kind == OfferKind::set_price ? plane_.price_places : plane_.percent_places;
    const auto value = tier.value.scaled(places);
    const auto minimum = tier.quantity_min.scaled(plane_.quantity_places);
    if (!value || !minimum) {
      item->flags |= PlaneItem::left_to_exact;
      continue;
    }
    PlaneOffer offer{.value = *value,
                     .quantity_min = *minimum,
                     .campaign = offering.owner,
                     .customer = campaign.customer,
                     .target_group = campaign.target_group,
                     .kind = kind};
    if (campaign.allow_customer_discount != 0) offer.flags |= PlaneOffer::adds_customer_discount;
    if (campaign.force_price != 0) offer.flags |= PlaneOffer::forced;
    constexpr std::int64_t day = 86'400;
    const std::int64_t from = campaign.window.from;
    candidates_.push_back({offer, campaign.priority, from / day - (from % day < 0 ? 1 : 0), false});
  }
  for (auto at = first; at < candidates_.size(); ++at) candidates_[at].has_tiers = candidates_.size() - first > 1;
}

// Whether `a` takes off at least as much as `b` for every customer, and no set price of `a` is dearer. `*ties`: whether
// for some customer they may come out the same.
bool OfferCompiler::is_never_larger(const Candidate& a, const Candidate& b, bool* ties) const {
  const auto hundred = std::int64_t{plane_.hundred()};
  const bool same_value = a.offer.value == b.offer.value;
  if (a.offer.kind == OfferKind::set_price || b.offer.kind == OfferKind::set_price) {
    if (a.offer.kind != b.offer.kind || a.offer.value > b.offer.value || (b.adds() && !a.adds())) return false;
    // u − Ru(u·k/100) may fall where u rises
    if (b.adds() && !same_value && book_.rules.round_at == RoundAt::unit_discount) return false;
    *ties = same_value || (a.adds() && most_discount_ >= hundred);
    return true;
  }
  if (a.offer.value < b.offer.value || strength(a.offer.kind) < strength(b.offer.kind)) return false;
  // both may reach 100 %, and nothing costs less than nothing
  const bool may_be_free = b.offer.kind != OfferKind::greater && most_discount_ + b.offer.value >= hundred;
  *ties = same_value || may_be_free || may_cost_nothing_;
  return true;
}

// Whether `b` can never be chosen, and changes nothing else, because `a` is there: for every customer, discount and
// quantity for which `b` stays in, `a` stays in and goes before it.
bool OfferCompiler::dominates(const Candidate& a, const Candidate& b, bool has_price) const {
  // a lower priority is out wherever a higher one stays in
  const bool needs_price = b.offer.kind == OfferKind::set_price;
  if (a.priority > b.priority && a.for_every_line() && !b.forced() && always_stays(a) && (has_price || !needs_price)) {
    return true;
  }
  if (a.has_tiers || b.has_tiers || !a.for_everyone() || a.offer.quantity_min > b.offer.quantity_min) return false;
  if (a.forced() != b.forced() || a.priority < b.priority) return false;
  bool ties = false;
  if (!is_never_larger(a, b, &ties)) return false;
  return !ties || a.priority > b.priority || a.wins_ties_with(b);
}

// Whether a percentage is never dearer than no campaign: for no customer, where there is a list price.
bool OfferCompiler::always_stays(const Candidate& a) const {
  switch (a.offer.kind) {
    case OfferKind::add:
    case OfferKind::compound: return true;
    case OfferKind::greater: return a.offer.value >= most_discount_;
    default: return false;
  }
}

void OfferCompiler::prune(const PlaneItem& item) {
  std::vector<bool> out(candidates_.size());
  for (std::size_t b = 0; b < candidates_.size(); ++b) {
    for (std::size_t a = 0; a < candidates_.size() && !out[b]; ++a) {
      out[b] = a != b && !out[a] && dominates(candidates_[a], candidates_[b], item.price != no_price);
    }
  }
  std::size_t kept = 0;
  for (std::size_t at = 0; at < candidates_.size(); ++at) {
    if (!out[at]) candidates_[kept++] = candidates_[at];
  }
  candidates_.resize(kept);
}

void OfferCompiler::compile(const ItemRecord& record, PlaneItem* item) {
  candidates_.clear();
  may_cost_nothing_ = record.may_cost_nothing != 0;
  const auto add = [&](std::uint32_t at) { add_tiers(book_.campaign_offerings[at], item); };
  visit_admitting(book_.live_campaigns.of(record.live_campaigns),
                  std::chrono::local_seconds(std::chrono::seconds(second_)), add);
  prune(*item);
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    if (a.priority != b.priority) return a.priority > b.priority;
    if (a.offer.campaign != b.offer.campaign) return a.wins_ties_with(b);
    return a.offer.quantity_min > b.offer.quantity_min;
  });
  if (candidates_.size() > 0xFFFF) item->flags |= PlaneItem::left_to_exact;
  if (candidates_.empty() || candidates_.size() > 0xFFFF) return;
  for (std::size_t at = 0; at < candidates_.size(); ++at) {
    auto& offer = candidates_[at].offer;
    if (offer.kind == OfferKind::compound) plane_.has_compound = true;
    if (!candidates_[at].for_every_line()) offer.flags |= PlaneOffer::exception;
    if (candidates_[at].forced()) item->flags |= PlaneItem::has_forced;
    if (at == 0) continue;
    if (candidates_[at - 1].offer.campaign == offer.campaign) offer.flags |= PlaneOffer::same_campaign;
    if (candidates_[at - 1].priority != candidates_[at].priority) offer.flags |= PlaneOffer::lower_priority;
  }
  item->offers = static_cast<std::uint32_t>(plane_.offers.size());
  item->offer_count = static_cast<std::uint16_t>(candidates_.size());
  for (const auto& candidate : candidates_) plane_.offers.push_back(candidate.offer);
  if (!say_in_one(item)) item->flags |= PlaneItem::has_list;
}

// Whether those candidates that are for every line are at most one of each kind, and of one priority: then the item
// says them itself.
bool OfferCompiler::say_in_one(PlaneItem* item) const {
  PlaneItem said = *item;
  unsigned rank = 3;
  std::optional<std::int32_t> priority;
  for (const auto& candidate : candidates_) {
    if (!candidate.for_every_line()) {
      const bool first = (said.flags & (PlaneItem::has_exceptions | PlaneItem::has_customer_exception)) == 0;
      const bool of_customer = first && candidate.offer.customer != no_id;
      said.flags &= static_cast<std::uint8_t>(~PlaneItem::has_customer_exception);
      said.flags |= of_customer ? PlaneItem::has_customer_exception : PlaneItem::has_exceptions;
      said.exception_customer = candidate.offer.customer;
      continue;
    }
    const auto& offer = candidate.offer;
    const auto kind = static_cast<std::size_t>(offer.kind);
    if (said.campaigns[kind] != no_id || priority.value_or(candidate.priority) != candidate.priority) return false;
    priority = candidate.priority;
    said.campaigns[kind] = offer.campaign;
    if (offer.kind == OfferKind::set_price) {
      said.set_price = offer.value;
      if (candidate.adds()) said.flags |= PlaneItem::adds_customer_discount;
    } else {
      said.percents[kind - 1] = static_cast<std::uint32_t>(offer.value);
      said.ranks = static_cast<std::uint8_t>(said.ranks | rank << (2 * (kind - 1)));
      --rank;
    }
  }
  *item = said;
  return true;
}

}  // namespace rabatt
