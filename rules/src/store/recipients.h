// Recipients: who a campaign is sent to, from the address book, and who has got it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "session.h"

namespace rabatt {

// Where recipients come from: parties, leads, the linked members of a target group, or all parties that meet a search.
struct AddressBook {
  std::vector<std::int64_t> parties;
  std::vector<std::int64_t> leads;
};

struct RecipientsAdded {
  std::int64_t added = 0;
  std::int64_t skipped_duplicate_source = 0;  // in the campaign already, or chosen twice
  std::int64_t skipped_duplicate_email = 0;   // where the campaign has one letter for one address
};

// Copies the chosen into the campaign.
RecipientsAdded add_recipients(Session& session, std::int64_t campaign, const AddressBook& chosen);

// Who is to get the campaign and has not got it, a page by id: {"rows": [{"id": 7, "email": "…", …, "reason": null}],
// "next": 7 or null}. `reason` says why one is not sent to: deactivated, no_email, no_permission.
// `since_template`: just those who were added after the campaign got its e-mail template; nobody, where it has none.
std::string outbox_page(Session& session, std::int64_t campaign, std::int64_t after, std::int64_t limit,
                        bool since_template);

// Marks recipients as sent to; all whom the outbox would send to where none are named. Those that are already marked
// or deactivated stay as they are. Returns how many were marked.
std::int64_t mark_sent(Session& session, std::int64_t campaign, const std::vector<std::int64_t>* recipients);

// Marks recipients whom nothing reached.
std::int64_t mark_undeliverable(Session& session, std::int64_t campaign, const std::vector<std::int64_t>& recipients);

// duplicate_source; duplicate_email of a new one.
void verify_recipient(Session& session, std::int64_t id);

// duplicate_email of one whose address has changed: duplicates from before they were forbidden may stay.
void verify_email(Session& session, std::int64_t id);

}  // namespace rabatt
