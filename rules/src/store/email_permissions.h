// Permission to send bulk e-mail, one for each address:
//   none → requested → confirmed → cancelled; requested → stopped; cancelled, stopped → requested; any → blocked.
// An address that was erased (persons.h) stays blocked, as a hash: all else throws `erased`.
#pragma once

#include <string>
#include <string_view>

#include "rabatt/records/audience.h"
#include "stored.h"

namespace rabatt {

// An address as permissions have it: trimmed and folded. Throws no_email for a blank one, invalid_text for what is no
// line of text.
std::string permission_address(std::string_view email);

// The permission's id, by address. Addresses are folded and trimmed. Throws no_email for a blank one.
struct PermissionRequest {
  std::int64_t id;
  std::string token;  // that the confirmation must bring; known to nobody but the one who gets the e-mail
};

// Asks for the permission: the host sends the token. Throws invalid_transition.
PermissionRequest request_permission(Session& session, std::string_view email);

// Confirms it with the token that was sent. Throws invalid_transition; invalid_value for another token.
std::int64_t confirm_permission(Session& session, std::string_view email, std::string_view token);

// Confirms it by hand, with what proves it. Needs permission.confirm; throws field_required without a proof.
std::int64_t confirm_by_hand(Session& session, std::string_view email, std::string_view proof);

// Moves it to cancelled (from confirmed), stopped (from requested) or blocked.
std::int64_t change_permission(Session& session, std::string_view email, PermissionStatus to, std::string_view reason);

// What a person has said, wherever it was said: cancelled, or blocked, whatever the permission was before.
void withdraw_permission(Session& session, std::string_view email, PermissionStatus to, std::string_view reason);

// ---- addresses that were erased ----

// What stands for such an address: a hash of it, at which no e-mail arrives (RFC 2606).
std::string erased_address(std::string_view email);

// Makes a permission one of an erased address, blocked. False where it was one.
bool erase_permission(Session& session, const Stored& permission);

// The same for an address that may have no permission.
void keep_erased(Session& session, std::string_view email);

// Throws `erased` for a permission of an address that was.
void verify_permission(Session& session, std::int64_t id);

}  // namespace rabatt
