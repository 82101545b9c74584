#include "rabatt/money.h"

#include <algorithm>
#include <numeric>

#include "rabatt/error.h"
#include "rabatt/exact.h"

namespace rabatt {
namespace {

void require_same_currency(const Money& a, const Money& b) {
  if (a.currency != b.currency) throw Error(Code::currency_mismatch, a.currency + " " + b.currency);
}

// Shares of a non-negative amount; the sign is the caller's.
std::vector<Exact> shares_of(const Exact& amount, std::span<const Decimal> weights, const Exact& total,
                             const Decimal& step) {
  std::vector<Exact> parts;
  std::vector<Exact> remainders;  // (amount·w/Σw − part) · |Σw|: enough to compare them
  Exact left = amount;
  for (const auto& weight : weights) {
    const Exact share = amount * weight;
    const Exact part = rounded_quotient(share, total, step, Rounding::floor);
    const Exact remainder = share - part * total;
    remainders.push_back(total.sign() < 0 ? -remainder : remainder);
    left = left - part;
    parts.push_back(part);
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t next = 0; !left.is_zero(); ++next) {  // fewer steps are left than there are parts
    parts[order[next]] = parts[order[next]] + Exact(step);
    left = left - Exact(step);
  }
  return parts;
}

}  // namespace

Money operator+(const Money& a, const Money& b) {
  require_same_currency(a, b);
  return {a.amount + b.amount, a.currency};
}

Money operator-(const Money& a, const Money& b) {
  require_same_currency(a, b);
  return {a.amount - b.amount, a.currency};
}

std::vector<Decimal> allocate(const Decimal& amount, std::span<const Decimal> weights, const Decimal& step) {
  if (step.sign() <= 0) throw Error(Code::invalid_amount, "step " + step.text());
  if (amount != Exact(amount).rounded(step, Rounding::down)) throw Error(Code::invalid_amount, amount.text());
  const Exact total = std::accumulate(weights.begin(), weights.end(), Exact(),
                                      [](const Exact& sum, const Decimal& weight) { return sum + weight; });
  if (total.is_zero()) throw Error(Code::invalid_weights, weights.empty() ? "none" : "their sum is 0");
  std::vector<Decimal> parts;
  for (const auto& part : shares_of(amount.magnitude(), weights, total, step)) {
    parts.push_back((amount.sign() < 0 ? -part : part).narrow());
  }
  return parts;
}

std::vector<Money> allocate(const Money& money, std::span<const Decimal> weights) {
  const auto places = minor_units(money.currency);
  if (!places) throw Error(Code::unknown_currency, money.currency);
  std::vector<Money> parts;
  for (const auto& part : allocate(money.amount, weights, Decimal::scaled(1, *places))) {
    parts.push_back({part, money.currency});
  }
  return parts;
}

}  // namespace rabatt
