// Currencies, money, and splitting an amount without losing a cent.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/decimal.h"

namespace rabatt {

// Edition of the ISO 4217 list in use: its date of publication.
inline constexpr std::string_view currency_edition = "2026-01-01";

// Minor units of a currency of that list: 2 for EUR, 0 for JPY, 3 for TND. Nothing for codes that are not in it,
// and for those without a minor unit (metals, test and accounting codes: XAU, XXX, XDR …).
std::optional<int> minor_units(std::string_view currency) noexcept;

// All codes with a minor unit, sorted.
std::vector<std::string_view> currency_codes();

// An amount of a currency.
struct Money {
  Decimal amount;
  std::string currency;  // ISO 4217, or a code that a policy adds

  // Exact. Throws currency_mismatch ("EUR CHF") or overflow.
  friend Money operator+(const Money& a, const Money& b);
  friend Money operator-(const Money& a, const Money& b);
  friend bool operator==(const Money& a, const Money& b) { return a.amount == b.amount && a.currency == b.currency; }
};

// Splits `amount` in proportion to `weights`: each part is amount·w/Σw rounded down to `step`, the steps left over
// go to the largest remainders, ties to the earlier part. A negative amount mirrors the positive one. The parts
// always sum to the amount.
//   allocate(Decimal("0.05"), {{3, 7}}, Decimal("0.01"))  →  {0.02, 0.03}
// Throws invalid_weights (none, or Σw = 0), invalid_amount (the amount is no multiple of the step, or the step is
// not positive), overflow.
std::vector<Decimal> allocate(const Decimal& amount, std::span<const Decimal> weights, const Decimal& step);

// The same for money, in minor units of its currency. Throws unknown_currency besides.
std::vector<Money> allocate(const Money& money, std::span<const Decimal> weights);

}  // namespace rabatt
