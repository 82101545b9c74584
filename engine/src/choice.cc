#include "choice.h"

#include <algorithm>

namespace rabatt {
namespace {

// An offer with what it is compared by.
struct Rival {
  Offer offer;
  Exact net;
  Exact exact_net;  // q·u·(100 − d): tells equal nets apart
};

bool dearer(const Rival& a, const Rival& b) {
  if (a.net != b.net) return a.net > b.net;
  return a.exact_net > b.exact_net;
}

class Chooser {
 public:
  Chooser(const Document& document, const LineQuantity& quantity, const std::optional<Exact>& list,
          const Decimal& customer_discount)
      : book_(document.book),
        rules_{book_.rules.rounder, book_.rules.round_at, document.rules()},
        quantity_(quantity),
        list_(list),
        customer_discount_(customer_discount) {}

  Choice run(const std::vector<Candidate>& candidates) {
    keep_those_with_a_price(candidates);
    const bool forced = std::any_of(rivals_.begin(), rivals_.end(), [&](const Rival& rival) { return force(rival); });
    if (forced) {
      reject_if(Reason::not_forced, [&](const Rival& rival) { return !force(rival); });
    } else if (list_) {
      reject_dearer_than_none();
    }
    reject_lower_priority();
    reject_all_but_lowest();
    if (!rivals_.empty()) {
      choice_.offer = std::move(rivals_.front().offer);
    } else if (list_) {
      choice_.offer = no_campaign();
    }
    return std::move(choice_);
  }

 private:
  const CampaignRecord& record(Id campaign) const { return book_.campaigns[campaign]; }
  bool force(const Rival& rival) const { return record(rival.offer.campaign).force_price != 0; }
  Combine combine(Id campaign) const { return static_cast<Combine>(record(campaign).combine); }

  Offer no_campaign() const {
    const auto source = customer_discount_.sign() > 0 ? Source::customer : Source::list;
    return {*list_, customer_discount_, source, StepName::customer_discount, no_id, {}};
  }

  Offer set_price_offer(const Candidate& candidate) const {
    const bool discounted = record(candidate.campaign).allow_customer_discount != 0 && customer_discount_.sign() > 0;
    return {converted(book_.decimal(candidate.tier->value), candidate.tier->unit, quantity_),
            discounted ? Exact(customer_discount_) : Exact(),
            discounted ? Source::both : Source::campaign,
            StepName::customer_discount,
            candidate.campaign,
            {}};
  }

  Offer set_discount_offer(const Candidate& candidate) const {
    const Decimal percent = book_.decimal(candidate.tier->value);
    const Exact campaign_discount(percent);
    const Exact customer_discount(customer_discount_);
    const Combine combine = this->combine(candidate.campaign);
    Offer offer{*list_, campaign_discount, Source::campaign, StepName::campaign_discount, candidate.campaign, percent};
    if (combine == Combine::greater || customer_discount.is_zero()) return offer;
    if (campaign_discount.is_zero()) {
      offer.source = Source::customer;
      offer.discount_step = StepName::customer_discount;
    } else {
      offer.source = Source::both;
      offer.discount_step = StepName::combined_discount;
    }
    offer.discount = combine == Combine::add
                         ? std::min(Exact(100), customer_discount + campaign_discount)
                         : Exact(100) - less_percent(Exact(100) - customer_discount, campaign_discount);
    return offer;
  }

  Rival rival(Offer offer) const {
    Exact net = amounts_of(rules_, quantity_.chosen_by, offer.unit_price, offer.discount).net;
    Exact exact_net = quantity_.chosen_by * offer.unit_price * (Exact(100) - offer.discount);
    return {std::move(offer), std::move(net), std::move(exact_net)};
  }

  void keep_those_with_a_price(const std::vector<Candidate>& candidates) {
    for (const auto& candidate : candidates) {
      if (static_cast<PricingType>(record(candidate.campaign).pricing_type) == PricingType::set_price) {
        rivals_.push_back(rival(set_price_offer(candidate)));
      } else if (list_) {
        rivals_.push_back(rival(set_discount_offer(candidate)));
      } else {
        choice_.rejected.push_back({candidate.campaign, Reason::no_list_price});
      }
    }
  }

  template <class Condition>
  void reject_if(Reason reason, Condition condition) {
    std::erase_if(rivals_, [&](const Rival& rival) {
      const bool out = condition(rival);
      if (out) choice_.rejected.push_back({rival.offer.campaign, reason});
      return out;
    });
  }

  // Equal is not dearer: on a tie the campaign stays and is recorded.
  void reject_dearer_than_none() {
    const Rival none = rival(no_campaign());
    const auto reason = customer_discount_.sign() > 0 ? Reason::customer_discount_is_greater : Reason::list_is_lower;
    reject_if(reason, [&](const Rival& rival) {
      const bool smaller_greater = rival.offer.percent && combine(rival.offer.campaign) == Combine::greater &&
                                   *rival.offer.percent < customer_discount_;
      return smaller_greater || dearer(rival, none);
    });
  }

  void reject_lower_priority() {
    if (rivals_.empty()) return;
    const auto priority = [&](const Rival& rival) { return record(rival.offer.campaign).priority; };
    const auto highest = std::max_element(rivals_.begin(), rivals_.end(),
                                          [&](const Rival& a, const Rival& b) { return priority(a) < priority(b); });
    const auto most = priority(*highest);
    reject_if(Reason::lower_priority, [&](const Rival& rival) { return priority(rival) < most; });
  }

  // Whether `a` is chosen before `b`: the lower net, the later first day, the higher number.
  bool before(const Rival& a, const Rival& b) const {
    if (dearer(b, a) || dearer(a, b)) return dearer(b, a);
    const auto first = first_day(a);
    const auto second = first_day(b);
    return first != second ? first > second : a.offer.campaign > b.offer.campaign;
  }

  std::chrono::local_days first_day(const Rival& rival) const {
    const std::chrono::local_seconds from(std::chrono::seconds(record(rival.offer.campaign).window.from));
    return std::chrono::floor<std::chrono::days>(from);
  }

  void reject_all_but_lowest() {
    if (rivals_.empty()) return;
    const auto lowest =
        std::min_element(rivals_.begin(), rivals_.end(), [&](const Rival& a, const Rival& b) { return before(a, b); });
    const Id winner = lowest->offer.campaign;
    reject_if(Reason::not_lowest, [&](const Rival& rival) { return rival.offer.campaign != winner; });
  }

  const CompiledBook& book_;
  AmountRules rules_;
  const LineQuantity& quantity_;
  const std::optional<Exact>& list_;
  const Decimal& customer_discount_;
  std::vector<Rival> rivals_;
  Choice choice_;
};

}  // namespace

Choice choose(const Document& document, const std::vector<Candidate>& candidates, const LineQuantity& quantity,
              const std::optional<Exact>& list, const Decimal& customer_discount) {
  return Chooser(document, quantity, list, customer_discount).run(candidates);
}

}  // namespace rabatt
