// What is done for a campaign: actions, their contacts, dossier items and to-do lists, responses, contact statuses.
#pragma once

#include "rabatt/records/audience.h"

namespace rabatt {

enum class DossierPer { contact, action };
template <>
inline constexpr std::array<std::string_view, 2> names<DossierPer> = {"contact", "action"};

enum class ActionStatus { not_generated, generated };
template <>
inline constexpr std::array<std::string_view, 2> names<ActionStatus> = {"not_generated", "generated"};

struct ActionRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "action", .plural = "actions", .sort = "description"};

  Owned<Reference<CampaignRecord>> campaign;  // none: an ad hoc action
  Required<Line<>> description;
  Channel channel = Channel::email;
  std::optional<Day> period_start;
  std::optional<Day> period_end;
  Reference<EmployeeRecord> responsible;
  NotNegative cost_per_unit = Decimal(0);
  OptionalDecimal budgeted_cost = Decimal(0);
  OptionalDecimal actual_cost = Decimal(0);
  bool covered_by_invoice = false;
  Reference<DossierTypeRecord> dossier_type;
  DossierPer dossier_per = DossierPer::contact;
  bool items_completed = false;
  bool skip_used_contacts = false;
  ReadOnly<ActionStatus> status;
};
BOOST_DESCRIBE_STRUCT(ActionRecord, (),
                      (campaign, description, channel, period_start, period_end, responsible, cost_per_unit,
                       budgeted_cost, actual_cost, covered_by_invoice, dossier_type, dossier_per, items_completed,
                       skip_used_contacts, status))

struct ActionContactRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "action_contact", .plural = "action_contacts", .parent = "action"};

  Fixed<Required<Reference<ActionRecord>>> action;
  Fixed<Required<Reference<PartyRecord>>> party;
  Fixed<Reference<TargetGroupRecord>> target_group;
  bool linked = true;
  ReadOnly<std::optional<Instant>> added_at;
};
BOOST_DESCRIBE_STRUCT(ActionContactRecord, (), (action, party, target_group, linked, added_at))

// One run of `generate`.
struct GenerationRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "generation", .plural = "generations", .parent = "action", .by_hand = ByHand::nothing};

  Fixed<Required<Reference<ActionRecord>>> action;
  ReadOnly<Count> contacts;
  ReadOnly<NotNegative> cost_per_unit;
  ReadOnly<CustomValues> excluded;  // how many, by reason
};
BOOST_DESCRIBE_STRUCT(GenerationRecord, (), (action, contacts, cost_per_unit, excluded))

// Something noted about a contact; a to-do while it is not completed.
struct DossierItemRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "dossier_item", .plural = "dossier_items", .sort = "date"};

  Required<Reference<DossierTypeRecord>> type;
  Required<Line<>> subject;
  Required<std::optional<Day>> date;
  Reference<PartyRecord> party;
  Reference<CampaignRecord> campaign;
  Reference<ActionRecord> action;
  Reference<EmployeeRecord> responsible;
  bool completed = false;
  ReadOnly<std::optional<Instant>> completed_at;
  Line<> outcome;
  Personal<LongText> note;
  ReadOnly<Personal<Line<>>> name_frozen;  // of the contact, when the item was generated
  ReadOnly<Personal<Line<>>> email_frozen;
  ReadOnly<Line<>> permission_frozen;
  Tags tags;
  CustomValues custom;
};
BOOST_DESCRIBE_STRUCT(DossierItemRecord, (),
                      (type, subject, date, party, campaign, action, responsible, completed, completed_at, outcome,
                       note, name_frozen, email_frozen, permission_frozen, tags, custom))

enum class ResponseChannel { email, phone, fax, letter, appointment, other };
template <>
inline constexpr std::array<std::string_view, 6> names<ResponseChannel> = {"email",  "phone",       "fax",
                                                                           "letter", "appointment", "other"};

enum class ResponseCode { interested, not_interested, do_not_send, error };
template <>
inline constexpr std::array<std::string_view, 4> names<ResponseCode> = {"interested", "not_interested", "do_not_send",
                                                                        "error"};

enum class ResponseStatus { open, closed, cancelled };
template <>
inline constexpr std::array<std::string_view, 3> names<ResponseStatus> = {"open", "closed", "cancelled"};

struct ResponseRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "response", .plural = "responses", .sort = "received_at"};

  Required<Reference<CampaignRecord>> campaign;
  Required<Line<>> subject;
  ResponseChannel channel = ResponseChannel::email;
  Required<std::optional<ResponseCode>> code;
  Reference<PartyRecord> party;
  Personal<Line<>> company_name;
  Personal<Line<>> contact_name;
  Personal<EmailAddress> email;
  Personal<Line<>> phone_work;
  Required<std::optional<Instant>> received_at;
  Line<> promotion_code;
  ResponseStatus status = ResponseStatus::open;
};
BOOST_DESCRIBE_STRUCT(ResponseRecord, (),
                      (campaign, subject, channel, code, party, company_name, contact_name, email, phone_work,
                       received_at, promotion_code, status))

enum class ContactOutcome { contacted_successful, contacted_unsuccessful, never_contact_again };
template <>
inline constexpr std::array<std::string_view, 3> names<ContactOutcome> = {
    "contacted_successful", "contacted_unsuccessful", "never_contact_again"};

struct ContactStatusRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "contact_status", .plural = "contact_statuses"};

  Required<Reference<CampaignRecord>> campaign;
  Required<Reference<PartyRecord>> party;
  std::optional<ContactOutcome> status;
};
BOOST_DESCRIBE_STRUCT(ContactStatusRecord, (), (campaign, party, status))

}  // namespace rabatt
