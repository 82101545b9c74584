// What holds of the lines of campaigns and price books, and of campaigns that are posted.
#pragma once

#include <cstdint>

#include "stored.h"

namespace rabatt {

// Throws Errors with everything that is wrong: duplicate_item, unknown_unit, wrong_line_field; and where the campaign
// is posted no_lines, pricing_type_required, currency_required, field_required.
void verify_campaign(Session& session, std::int64_t id);

// A posted campaign is for those who were in its target group when it was posted: another group is already_posted.
void check_target_group(const Stored& before, const Values& after);

// A campaign's pricing type changes under its lines, which have the other type's field. Blanks these where `force` is
// set, or throws type_has_lines; lines that are given along are checked by themselves.
void change_pricing_type(Session& session, const Stored& before, const Values& after, bool gives_lines, bool force);

// duplicate_item, unknown_unit.
void verify_price_book(Session& session, std::int64_t id);

}  // namespace rabatt
