#include "price_line.h"

#include <algorithm>
#include <cassert>

#include "choice.h"
#include "rabatt/error.h"

namespace rabatt {
namespace {

class LinePricer {
 public:
  LinePricer(const Document& document, const LineInput& line, bool explain)
      : document_(document),
        book_(document.book),
        line_(line),
        explain_(explain),
        item_(book_.items[line.item]),
        rules_{book_.rules.rounder, book_.rules.round_at, document.rules()} {
    const Decimal size = line.quantity.magnitude();
    const auto& unit = book_.units.of(item_.units)[line.unit];
    quantity_ = {size.is_zero() ? Decimal(1) : size, line.unit, book_.decimal(unit.factor)};
  }

  PricedLine run() {
    list_ = list_price(document_, line_.item, quantity_, line_.list_price);
    if (document_.customer != no_id && item_.discountable != 0) {
      customer_discount_ = book_.decimal(book_.customers[document_.customer].discount);
    }
    auto candidates = candidates_of(document_, line_.item, quantity_, explain_);
    PricedLine result;
    for (const auto& [campaign, reason] : candidates.rejected) {
      if (campaign == document_.named_campaign) result.named_reason = reason;
    }
    rejected_ = std::move(candidates.rejected);
    const auto offer = is_manual() ? manual_offer(candidates.staying) : chosen_offer(candidates.staying);
    if (!offer) {
      result.fault = Code::no_price;
      return result;
    }
    fill(*offer, &result);
    if (explain_) list_rejected(&result);
    return result;
  }

 private:
  bool is_manual() const { return line_.manual_price || line_.manual_discount; }

  std::optional<Exact> list() const { return list_ ? std::optional(list_->price) : std::nullopt; }

  std::optional<Offer> manual_offer(const std::vector<Candidate>& staying) {
    if (!list_ && !line_.manual_price) return std::nullopt;
    for (const auto& candidate : staying) {
      const auto type = static_cast<PricingType>(book_.campaigns[candidate.campaign].pricing_type);
      const bool needs_list = type == PricingType::set_discount && !list_;
      rejected_.push_back({candidate.campaign, needs_list ? Reason::no_list_price : Reason::manual});
    }
    return Offer{line_.manual_price ? Exact(*line_.manual_price) : list_->price,
                 line_.manual_discount.value_or(Decimal()),
                 Source::manual,
                 StepName::manual,
                 no_id,
                 {}};
  }

  std::optional<Offer> chosen_offer(const std::vector<Candidate>& staying) {
    Choice choice = choose(document_, staying, quantity_, list(), customer_discount_);
    rejected_.insert(rejected_.end(), choice.rejected.begin(), choice.rejected.end());
    return std::move(choice.offer);
  }

  void fill(const Offer& offer, PricedLine* result) const try {
    result->source = offer.source;
    result->campaign_discount = offer.percent;
    result->customer_discount = customer_discount_;
    result->applied_campaign = offer.campaign;
    if (list_) result->applied_price_book = list_->price_book;

    StepRecorder recorder(line_.quantity, &result->steps);
    StepRecorder* steps = explain_ ? &recorder : nullptr;
    if (steps) note_unit_price(offer, steps);
    const Exact size(line_.quantity.magnitude());
    const Amounts amounts = amounts_of(rules_, size, offer.unit_price, offer.discount, steps, offer.discount_step);
    fill_amounts(offer, amounts, size, result);
  } catch (const Error& error) {
    assert(error.code() == Code::overflow);  // all else was checked before
    result->fault = Code::overflow;
  }

  void note_unit_price(const Offer& offer, StepRecorder* steps) const {
    if (list_) {
      steps->unit_price(StepName::list_price, list_->before_conversion, list_->rounded);
      steps->unit_price(StepName::unit_conversion, list_->price);
    }
    steps->unit_price(offer.source == Source::manual ? StepName::manual : StepName::set_price, offer.unit_price);
  }

  // An amount with exactly the places of its step, and the sign of the quantity.
  Decimal amount(const Exact& magnitude) const {
    const int places = rules_.currency.amount_places;
    return (line_.quantity.sign() < 0 ? -magnitude : magnitude).narrow(places).at_places(places);
  }

  void fill_amounts(const Offer& offer, const Amounts& amounts, const Exact& size, PricedLine* result) const {
    if (list_) result->list_price = list_->price.narrow();
    result->unit_price = offer.unit_price.narrow();
    result->discount = offer.discount.narrow();
    result->gross = amount(amounts.gross);
    result->discount_amount = amount(amounts.gross - amounts.net);
    result->net = amount(amounts.net);
    result->unit_net = rules_.round_unit(less_percent(offer.unit_price, offer.discount)).narrow();
    if (list_) {
      const Exact list_amount = rules_.round_amount(size * list_->price);
      result->list_amount = amount(list_amount);
      result->saved = amount(list_amount - amounts.net);
    }
  }

  void list_rejected(PricedLine* result) {
    std::sort(rejected_.begin(), rejected_.end(),
              [](const Rejected& a, const Rejected& b) { return a.campaign < b.campaign; });
    result->rejected = std::move(rejected_);
  }

  const Document& document_;
  const CompiledBook& book_;
  const LineInput& line_;
  bool explain_;
  const ItemRecord& item_;
  AmountRules rules_;
  LineQuantity quantity_;
  std::optional<ListPrice> list_;
  Decimal customer_discount_;
  std::vector<Rejected> rejected_;
};

}  // namespace

PricedLine price_line(const Document& document, const LineInput& line, bool explain) {
  return LinePricer(document, line, explain).run();
}

}  // namespace rabatt
