// What campaigns have for each item of a day plane, less what can never be chosen.
#pragma once

#include "day_plane.h"

namespace rabatt {

class OfferCompiler {
 public:
  // `most_discount` is the largest of any customer, scaled as the plane's percentages are.
  OfferCompiler(std::int64_t second, std::int64_t most_discount, CompiledPlane* plane);

  // Fills in the offers of an item whose price is known.
  void compile(const ItemRecord& record, PlaneItem* item);

 private:
  // An offer on its way into the plane.
  struct Candidate {
    PlaneOffer offer;
    std::int32_t priority;
    std::int64_t first_day;
    bool has_tiers;  // the campaign has several for this item

    bool forced() const { return (offer.flags & PlaneOffer::forced) != 0; }
    bool for_every_line() const { return for_everyone() && offer.quantity_min == 0 && !has_tiers && !forced(); }
    bool for_everyone() const { return offer.customer == no_id && offer.target_group == no_id; }
    bool adds() const { return (offer.flags & PlaneOffer::adds_customer_discount) != 0; }

    // Whether ties are decided for this one: the later first day, then the higher number.
    bool wins_ties_with(const Candidate& other) const {
      return std::pair(first_day, offer.campaign) > std::pair(other.first_day, other.offer.campaign);
    }
  };

  bool qualifies(const CampaignRecord& campaign, const PlaneItem& item) const;
  void add_tiers(const OfferingRecord& offering, PlaneItem* item);
  bool dominates(const Candidate& a, const Candidate& b, bool has_price) const;
  bool is_never_larger(const Candidate& a, const Candidate& b, bool* ties) const;
  bool always_stays(const Candidate& a) const;
  void prune(const PlaneItem& item);
  bool say_in_one(PlaneItem* item) const;

  std::int64_t second_;
  std::int64_t most_discount_;
  CompiledPlane& plane_;
  const CompiledBook& book_;
  bool may_cost_nothing_ = false;      // the item of these
  std::vector<Candidate> candidates_;
};

}  // namespace rabatt
