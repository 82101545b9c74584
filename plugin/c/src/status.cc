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
    {Code::name_required, RABATT_NAME_REQUIRED},
    {Code::field_required, RABATT_FIELD_REQUIRED},
    {Code::unknown_record, RABATT_UNKNOWN_RECORD},
    {Code::invalid_text, RABATT_INVALID_TEXT},
    {Code::text_too_long, RABATT_TEXT_TOO_LONG},
    {Code::limit_crossed, RABATT_LIMIT_CROSSED},
    {Code::not_found, RABATT_NOT_FOUND},
    {Code::conflict, RABATT_CONFLICT},
    {Code::in_use, RABATT_IN_USE},
    {Code::duplicate_name, RABATT_DUPLICATE_NAME},
    {Code::number_taken, RABATT_NUMBER_TAKEN},
    {Code::number_too_long, RABATT_NUMBER_TOO_LONG},
    {Code::permission_denied, RABATT_PERMISSION_DENIED},
    {Code::end_before_start, RABATT_END_BEFORE_START},
    {Code::currency_required, RABATT_CURRENCY_REQUIRED},
    {Code::pricing_type_required, RABATT_PRICING_TYPE_REQUIRED},
    {Code::wrong_line_field, RABATT_WRONG_LINE_FIELD},
    {Code::type_has_lines, RABATT_TYPE_HAS_LINES},
    {Code::already_posted, RABATT_ALREADY_POSTED},
    {Code::not_posted, RABATT_NOT_POSTED},
    {Code::empty_target_group, RABATT_EMPTY_TARGET_GROUP},
    {Code::duplicate_email, RABATT_DUPLICATE_EMAIL},
    {Code::duplicate_source, RABATT_DUPLICATE_SOURCE},
    {Code::duplicate_content_id, RABATT_DUPLICATE_CONTENT_ID},
    {Code::duplicate_selection, RABATT_DUPLICATE_SELECTION},
    {Code::no_rate, RABATT_NO_RATE},
    {Code::no_linked_contacts, RABATT_NO_LINKED_CONTACTS},
    {Code::frozen, RABATT_FROZEN},
    {Code::invalid_transition, RABATT_INVALID_TRANSITION},
    {Code::no_permission, RABATT_NO_PERMISSION},
    {Code::no_email, RABATT_NO_EMAIL},
    {Code::busy, RABATT_BUSY},
    {Code::store_missing, RABATT_STORE_MISSING},
    {Code::store_corrupt, RABATT_STORE_CORRUPT},
    {Code::store_read_only, RABATT_STORE_READ_ONLY},
    {Code::store_full, RABATT_STORE_FULL},
    {Code::connection_lost, RABATT_CONNECTION_LOST},
    {Code::schema_too_new, RABATT_SCHEMA_TOO_NEW},
    {Code::schema_too_old, RABATT_SCHEMA_TOO_OLD},
    {Code::invalid_url, RABATT_INVALID_URL},
    {Code::invalid_as_of, RABATT_INVALID_AS_OF},
    {Code::erased, RABATT_ERASED},
    {Code::unknown_column, RABATT_UNKNOWN_COLUMN},
    {Code::missing_column, RABATT_MISSING_COLUMN},
    {Code::float_column, RABATT_FLOAT_COLUMN},
    {Code::bad_row, RABATT_BAD_ROW},
    {Code::ambiguous_match, RABATT_AMBIGUOUS_MATCH},
    {Code::unresolved_content_id, RABATT_UNRESOLVED_CONTENT_ID},
    {Code::unused_content_id, RABATT_UNUSED_CONTENT_ID},
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
