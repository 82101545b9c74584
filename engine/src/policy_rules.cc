#include "policy_rules.h"

namespace rabatt {

PolicyRecord policy_record(const Policy& policy) {
  PolicyRecord record;
  record.rounding = static_cast<Byte>(policy.rounding);
  record.round_at = static_cast<Byte>(policy.round_at);
  record.price_choice = static_cast<Byte>(policy.price_choice);
  record.early_payment_tax = static_cast<Byte>(policy.early_payment_tax);
  record.intermediate_digits = policy.intermediate_digits.value_or(-1);
  record.prices_include_tax = policy.prices_include_tax ? 1 : 0;
  return record;
}

PolicyRules rules_of(const PolicyRecord& record) {
  const auto digits =
      record.intermediate_digits < 0 ? std::nullopt : std::optional<std::int32_t>(record.intermediate_digits);
  return {.rounder = Rounder(static_cast<Rounding>(record.rounding), digits),
          .round_at = static_cast<RoundAt>(record.round_at),
          .price_choice = static_cast<PriceChoice>(record.price_choice),
          .early_payment_tax = static_cast<EarlyPaymentTax>(record.early_payment_tax),
          .prices_include_tax = record.prices_include_tax != 0};
}

}  // namespace rabatt
