// Amounts of a line: quantity, unit price and discount to gross and net, as the policy rounds.
#pragma once

#include <optional>
#include <vector>

#include "compiled_book.h"
#include "rabatt/quote.h"

namespace rabatt {

// Notes the steps of a line as they are taken. Amounts are computed on the magnitude of the quantity; the steps
// show them with its sign.
class StepRecorder {
 public:
  StepRecorder(const Decimal& quantity, std::vector<Step>* steps) : quantity_(quantity), steps_(steps) {}

  // The unit price becomes `after`; a step that changes nothing is left out.
  void unit_price(StepName step, const Exact& after, bool rounded = false);

  // The amount becomes ±`after`; the first one starts from the unit price times the quantity.
  void amount(StepName step, const Exact& after);

 private:
  void add(StepName step, StepWhat what, const Exact& after, bool rounded);

  Decimal quantity_;
  std::vector<Step>* steps_;
  std::optional<Exact> last_;
  bool at_amounts_ = false;
};

struct Amounts {
  Exact gross;
  Exact net;
};

// How amounts are rounded in one currency.
struct AmountRules {
  const Rounder& rounder;
  RoundAt round_at;
  const CurrencyRules& currency;

  Exact round_amount(const Exact& value) const { return rounder.round(value, currency.amount_step); }
  Exact round_unit(const Exact& value) const { return rounder.round(value, currency.unit_step); }
};

// `value` less `discount` percent, exactly.
Exact less_percent(const Exact& value, const Exact& discount);

// Gross and net of a quantity ≥ 0 at a unit price less `discount` percent. Notes its steps in `steps` unless that is
// null; `discount_step` is what the discount is called there.
Amounts amounts_of(const AmountRules& rules, const Exact& quantity, const Exact& unit_price, const Exact& discount,
                   StepRecorder* steps = nullptr, StepName discount_step = StepName::customer_discount);

}  // namespace rabatt
