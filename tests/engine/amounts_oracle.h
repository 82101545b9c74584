// Amounts of a line (section 4.6 of the contract) on unbounded integers.
#pragma once

#include <optional>
#include <string>

#include "rabatt/book_content.h"
#include "rabatt/money.h"
#include "wide.h"

namespace rabatt {

struct WideAmounts {
  Wide gross;
  Wide net;
  Wide unit_net;
  std::optional<Wide> list_amount;
};

class AmountsOracle {
 public:
  AmountsOracle(const Policy& policy, const std::string& currency)
      : policy_(policy), mode_(mirrored(policy.rounding)), amount_step_(1), unit_step_("0.00001") {
    if (const auto places = minor_units(currency)) amount_step_ = Decimal::scaled(1, *places);
    const auto own = policy.currencies.find(currency);
    if (own == policy.currencies.end()) return;
    amount_step_ = own->second.amount.value_or(amount_step_);
    unit_step_ = own->second.unit.value_or(unit_step_);
  }

  int amount_places() const { return amount_step_.places_needed(); }

  Wide r(const Wide& value) const { return rounded_as_policy(value, amount_step_); }
  Wide ru(const Wide& value) const { return rounded_as_policy(value, unit_step_); }

  // base·top/bottom to the amount step, as taxes are.
  Wide r_quotient(const Wide& top, const Wide& bottom) const {
    if (!policy_.intermediate_digits) return rounded_quotient_of(top, bottom, amount_step_, mode_);
    const Wide first = rounded_quotient_of(top, bottom, Wide(1, *policy_.intermediate_digits), mode_);
    return rounded(first, amount_step_, mode_);
  }

  WideAmounts amounts(const Decimal& quantity, const Wide& u, const Wide& percent,
                      const std::optional<Decimal>& list) const {
    const Wide sign(quantity.sign() < 0 ? -1 : 1, 0);
    const Wide q = quantity.magnitude();
    const Wide d = percent * Wide(1, 2);
    const Wide gross = r(q * u);
    WideAmounts result{gross * sign, net_of(q, u, d, gross) * sign, ru(u * (one() - d)), {}};
    if (list) result.list_amount = r(q * *list) * sign;
    return result;
  }

 private:
  static Wide one() { return {1, 0}; }

  Wide rounded_as_policy(const Wide& value, const Decimal& step) const {
    if (!policy_.intermediate_digits) return rounded(value, step, mode_);
    return rounded(rounded(value, Wide(1, *policy_.intermediate_digits), mode_), step, mode_);
  }

  Wide net_of(const Wide& q, const Wide& u, const Wide& d, const Wide& gross) const {
    if (d.sign() == 0) return gross;
    if (d == one()) return {0, 0};
    Wide net(0, 0);
    switch (policy_.round_at) {
      case RoundAt::line_discount: net = gross - r(gross * d); break;
      case RoundAt::line_net: net = r(q * u * (one() - d)); break;
      case RoundAt::unit_discount: net = r(q * (u - ru(u * d))); break;
      case RoundAt::unit_net: net = r(q * ru(u * (one() - d))); break;
    }
    if (net.sign() < 0) return {0, 0};
    return gross < net ? gross : net;
  }

  const Policy& policy_;
  Rounding mode_;
  Decimal amount_step_;
  Decimal unit_step_;
};

}  // namespace rabatt
