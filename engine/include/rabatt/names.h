// The word of every enumerator, as books, requests, quotes and every face write it.
//
//   name_of(RoundAt::line_net)          // "line_net"
//   value_named<RoundAt>("line_net")    // RoundAt::line_net; nothing for any other word
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "rabatt/quote.h"

namespace rabatt {

// In the order of the enumerators.
template <class Enum>
inline constexpr std::array<std::string_view, 0> names{};

template <>
inline constexpr std::array<std::string_view, 7> names<Rounding> = {"half_up", "half_even", "half_down", "up",
                                                                    "down",    "ceiling",   "floor"};
template <>
inline constexpr std::array<std::string_view, 4> names<RoundAt> = {"line_discount", "line_net", "unit_discount",
                                                                   "unit_net"};
template <>
inline constexpr std::array<std::string_view, 2> names<PriceChoice> = {"latest", "lowest"};
template <>
inline constexpr std::array<std::string_view, 3> names<EarlyPaymentTax> = {"included", "excluded", "mixed"};
template <>
inline constexpr std::array<std::string_view, 4> names<ItemKind> = {"inventory", "non_inventory", "fixed_asset",
                                                                    "service"};
template <>
inline constexpr std::array<std::string_view, 3> names<PriceBookType> = {"generic", "organisation", "account"};
template <>
inline constexpr std::array<std::string_view, 4> names<CampaignStatus> = {"planned", "active", "completed",
                                                                          "cancelled"};
template <>
inline constexpr std::array<std::string_view, 2> names<PricingType> = {"set_price", "set_discount"};
template <>
inline constexpr std::array<std::string_view, 3> names<Combine> = {"greater", "add", "compound"};
template <>
inline constexpr std::array<std::string_view, 5> names<Source> = {"list", "customer", "campaign", "both", "manual"};
template <>
inline constexpr std::array<std::string_view, 9> names<StepName> = {
    "list_price",        "unit_conversion",   "set_price", "manual", "campaign_discount",
    "customer_discount", "combined_discount", "rounding",  "limit"};
template <>
inline constexpr std::array<std::string_view, 2> names<StepWhat> = {"unit_price", "amount"};
template <>
inline constexpr std::array<std::string_view, 24> names<Reason> = {"not_posted",
                                                                   "inactive",
                                                                   "cancelled",
                                                                   "completed",
                                                                   "not_started",
                                                                   "expired",
                                                                   "not_named",
                                                                   "code_required",
                                                                   "wrong_customer",
                                                                   "not_in_target_group",
                                                                   "not_discountable",
                                                                   "wrong_currency",
                                                                   "wrong_tax_mode",
                                                                   "wrong_unit",
                                                                   "below_quantity",
                                                                   "no_list_price",
                                                                   "manual",
                                                                   "not_forced",
                                                                   "customer_discount_is_greater",
                                                                   "list_is_lower",
                                                                   "lower_priority",
                                                                   "not_lowest",
                                                                   "campaign_not_used",
                                                                   "payment_term_inactive"};

template <class Enum>
constexpr std::string_view name_of(Enum value) noexcept {
  return names<Enum>[static_cast<std::size_t>(value)];
}

template <class Enum>
constexpr std::optional<Enum> value_named(std::string_view name) noexcept {
  const auto found = std::find(names<Enum>.begin(), names<Enum>.end(), name);
  if (found == names<Enum>.end()) return std::nullopt;
  return static_cast<Enum>(found - names<Enum>.begin());
}

}  // namespace rabatt
