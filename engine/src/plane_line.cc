#include "plane_line.h"

#include <algorithm>
#include <array>

namespace rabatt {

// An offer with what it is compared by.
struct PlanePricer::Rival {
  std::uint64_t unit_price = 0;
  std::uint64_t discount = 0;
  std::uint64_t net = 0;
  UInt128 exact = 0;  // u·(full − d): tells equal nets apart
  Source source = Source::campaign;
  Id campaign = no_id;

  bool dearer_than(const Rival& other) const { return net != other.net ? net > other.net : exact > other.exact; }
};

PlanePricer::PlanePricer(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int quantity_places)
    : plane_(plane), book_(plane.book.compiled()), arithmetic_(arithmetic) {
  const int places = std::max(quantity_places, plane.quantity_places);
  fits_ = places <= largest_power_64;
  if (!fits_) return;
  one_ = powers_of_ten_64[static_cast<std::size_t>(quantity_places)].value;
  quantity_factor_ = powers_of_ten_64[static_cast<std::size_t>(places - quantity_places)].value;
  minimum_factor_ = powers_of_ten_64[static_cast<std::size_t>(places - plane.quantity_places)].value;
}

// What the best of some price books has. `*any`: whether one has something. False: one has what cannot be said here.
bool PlanePricer::best_of(Range books, Id item, ListPrice* found, bool* any) const {
  *any = false;
  for (auto at = books.begin; at < books.end; ++at) {
    const Id price_book = plane_.listed_books[at];
    const auto price = plane_.customer_price(price_book, item);
    if (price == CustomerPriceSlot::none) continue;
    if (price == CustomerPriceSlot::several) return false;
    if (!*any || price < found->price) *found = {price, price_book};
    *any = true;
    if (book_.rules.price_choice == PriceChoice::latest) break;
  }
  return true;
}

bool PlanePricer::find_list_price(const PlaneItem& item, const PlaneLine& line, ListPrice* found) const {
  *found = {item.price, item.price_book};
  if (line.customer == no_id) return true;
  const auto& customer = plane_.customers[line.customer];
  const auto kind = customer.kind();
  if (kind == CustomerBooks::none) return true;
  if (kind != CustomerBooks::organisation && (item.flags & PlaneItem::has_overriding) != 0) return false;
  if (kind != CustomerBooks::several) {
    const auto price = plane_.customer_price(customer.books, line.item);
    if (price != CustomerPriceSlot::none) *found = {price, customer.books};
    return price != CustomerPriceSlot::several;
  }
  const auto& list = plane_.book_lists[customer.books];
  bool any = false;
  if (!best_of(list.account, line.item, found, &any)) return false;
  return any || best_of(list.organisation, line.item, found, &any);
}

bool PlanePricer::offer_applies(const PlaneOffer& offer, const PlaneLine& line, std::uint64_t quantity,
                                bool* applies) const {
  *applies = false;
  if (offer.customer != no_id && offer.customer != line.customer) return true;
  if (offer.target_group != no_id) {
    if (line.customer == no_id) return true;
    const auto groups = book_.customer_target_groups.of(book_.customers[line.customer].target_groups);
    if (!std::binary_search(groups.begin(), groups.end(), offer.target_group)) return true;
  }
  std::uint64_t have = 0;
  std::uint64_t need = 0;
  if (!PlaneArithmetic::multiply(quantity, quantity_factor_, &have)) return false;
  if (!PlaneArithmetic::multiply(static_cast<std::uint64_t>(offer.quantity_min), minimum_factor_, &need)) return false;
  *applies = offer.quantity_min < 0 || need <= have;
  return true;
}

bool PlanePricer::make_rival(const PlaneOffer& offer, const PlaneResult& none, std::uint64_t quantity,
                             std::uint64_t customer, Rival* rival) const {
  const auto value = static_cast<std::uint64_t>(offer.value);
  rival->campaign = offer.campaign;
  if (offer.kind == OfferKind::set_price) {
    const bool adds = (offer.flags & PlaneOffer::adds_customer_discount) != 0 && customer != 0;
    rival->unit_price = value;
    rival->discount = adds ? customer * arithmetic_.part : 0;
    rival->source = adds ? Source::both : Source::campaign;
  } else {
    rival->unit_price = none.unit_price;
    rival->discount = arithmetic_.combined(offer.kind, customer, value);
    rival->source = offer.kind == OfferKind::greater || customer == 0 ? Source::campaign
                    : value == 0                                      ? Source::customer
                                                                      : Source::both;
  }
  LineAmounts amounts;
  if (!arithmetic_.amounts(quantity, rival->unit_price, rival->discount, &amounts)) return false;
  rival->net = amounts.net;
  rival->exact = static_cast<UInt128>(rival->unit_price) * (arithmetic_.full - rival->discount);
  return true;
}

// The choice among the offers of an item's list; `*found`: whether one of them is taken.
bool PlanePricer::choose(const PlaneItem& item, const PlaneLine& line, std::uint64_t quantity, std::uint64_t customer,
                         PlaneResult* result, bool* found) const {
  const auto* offers = plane_.offers.data() + item.offers;
  const bool has_list_price = result->list_price != no_price;
  Rival none;
  if (has_list_price) {
    none.unit_price = result->unit_price;
    none.discount = result->discount;
    LineAmounts amounts;
    if (!arithmetic_.amounts(quantity, none.unit_price, none.discount, &amounts)) return false;
    none.net = amounts.net;
    none.exact = static_cast<UInt128>(none.unit_price) * (arithmetic_.full - none.discount);
  }
  bool forced = false;
  Rival best;
  *found = false;
  // first whether a forced offer applies: then the others are out, whatever their priority
  for (int pass = (item.flags & PlaneItem::has_forced) != 0 ? 0 : 1; pass < 2; ++pass) {
    bool tier_taken = false;
    for (std::uint32_t at = 0; at < item.offer_count; ++at) {
      const auto& offer = offers[at];
      if ((offer.flags & PlaneOffer::same_campaign) == 0) tier_taken = false;
      if (pass == 1 && *found && (offer.flags & PlaneOffer::lower_priority) != 0) break;
      if (tier_taken) continue;
      bool applies = false;
      if (!offer_applies(offer, line, quantity, &applies)) return false;
      if (!applies) continue;
      tier_taken = true;
      const bool is_forced = (offer.flags & PlaneOffer::forced) != 0;
      if (pass == 0) {
        forced = forced || is_forced;
        continue;
      }
      if (forced != is_forced || (offer.kind != OfferKind::set_price && !has_list_price)) continue;
      Rival rival;
      if (!make_rival(offer, *result, quantity, customer, &rival)) return false;
      if (!forced && has_list_price) {
        const bool smaller = offer.kind == OfferKind::greater && static_cast<std::uint64_t>(offer.value) < customer;
        if (smaller || rival.dearer_than(none)) continue;
      }
      if (!*found || best.dearer_than(rival)) best = rival;
      *found = true;
    }
  }
  if (!*found) return true;
  result->unit_price = best.unit_price;
  result->discount = best.discount;
  result->source = best.source;
  result->campaign = best.campaign;
  return true;
}

bool PlanePricer::has_exception(const PlaneItem& item, const PlaneLine& line) const {
  const auto* offers = plane_.offers.data() + item.offers;
  const std::uint64_t quantity = line.quantity == 0 ? one_ : line.quantity;
  return std::any_of(offers, offers + item.offer_count, [&](const PlaneOffer& offer) {
    if ((offer.flags & PlaneOffer::exception) == 0) return false;
    if (offer.customer != no_id && offer.customer != line.customer) return false;
    bool applies = false;
    return !fits_ || !offer_applies(offer, line, quantity, &applies) || applies;
  });
}

// The choice among the offers that an item says itself, at a price above 0: without looking at amounts, as the kernel
// does. False if that does not tell.
bool PlanePricer::choose_of_one(const PlaneItem& item, std::uint64_t quantity, std::uint64_t customer,
                                PlaneResult* result) const {
  constexpr std::array kinds = {OfferKind::greater, OfferKind::add, OfferKind::compound};
  std::uint64_t best = 0;  // of discount and rank
  auto winner = OfferKind::none;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::uint64_t percent = item.percents[i];
    if (percent == no_percent || (kinds[i] == OfferKind::greater && percent < customer)) continue;
    const std::uint64_t rank = (item.ranks >> (2 * i)) & 3U;
    const auto key = arithmetic_.combined(kinds[i], customer, percent) << 2U | rank;
    if (key <= best) continue;
    best = key;
    winner = kinds[i];
  }
  std::uint64_t discount = winner == OfferKind::none ? result->discount : best >> 2U;
  if (item.set_price != no_price) {
    const bool adds = (item.flags & PlaneItem::adds_customer_discount) != 0;
    const std::uint64_t added = adds ? customer * arithmetic_.part : 0;
    const auto price = static_cast<std::uint64_t>(item.set_price);
    std::uint64_t set = 0;
    std::uint64_t other = 0;
    if (!PlaneArithmetic::multiply(price, arithmetic_.full - added, &set) ||
        !PlaneArithmetic::multiply(result->unit_price, arithmetic_.full - discount, &other)) {
      return false;
    }
    const auto difference = set < other ? other - set : set - other;
    std::uint64_t apart = 0;
    const bool line_discount = arithmetic_.round_at == RoundAt::line_discount;
    const bool decided =
        line_discount ? !PlaneArithmetic::multiply(difference, quantity, &apart) || apart > arithmetic_.four_steps
                      : arithmetic_.round_at == RoundAt::line_net && difference != 0;
    if (!decided) return false;
    if (set < other) {
      winner = OfferKind::set_price;
      discount = added;
      result->unit_price = price;
      result->source = added != 0 ? Source::both : Source::campaign;
    }
  }
  result->discount = discount;
  result->campaign = item.campaigns[static_cast<std::size_t>(winner)];
  if (winner != OfferKind::none && winner != OfferKind::set_price) {
    const auto percent = item.percents[static_cast<std::size_t>(winner) - 1];
    result->source = winner == OfferKind::greater || customer == 0 ? Source::campaign
                     : percent == 0                                ? Source::customer
                                                                   : Source::both;
  }
  return true;
}

bool PlanePricer::totals(const PlaneResult& result, std::uint64_t quantity, PlaneTotals* totals) const {
  if (!arithmetic_.unit_net(result.unit_price, result.discount, &totals->unit_net)) return false;
  totals->has_list_price = result.list_price != no_price;
  if (totals->has_list_price) {
    totals->list_price = static_cast<std::uint64_t>(result.list_price);
    totals->list_amount = result.amounts.gross;
    const bool same = totals->list_price == result.unit_price;
    if (!same && !arithmetic_.gross(quantity, totals->list_price, &totals->list_amount)) return false;
  }
  totals->widest =
      result.amounts.gross | totals->list_amount | totals->unit_net | result.unit_price | totals->list_price;
  return true;
}

PlaneOutcome PlanePricer::price(const PlaneLine& line, PlaneResult* result) const {
  const auto& item = plane_.items[line.item];
  if (!fits_ || (item.flags & PlaneItem::left_to_exact) != 0) return PlaneOutcome::left;
  ListPrice list{};
  if (!find_list_price(item, line, &list)) return PlaneOutcome::left;
  const bool discounted = line.customer != no_id && (item.flags & PlaneItem::discountable) != 0;
  const std::uint64_t customer = discounted ? plane_.customers[line.customer].discount() : 0;
  *result = {};
  result->list_price = list.price;
  result->price_book = list.price_book;
  result->source = customer > 0 ? Source::customer : Source::list;
  result->customer_discount = customer * arithmetic_.part;
  if (list.price != no_price) {
    result->unit_price = static_cast<std::uint64_t>(list.price);
    result->discount = customer * arithmetic_.part;
  }
  // a quantity of 0 is chosen for as 1 is
  const std::uint64_t chosen_for = line.quantity == 0 ? one_ : line.quantity;
  bool found = false;
  if (item.offer_count != 0) {
    constexpr std::uint8_t exceptions = PlaneItem::has_exceptions | PlaneItem::has_customer_exception;
    const bool of_one = (item.flags & PlaneItem::has_list) == 0 && list.price > 0 &&
                        ((item.flags & exceptions) == 0 || !has_exception(item, line));
    const bool chosen = of_one && choose_of_one(item, chosen_for, customer, result);
    if (!chosen && !choose(item, line, chosen_for, customer, result, &found)) return PlaneOutcome::left;
  }
  if (!found && list.price == no_price) return PlaneOutcome::no_price;
  return arithmetic_.amounts(line.quantity, result->unit_price, result->discount, &result->amounts)
             ? PlaneOutcome::priced
             : PlaneOutcome::left;
}

}  // namespace rabatt
