#include "amounts.h"

#include <algorithm>

namespace rabatt {
namespace {

Exact percent_of(const Exact& value, const Exact& percent) { return value * percent * Exact(Decimal::scaled(1, 2)); }

// The net before it is held between 0 and gross, with its steps; 0 < discount < 100.
Exact discounted_net(const AmountRules& rules, const Exact& quantity, const Exact& unit_price, const Exact& gross,
                     const Exact& discount, StepRecorder* steps, StepName discount_step) {
  const auto note_unit = [&](StepName step, const Exact& after, bool rounded) {
    if (steps) steps->unit_price(step, after, rounded);
  };
  const auto note_amount = [&](StepName step, const Exact& after) {
    if (steps) steps->amount(step, after);
  };
  switch (rules.round_at) {
    case RoundAt::line_discount: {
      note_amount(StepName::rounding, gross);
      note_amount(discount_step, less_percent(gross, discount));
      const Exact net = gross - rules.round_amount(percent_of(gross, discount));
      note_amount(StepName::rounding, net);
      return net;
    }
    case RoundAt::line_net: {
      const Exact exact = less_percent(quantity * unit_price, discount);
      note_amount(discount_step, exact);
      const Exact net = rules.round_amount(exact);
      note_amount(StepName::rounding, net);
      return net;
    }
    case RoundAt::unit_discount:
    case RoundAt::unit_net: {
      const Exact exact = less_percent(unit_price, discount);
      note_unit(discount_step, exact, false);
      const Exact unit_net = rules.round_at == RoundAt::unit_net
                                 ? rules.round_unit(exact)
                                 : unit_price - rules.round_unit(percent_of(unit_price, discount));
      note_unit(StepName::rounding, unit_net, true);
      const Exact net = rules.round_amount(quantity * unit_net);
      note_amount(StepName::rounding, net);
      return net;
    }
  }
  return gross;
}

// A discount of 100 % makes the net 0 whatever the rounding; the discount is the last step.
void note_free(const AmountRules& rules, const Exact& gross, StepRecorder* steps, StepName discount_step) {
  if (rules.round_at == RoundAt::line_discount) steps->amount(StepName::rounding, gross);
  if (rules.round_at == RoundAt::line_discount || rules.round_at == RoundAt::line_net) {
    steps->amount(discount_step, Exact());
  } else {
    steps->unit_price(discount_step, Exact());
  }
}

}  // namespace

void StepRecorder::unit_price(StepName step, const Exact& after, bool rounded) {
  add(step, StepWhat::unit_price, after, rounded);
}

void StepRecorder::amount(StepName step, const Exact& after) {
  if (!at_amounts_) {
    last_ = *last_ * quantity_;
    at_amounts_ = true;
  }
  add(step, StepWhat::amount, quantity_.sign() < 0 ? -after : after, step == StepName::rounding);
}

void StepRecorder::add(StepName step, StepWhat what, const Exact& after, bool rounded) {
  if (last_ && *last_ == after) return;
  steps_->push_back({step, what, last_, after, rounded});
  last_ = after;
}

Exact less_percent(const Exact& value, const Exact& discount) {
  return value * (Exact(100) - discount) * Exact(Decimal::scaled(1, 2));
}

Amounts amounts_of(const AmountRules& rules, const Exact& quantity, const Exact& unit_price, const Exact& discount,
                   StepRecorder* steps, StepName discount_step) {
  const Exact gross = rules.round_amount(quantity * unit_price);
  if (discount.is_zero()) {
    if (steps) steps->amount(StepName::rounding, gross);
    return {gross, gross};
  }
  if (discount == Exact(100)) {
    if (steps) note_free(rules, gross, steps, discount_step);
    return {gross, Exact()};
  }
  const Exact net = discounted_net(rules, quantity, unit_price, gross, discount, steps, discount_step);
  const Exact held = std::clamp(net, Exact(), gross);
  if (steps) steps->amount(StepName::limit, held);
  return {gross, held};
}

}  // namespace rabatt
