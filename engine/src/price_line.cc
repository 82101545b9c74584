#include "price_line.h"

#include <algorithm>
#include <cassert>

#include "choice.h"
#include "rabatt/error.h"
#include "rabatt/path.h"

namespace rabatt {
namespace {

class LinePricer {
 public:
  LinePricer(const Document& document, std::size_t index)
      : document_(document),
        book_(document.book),
        line_(document.request.lines[index]),
        index_(index),
        rules_{book_.rounder, book_.content.policy.round_at, document.rules()} {}

  QuoteLine run(std::vector<Warning>* warnings) {
    item_ = find(book_.item_ids, line_.item);
    if (item_ == no_id) refuse(Code::unknown_item, "item", line_.item);
    find_unit();
    list_ = list_price(document_, item_, quantity_, line_.list_price);
    if (document_.customer && book_.items[item_].discountable) {
      customer_discount_ = document_.customer->content->discount;
    }
    const bool explain = document_.request.explain;
    auto candidates = candidates_of(document_, item_, quantity_, explain);
    warn(candidates.rejected, warnings);
    rejected_ = std::move(candidates.rejected);
    const Offer offer = is_manual() ? manual_offer(candidates.staying) : chosen_offer(candidates.staying);
    QuoteLine result = priced(offer);
    if (explain) list_rejected(&result);
    return result;
  }

 private:
  [[noreturn]] void refuse(Code code, std::string_view field, std::string_view text) const {
    const Path lines("lines");
    const Path line = lines[index_];
    throw Error(code, subject_of((line / field).text(), text));
  }

  bool is_manual() const { return line_.manual_price || line_.manual_discount; }

  void find_unit() {
    const auto units = book_.items[item_].units.of(book_.units);
    std::uint32_t unit = 0;
    if (!line_.unit.empty()) {
      const auto found =
          std::find_if(units.begin(), units.end(), [&](const UnitRule& rule) { return rule.name == line_.unit; });
      if (found == units.end()) refuse(Code::unknown_unit, "unit", line_.unit);
      unit = static_cast<std::uint32_t>(found - units.begin());
    }
    const Decimal size = line_.quantity->magnitude();
    quantity_ = {size.is_zero() ? Decimal(1) : size, unit, units[unit].factor};
  }

  // A named campaign that does not qualify is no mere rejection: whoever named it should know.
  void warn(const std::vector<Rejected>& rejected, std::vector<Warning>* warnings) const {
    for (const auto& [campaign, reason] : rejected) {
      if (campaign == document_.named_campaign) warnings->push_back({index_, number(campaign), reason});
    }
  }

  std::string number(Id campaign) const { return book_.campaigns[campaign].content->campaign; }

  std::optional<Exact> list() const { return list_ ? std::optional(list_->price) : std::nullopt; }

  Offer manual_offer(const std::vector<Candidate>& staying) {
    if (!list_ && !line_.manual_price) refuse(Code::no_price, "item", line_.item);
    for (const auto& candidate : staying) {
      const bool discount = book_.campaigns[candidate.campaign].content->pricing_type == PricingType::set_discount;
      rejected_.push_back({candidate.campaign, discount && !list_ ? Reason::no_list_price : Reason::manual});
    }
    return {line_.manual_price ? Exact(*line_.manual_price) : list_->price,
            line_.manual_discount.value_or(Decimal()),
            Source::manual,
            StepName::manual,
            no_id,
            {}};
  }

  Offer chosen_offer(const std::vector<Candidate>& staying) {
    Choice choice = choose(document_, staying, quantity_, list(), customer_discount_);
    if (!choice.offer) refuse(Code::no_price, "item", line_.item);
    rejected_.insert(rejected_.end(), choice.rejected.begin(), choice.rejected.end());
    return std::move(*choice.offer);
  }

  QuoteLine priced(const Offer& offer) const try {
    const Decimal& quantity = *line_.quantity;
    QuoteLine result;
    result.item = line_.item;
    result.quantity = line_.quantity_text.empty() ? quantity.text(quantity.places()) : line_.quantity_text;
    result.unit = book_.items[item_].units.of(book_.units)[quantity_.unit].name;
    result.source = offer.source;
    result.campaign_discount = offer.percent;
    result.customer_discount = customer_discount_;
    result.tax_rate = line_.tax_rate;
    if (offer.campaign != no_id) result.applied_campaign = number(offer.campaign);
    if (list_ && list_->price_book != no_id) {
      result.applied_price_book = book_.price_books[list_->price_book].content->price_book;
    }

    StepRecorder recorder(quantity, &result.steps);
    StepRecorder* steps = document_.request.explain ? &recorder : nullptr;
    if (steps) note_unit_price(offer, steps);
    const Exact size(quantity.magnitude());
    const Amounts amounts = amounts_of(rules_, size, offer.unit_price, offer.discount, steps, offer.discount_step);
    fill_amounts(offer, amounts, size, &result);
    return result;
  } catch (const Error& error) {
    assert(error.code() == Code::overflow);  // all else was checked before
    refuse(Code::overflow, "item", line_.item);
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
    return (line_.quantity->sign() < 0 ? -magnitude : magnitude).narrow(places).at_places(places);
  }

  void fill_amounts(const Offer& offer, const Amounts& amounts, const Exact& size, QuoteLine* result) const {
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

  void list_rejected(QuoteLine* result) {
    std::sort(rejected_.begin(), rejected_.end(),
              [](const Rejected& a, const Rejected& b) { return a.campaign < b.campaign; });
    for (const auto& [campaign, reason] : rejected_) result->rejected.push_back({number(campaign), reason});
  }

  const Document& document_;
  const CompiledBook& book_;
  const RequestLine& line_;
  std::size_t index_;
  AmountRules rules_;
  Id item_ = no_id;
  LineQuantity quantity_;
  std::optional<ListPrice> list_;
  Decimal customer_discount_;
  std::vector<Rejected> rejected_;
};

}  // namespace

QuoteLine price_line(const Document& document, std::size_t index, std::vector<Warning>* warnings) {
  return LinePricer(document, index).run(warnings);
}

}  // namespace rabatt
