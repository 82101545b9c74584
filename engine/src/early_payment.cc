#include "early_payment.h"

#include <algorithm>

#include "rabatt/error.h"
#include "rabatt/money.h"

namespace rabatt {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Dates end with the year 9999.
year_month_day days_after(year_month_day day, std::int32_t count) {
  constexpr sys_days last = std::chrono::year(9999) / std::chrono::December / 31;
  const sys_days date = sys_days(day) + days(count);
  if (date > last) throw Error(Code::overflow, "date");
  return date;
}

year_month_day due_date(const PaymentTerm& term, year_month_day date) {
  const auto due = days_after(date, term.net_days.value_or(0));
  return term.end_of_month ? due.year() / due.month() / std::chrono::last : due;
}

std::vector<Decimal> zeros(std::size_t count, int places) {
  return std::vector<Decimal>(count, Decimal().at_places(places));
}

// allocate(), where 0 splits to zeros whatever the weights.
std::vector<Decimal> split(const Decimal& amount, const std::vector<Decimal>& weights, const AmountRules& rules) {
  const int places = rules.currency.amount_places;
  if (amount.is_zero()) return zeros(weights.size(), places);
  auto parts = allocate(amount, weights, rules.currency.amount_step);
  for (auto& part : parts) part = part.at_places(places);
  return parts;
}

// Weights of the lines for a discount: their nets, their magnitudes where nets of both signs meet, the first line
// where all are 0.
std::vector<Decimal> line_weights(const std::vector<QuoteLine>& lines) {
  std::vector<Decimal> weights;
  bool positive = false;
  bool negative = false;
  for (const auto& line : lines) {
    weights.push_back(line.net);
    positive = positive || line.net.sign() > 0;
    negative = negative || line.net.sign() < 0;
  }
  if (positive && negative) {
    for (auto& weight : weights) weight = weight.magnitude();
  }
  if (!positive && !negative && !weights.empty()) weights.front() = Decimal(1);
  return weights;
}

class EarlyPricer {
 public:
  EarlyPricer(EarlyPaymentTax mode, const AmountRules& rules, const Quote& quote)
      : mode_(mode), rules_(rules), quote_(quote) {}

  EarlyPayment run(const EarlyTier& tier, year_month_day until) const {
    EarlyPayment early;
    early.until = until;
    early.discount_percent = *tier.discount;
    const Decimal& reduced = mode_ == EarlyPaymentTax::included ? quote_.total : quote_.net;
    early.discount = percent_of(reduced, *tier.discount);
    early.pay = amount(Exact(quote_.total) - early.discount);
    early.tax = mode_ == EarlyPaymentTax::included ? amount(Exact(quote_.tax) - percent_of(quote_.tax, *tier.discount))
                                                   : quote_.tax;
    early.net = amount(Exact(early.pay) - early.tax);
    early.taxes = taxes(early.tax);
    return early;
  }

 private:
  Decimal amount(const Exact& value) const {
    const int places = rules_.currency.amount_places;
    return value.narrow(places).at_places(places);
  }

  Decimal percent_of(const Decimal& value, const Decimal& percent) const {
    return amount(rules_.round_amount(Exact(value) * percent * Exact(Decimal::scaled(1, 2))));
  }

  std::vector<EarlyTax> taxes(const Decimal& tax) const {
    std::vector<EarlyTax> rows;
    std::vector<Decimal> weights;
    rows.reserve(quote_.taxes.size());
    weights.reserve(quote_.taxes.size());
    for (const auto& row : quote_.taxes) weights.push_back(row.tax);
    const auto parts = mode_ == EarlyPaymentTax::included ? split(tax, weights, rules_) : weights;
    for (std::size_t i = 0; i < parts.size(); ++i) rows.push_back({quote_.taxes[i].rate, parts[i]});
    return rows;
  }

  EarlyPaymentTax mode_;
  const AmountRules& rules_;
  const Quote& quote_;
};

}  // namespace

void fix_mixed_tax(const PaymentTerm& term, const AmountRules& rules, EarlyPaymentTax mode, Quote* quote) {
  if (mode != EarlyPaymentTax::mixed || term.early.empty()) return;
  const Decimal& percent = *term.early.front().discount;
  if (percent.is_zero()) return;

  const int places = rules.currency.amount_places;
  const Exact hundredth(Decimal::scaled(1, 2));
  const Exact discount = rules.round_amount(Exact(quote->net) * percent * hundredth);
  Exact without_rate(quote->net);
  std::vector<Decimal> weights(1);
  for (const auto& row : quote->taxes) {
    without_rate = without_rate - row.net;
    weights.push_back(row.net);
  }
  weights.front() = without_rate.narrow(places);
  const auto parts = split(discount.narrow(places), weights, rules);
  for (std::size_t i = 0; i < quote->taxes.size(); ++i) {
    auto& row = quote->taxes[i];
    const Exact taxed = Exact(row.net) - parts[i + 1];
    row.tax = rules.round_amount(taxed * row.rate * hundredth).narrow(places).at_places(places);
  }
}

Payment payment_of(const PaymentTerm& term, const Document& document, const Request& request, const AmountRules& rules,
                   const Quote& quote) {
  const auto mode = document.book.rules.early_payment_tax;
  const auto date = request.date->day;
  Payment payment{.payment_term = term.payment_term,
                  .grace_days = term.grace_days,
                  .due = due_date(term, date),
                  .tax_mode = mode,
                  .early = {},
                  .shares = {}};
  if (!request.early_payment.value_or(quote.net.sign() >= 0)) return payment;
  const EarlyPricer pricer(mode, rules, quote);
  const auto weights = line_weights(quote.lines);
  for (const auto& tier : term.early) {
    payment.early.push_back(pricer.run(tier, days_after(date, *tier.days)));
    payment.shares.push_back(split(payment.early.back().discount, weights, rules));
  }
  return payment;
}

}  // namespace rabatt
