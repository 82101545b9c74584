// The steps of a currency: the policy's, else ISO 4217's minor unit and the usual unit step.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rabatt/book_content.h"
#include "rabatt/money.h"

namespace rabatt {

struct CurrencyRules {
  Decimal amount_step;
  Decimal unit_step;
  int amount_places = 2;  // in which amounts are printed
};

// Nothing for a currency that neither the policy nor ISO 4217 has.
inline std::optional<CurrencyRules> currency_rules(const Policy& policy, std::string_view currency) {
  const auto iso = minor_units(currency);
  const auto own = policy.currencies.find(std::string(currency));
  const bool has_own = own != policy.currencies.end();
  CurrencyRules rules;
  if (has_own && own->second.amount) {
    rules.amount_step = *own->second.amount;
  } else if (iso) {
    rules.amount_step = Decimal::scaled(1, *iso);
  } else {
    return std::nullopt;
  }
  rules.unit_step = has_own && own->second.unit ? *own->second.unit : Decimal::scaled(1, 5);
  rules.amount_places = rules.amount_step.places_needed();
  return rules;
}

}  // namespace rabatt
