#include "email_permissions.h"

#include <openssl/rand.h>

#include <array>

#include "digest.h"
#include "party_batches.h"
#include "rabatt/text.h"
#include "writing.h"

namespace rabatt {
namespace {

using Status = PermissionStatus;

const RecordType& permission_type() { return record_type<EmailPermissionRecord>(); }

std::string new_token() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error("no random numbers");
  return hex(std::as_bytes(std::span(bytes)));
}

std::string sha256_of_text(std::string_view text) { return sha256_of(std::as_bytes(std::span(text))); }

bool allows(Status from, Status to) {
  switch (to) {
    case Status::none: return false;
    case Status::requested: return from == Status::none || from == Status::cancelled || from == Status::stopped;
    case Status::confirmed: return from == Status::requested;
    case Status::cancelled: return from == Status::confirmed;
    case Status::stopped: return from == Status::requested;
    case Status::blocked: return from != Status::blocked;
  }
  return false;
}

constexpr std::string_view erased_domain = "@erased.invalid";

bool is_erased(std::string_view email) { return email.ends_with(erased_domain); }

// The permission that stands for an erased address.
Cell erased_id(Session& session, std::string_view email) {
  return session.value("select id from email_permission where email_key = $1",
                       {session.company().order.key(erased_address(email))});
}

void check_not_erased(Session& session, std::string_view email) {
  if (const auto id = erased_id(session, email)) throw Error(Code::erased, "email_permission #" + *id);
}

// The permission of an address; made where there is none yet.
Stored permission_of(Session& session, const std::string& email) {
  const auto found =
      session.value("select id from email_permission where email_key = $1", {session.company().order.key(email)});
  if (found) return load_existing(session, permission_type(), *integer_of(*found));
  check_not_erased(session, email);
  EmailPermissionRecord permission;
  permission.email.assign(email);
  const auto party = session.value("select id from party where email_key = $1 order by id limit 1",
                                   {session.company().order.key(email)});
  if (party) permission.party = Reference<PartyRecord>(*integer_of(*party));
  return load_existing(session, permission_type(), insert_new(session, permission));
}

// Recipients nobody has confirmed yet become confirmed with their address.
void confirm_recipients(Session& session, const std::string& email) {
  const auto& type = record_type<RecipientRecord>();
  const auto key = session.company().order.key(email);
  const CellView parameters[] = {key};
  const auto ids =
      ids_of(session, "select id from recipient where email_key = $1 and status = 'unconfirmed'", parameters);
  for (const auto id : ids) {
    const auto before = load_existing(session, type, id);
    auto after = before.values;
    after.fields[*type.field("status")] = "confirmed";
    write_change(session, type, before, after, "confirm");
  }
}

PermissionChangeRecord change_of(const EmailPermissionRecord& permission, Status to, std::string_view reason) {
  PermissionChangeRecord change;
  change.email_permission = Reference<EmailPermissionRecord>(permission.id);
  change.from = permission.status;
  change.to = to;
  change.reason = std::string(reason);
  return change;
}

// `proof`: of a confirmation, which is the reason for it.
std::int64_t move(Session& session, const Stored& before, Status to, std::string_view reason, std::string_view proof,
                  std::string_view token_sha256) {
  auto permission = record_of<EmailPermissionRecord>(before);
  const auto change = change_of(permission, to, to == Status::confirmed ? proof : reason);
  permission.status = to;
  permission.proof = std::string(proof);
  permission.token_sha256 = std::string(token_sha256);
  write_change(session, permission_type(), before, permission_type().values_of(permission), name_of(to));
  insert_new(session, change);
  if (to == Status::confirmed) confirm_recipients(session, permission.email);
  return before.id;
}

void check_transition(const Stored& stored, Status to) {
  const Status from = record_of<EmailPermissionRecord>(stored).status;
  if (!allows(from, to)) {
    throw Error(Code::invalid_transition, std::string(name_of(from)) + " " + std::string(name_of(to)));
  }
}

}  // namespace

std::string permission_address(std::string_view email) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  const auto text = trimmed(email);
  if (!is_utf8(text) || text.size() > EmailAddress::most_bytes || std::any_of(text.begin(), text.end(), is_control)) {
    throw Error(Code::invalid_text, subject_of("email", email));
  }
  auto folded = folded_code(text);
  if (folded.empty()) throw Error(Code::no_email, "email");
  return folded;
}

PermissionRequest request_permission(Session& session, std::string_view email) {
  session.require("email_permission.write");
  return session.part([&]() -> PermissionRequest {
    const auto stored = permission_of(session, permission_address(email));
    check_transition(stored, Status::requested);
    auto token = new_token();
    const auto id = move(session, stored, Status::requested, {}, {}, sha256_of_text(token));
    return {id, std::move(token)};
  });
}

std::int64_t confirm_permission(Session& session, std::string_view email, std::string_view token) {
  session.require("email_permission.write");
  return session.part([&] {
    const auto stored = permission_of(session, permission_address(email));
    check_transition(stored, Status::confirmed);
    if (sha256_of_text(token) != record_of<EmailPermissionRecord>(stored).token_sha256)
      throw Error(Code::invalid_value, "token");
    return move(session, stored, Status::confirmed, {}, "confirmed by e-mail " + text_of(session.time()), {});
  });
}

std::int64_t confirm_by_hand(Session& session, std::string_view email, std::string_view proof) {
  session.require("permission.confirm");
  if (trimmed(proof).empty()) throw Error(Code::field_required, "proof");
  if (!is_utf8(proof) || proof.size() > LongText::most_bytes) throw Error(Code::invalid_text, "proof");
  return session.part([&] {
    const auto stored = permission_of(session, permission_address(email));
    const Status from = record_of<EmailPermissionRecord>(stored).status;
    if (from == Status::confirmed || from == Status::blocked) check_transition(stored, Status::confirmed);
    return move(session, stored, Status::confirmed, {}, proof, {});
  });
}

std::int64_t change_permission(Session& session, std::string_view email, Status to, std::string_view reason) {
  session.require("email_permission.write");
  if (!is_utf8(reason) || reason.size() > LongText::most_bytes) throw Error(Code::invalid_text, "reason");
  return session.part([&] {
    const auto stored = permission_of(session, permission_address(email));
    check_transition(stored, to);
    return move(session, stored, to, reason, {}, {});
  });
}

void withdraw_permission(Session& session, std::string_view email, Status to, std::string_view reason) {
  if (trimmed(email).empty() || erased_id(session, permission_address(email))) return;
  const auto stored = permission_of(session, permission_address(email));
  const Status from = record_of<EmailPermissionRecord>(stored).status;
  if (from != to && from != Status::blocked) move(session, stored, to, reason, {}, {});
}

std::string erased_address(std::string_view email) {
  return sha256_of_text(folded_code(email)) + std::string(erased_domain);
}

bool erase_permission(Session& session, const Stored& stored) {
  auto permission = record_of<EmailPermissionRecord>(stored);
  if (is_erased(permission.email)) return false;
  const auto change = change_of(permission, Status::blocked, {});
  const bool stands_already = erased_id(session, permission.email).has_value();
  permission.email.assign((stands_already ? std::to_string(stored.id) + "." : "") + erased_address(permission.email));
  permission.status = Status::blocked;
  permission.proof.clear();
  permission.token_sha256.clear();
  write_change(session, permission_type(), stored, permission_type().values_of(permission), "erase");
  insert_new(session, change);
  return true;
}

void keep_erased(Session& session, std::string_view email) {
  if (is_erased(email) || erased_id(session, email)) return;
  EmailPermissionRecord permission;
  permission.email.assign(erased_address(email));
  permission.status = Status::blocked;
  insert_new(session, permission);
}

void verify_permission(Session& session, std::int64_t id) {
  const auto email = session.value("select email from email_permission where id = $1", {std::to_string(id)});
  if (email && !is_erased(*email)) check_not_erased(session, *email);
}

}  // namespace rabatt
