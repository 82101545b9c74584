#include "status.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rabatt {
namespace {

// A code that is new in error.h gets the next free number in c.h and a pair here.
// clang-format off
constexpr auto statuses = std::to_array<std::pair<Code, rabatt_status>>({
    {Code::missing_field, RABATT_MISSING_FIELD},
    {Code::unknown_field, RABATT_UNKNOWN_FIELD},
    {Code::duplicate_field, RABATT_DUPLICATE_FIELD},
    {Code::invalid_value, RABATT_INVALID_VALUE},
    {Code::invalid_decimal, RABATT_INVALID_DECIMAL},
    {Code::invalid_date, RABATT_INVALID_DATE},
    {Code::invalid_identifier, RABATT_INVALID_IDENTIFIER},
    {Code::invalid_discount, RABATT_INVALID_DISCOUNT},
    {Code::invalid_tax_rate, RABATT_INVALID_TAX_RATE},
    {Code::negative_price, RABATT_NEGATIVE_PRICE},
    {Code::limit_exceeded, RABATT_LIMIT_EXCEEDED},
    {Code::unknown_currency, RABATT_UNKNOWN_CURRENCY},
    {Code::unknown_item, RABATT_UNKNOWN_ITEM},
    {Code::unknown_unit, RABATT_UNKNOWN_UNIT},
    {Code::unknown_customer, RABATT_UNKNOWN_CUSTOMER},
    {Code::unknown_target_group, RABATT_UNKNOWN_TARGET_GROUP},
    {Code::unknown_payment_term, RABATT_UNKNOWN_PAYMENT_TERM},
    {Code::unknown_campaign, RABATT_UNKNOWN_CAMPAIGN},
    {Code::unknown_code, RABATT_UNKNOWN_CODE},
    {Code::duplicate_id, RABATT_DUPLICATE_ID},
    {Code::duplicate_code, RABATT_DUPLICATE_CODE},
    {Code::duplicate_item, RABATT_DUPLICATE_ITEM},
    {Code::valid_until_before_date, RABATT_VALID_UNTIL_BEFORE_DATE},
    {Code::wrong_pricing_field, RABATT_WRONG_PRICING_FIELD},
    {Code::no_lines, RABATT_NO_LINES},
    {Code::tiers_not_ordered, RABATT_TIERS_NOT_ORDERED},
    {Code::code_expired, RABATT_CODE_EXPIRED},
    {Code::campaign_and_code, RABATT_CAMPAIGN_AND_CODE},
    {Code::tax_mode_mismatch, RABATT_TAX_MODE_MISMATCH},
    {Code::no_price, RABATT_NO_PRICE},
    {Code::overflow, RABATT_OVERFLOW},
    {Code::inconsistent_order, RABATT_INCONSISTENT_ORDER},
    {Code::currency_mismatch, RABATT_CURRENCY_MISMATCH},
    {Code::division_by_zero, RABATT_DIVISION_BY_ZERO},
    {Code::invalid_weights, RABATT_INVALID_WEIGHTS},
    {Code::invalid_amount, RABATT_INVALID_AMOUNT},
    {Code::file_not_readable, RABATT_FILE_NOT_READABLE},
    {Code::file_not_writable, RABATT_FILE_NOT_WRITABLE},
    {Code::unknown_format, RABATT_UNKNOWN_FORMAT},
    {Code::no_base_price, RABATT_NO_BASE_PRICE},
    {Code::damaged_book, RABATT_DAMAGED_BOOK},
    {Code::incompatible_book, RABATT_INCOMPATIBLE_BOOK},
});
// clang-format on

constexpr const auto* find(Code code) {
  return std::find_if(statuses.begin(), statuses.end(), [&](const auto& pair) { return pair.first == code; });
}

constexpr const auto* find(std::int32_t status) {
  return std::find_if(statuses.begin(), statuses.end(), [&](const auto& pair) { return pair.second == status; });
}

// The two lists are one list: every code has a pair, and no two share a status.
#define RABATT_HAS_STATUS(name) \
  static_assert(find(Code::name) != statuses.end() && find(find(Code::name)->second) == find(Code::name));
RABATT_CODES(RABATT_HAS_STATUS)
#undef RABATT_HAS_STATUS

}  // namespace

rabatt_status status_of(Code code) noexcept { return find(code)->second; }

const char* slug_of(std::int32_t status) noexcept {
  switch (status) {
    case RABATT_OK: return "ok";
    case RABATT_INVALID_ARGUMENT: return "invalid_argument";
    case RABATT_OUT_OF_MEMORY: return "out_of_memory";
    case RABATT_INTERNAL: return "internal";
    default: break;
  }
  const auto* found = find(status);
  return found == statuses.end() ? nullptr : slug(found->first).data();  // slugs are literals: they end with NUL
}

}  // namespace rabatt
