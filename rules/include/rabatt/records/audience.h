// Whom a campaign addresses: target groups and their members, recipients, leads, permissions to send e-mail.
#pragma once

#include "rabatt/records/campaign.h"

namespace rabatt {

enum class GroupKind { mixed, company, contact, lead };
template <>
inline constexpr std::array<std::string_view, 4> names<GroupKind> = {"mixed", "company", "contact", "lead"};

// Who is in a group when the data it was made from changes.
enum class GroupMode {
  frozen,        // whoever was
  incremental,   // and whoever has come since
  synchronised,  // whoever meets the conditions now
};
template <>
inline constexpr std::array<std::string_view, 3> names<GroupMode> = {"frozen", "incremental", "synchronised"};

enum class Visibility { private_, read, write };  // for others than the one who is responsible
template <>
inline constexpr std::array<std::string_view, 3> names<Visibility> = {"private", "read", "write"};

enum class Sample { none, interval, random };
template <>
inline constexpr std::array<std::string_view, 3> names<Sample> = {"none", "interval", "random"};

// A criterion in the words of find().
struct Condition {
  Required<Line<>> record;
  Required<Line<>> field;
  Line<> operator_ = "=";
  Line<1000> value;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (record, field, operator_, value))

struct TargetGroupRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "target_group", .plural = "target_groups", .sort = "number"};

  Number number;
  Required<Line<>> name;
  bool active = true;
  LongText description;
  GroupKind kind = GroupKind::mixed;
  GroupMode mode = GroupMode::frozen;
  Visibility visibility = Visibility::private_;
  Reference<EmployeeRecord> responsible;
  Reference<EmailTemplateRecord> email_template;
  bool email_on_refresh = false;
  std::vector<Condition> conditions;  // all of them hold
  Sample sample = Sample::none;
  Count sample_interval;
  Count sample_size;
  Count sample_seed;
  ReadOnly<std::optional<Instant>> refreshed_at;
};
BOOST_DESCRIBE_STRUCT(TargetGroupRecord, (),
                      (number, name, active, description, kind, mode, visibility, responsible, email_template,
                       email_on_refresh, conditions, sample, sample_interval, sample_size, sample_seed, refreshed_at))

struct MemberRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "member", .plural = "members", .parent = "target_group"};

  Fixed<Required<Reference<TargetGroupRecord>>> target_group;
  Fixed<Required<Reference<PartyRecord>>> party;
  ReadOnly<std::optional<Instant>> added_at;
  ReadOnly<Line<>> origin;  // the selection it came from
  bool linked = true;
  ReadOnly<Personal<Line<>>> name_frozen;
  ReadOnly<Personal<Line<>>> email_frozen;
  ReadOnly<Line<>> permission_frozen;
};
BOOST_DESCRIBE_STRUCT(MemberRecord, (),
                      (target_group, party, added_at, origin, linked, name_frozen, email_frozen, permission_frozen))

// A member of the target group of a posted campaign, as of posting: what prices.
struct FrozenMemberRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "frozen_member",
                                       .plural = "frozen_members",
                                       .versioned = true,
                                       .parent = "campaign",
                                       .by_hand = ByHand::nothing};

  Fixed<Required<Reference<CampaignRecord>>> campaign;
  Fixed<Required<Reference<PartyRecord>>> party;
};
BOOST_DESCRIBE_STRUCT(FrozenMemberRecord, (), (campaign, party))

enum class RecipientSource { manual, customer, supplier, customer_and_supplier, contact, lead };
template <>
inline constexpr std::array<std::string_view, 6> names<RecipientSource> = {
    "manual", "customer", "supplier", "customer_and_supplier", "contact", "lead"};

enum class RecipientStatus { unconfirmed, confirmed, deactivated };
template <>
inline constexpr std::array<std::string_view, 3> names<RecipientStatus> = {"unconfirmed", "confirmed", "deactivated"};

struct RecipientRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "recipient", .plural = "recipients", .parent = "campaign", .sort = "company_name", .own_rights = true};

  Fixed<Required<Reference<CampaignRecord>>> campaign;
  Fixed<RecipientSource> source;
  Fixed<Reference<PartyRecord>> party;
  Fixed<Reference<struct LeadRecord>> lead;
  RecipientStatus status = RecipientStatus::unconfirmed;
  bool sent = false;
  std::optional<Instant> sent_at;
  bool undeliverable = false;
  Personal<Line<>> company_name;
  Personal<Line<>> contact_name;
  Line<> organisation_number;
  Line<> company_form;
  Line<> industry;
  Reference<SalesRegionRecord> sales_region;
  Personal<EmailAddress> email;
  Personal<Line<>> website;
  Personal<Line<>> phone_work;
  Personal<Line<>> phone_mobile;
  Personal<Line<>> fax;
  Personal<Line<>> address;
  Personal<Line<>> postal_code;
  Personal<Line<>> city;
  Line<> region;
  Line<> country;
  Personal<LongText> note;
  Tags tags;
  CustomValues custom;
};
BOOST_DESCRIBE_STRUCT(RecipientRecord, (),
                      (campaign, source, party, lead, status, sent, sent_at, undeliverable, company_name, contact_name,
                       organisation_number, company_form, industry, sales_region, email, website, phone_work,
                       phone_mobile, fax, address, postal_code, city, region, country, note, tags, custom))

enum class LeadStatus { open, qualified, disqualified };
template <>
inline constexpr std::array<std::string_view, 3> names<LeadStatus> = {"open", "qualified", "disqualified"};

struct LeadRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "lead", .plural = "leads", .sort = "number"};

  Number number;
  Required<Personal<Line<>>> name;
  Personal<Line<>> company_name;
  Personal<Line<>> contact_name;
  Personal<EmailAddress> email;
  Personal<Line<>> website;
  Personal<Line<>> phone_work;
  Personal<Line<>> phone_mobile;
  Personal<Line<>> fax;
  Personal<Line<>> address;
  Personal<Line<>> postal_code;
  Personal<Line<>> city;
  Line<> region;
  Line<> country;
  Reference<CampaignRecord> campaign;
  Line<> source;
  Reference<PhaseRecord> phase;
  LeadStatus status = LeadStatus::open;
  Reference<EmployeeRecord> responsible;
  Personal<LongText> description;
  Reference<PartyRecord> party;  // what it became
  Tags tags;
  CustomValues custom;
};
BOOST_DESCRIBE_STRUCT(LeadRecord, (),
                      (number, name, company_name, contact_name, email, website, phone_work, phone_mobile, fax, address,
                       postal_code, city, region, country, campaign, source, phase, status, responsible, description,
                       party, tags, custom))

enum class PermissionStatus { none, requested, confirmed, cancelled, stopped, blocked };
template <>
inline constexpr std::array<std::string_view, 6> names<PermissionStatus> = {"none",      "requested", "confirmed",
                                                                            "cancelled", "stopped",   "blocked"};

// Whether bulk e-mail may be sent to an address.
struct EmailPermissionRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "email_permission", .plural = "email_permissions", .sort = "email", .by_hand = ByHand::no_removal};

  Fixed<Required<Personal<Unique<EmailAddress>>>> email;
  Reference<PartyRecord> party;
  ReadOnly<PermissionStatus> status;
  ReadOnly<Personal<LongText>> proof;
  ReadOnly<Line<>> token_sha256;  // of the token that a confirmation must bring
};
BOOST_DESCRIBE_STRUCT(EmailPermissionRecord, (), (email, party, status, proof, token_sha256))

// A change of an e-mail permission.
struct PermissionChangeRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "permission_change",
                                       .plural = "permission_changes",
                                       .parent = "email_permission",
                                       .by_hand = ByHand::nothing};

  Fixed<Required<Reference<EmailPermissionRecord>>> email_permission;
  ReadOnly<PermissionStatus> from;
  ReadOnly<PermissionStatus> to;
  ReadOnly<Personal<LongText>> reason;
};
BOOST_DESCRIBE_STRUCT(PermissionChangeRecord, (), (email_permission, from, to, reason))

}  // namespace rabatt
