// What is done with campaigns besides storing them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rabatt/set_for_all.h"
#include "session.h"

namespace rabatt {

// From now on the campaign prices; its target group is frozen. Throws what verify_campaign() does, empty_target_group,
// already_posted.
void post_campaign(Session& session, std::int64_t id);

// A posted campaign is from now on for those who are in its target group now. Throws not_posted, field_required
// (`target_group`), empty_target_group.
void refreeze_campaign(Session& session, std::int64_t id);

// It prices no longer. Throws not_posted.
void unpost_campaign(Session& session, std::int64_t id);

// Fills every line from one percentage: the campaign's own unless given. Returns the lines that were left alone, and
// why. Throws field_required (`change_percent`), pricing_type_required, invalid_discount.
std::vector<SetForAllRemark> set_for_all(Session& session, std::int64_t id, const std::optional<Decimal>& percent);

// The list price of each of its lines, in their order, as set_for_all() takes it; nothing where there is none.
std::vector<std::optional<Decimal>> list_prices_of(Session& session, std::int64_t id);

// A new campaign with the details, lines, plan, attachments, tags and custom fields of another, planned and not posted,
// without a code. Its recipients come along where that is asked for, as if nothing had been sent yet. Returns its id.
std::int64_t copy_campaign(Session& session, std::int64_t id, bool copy_recipients);

}  // namespace rabatt
