#include "record_rules.h"

#include <algorithm>

#include "attachments.h"
#include "campaign_rules.h"
#include "custom_fields.h"
#include "email_permissions.h"
#include "numbers.h"
#include "rabatt/records/doing.h"
#include "recipients.h"
#include "target_groups.h"
#include "writing.h"
#include "zones.h"

namespace rabatt {
namespace {

// A field of a record's values by its name.
Cell& field(const RecordType& type, std::string_view name, Values* values) { return values->fields[*type.field(name)]; }

std::string count_of(Session& session, const std::string& table, const std::string& column, const std::string& id) {
  return session.value("select count(*) from " + table + " where " + column + " = $1", {id}).value_or("0");
}

// Units of an item that lines of campaigns and price books are in, and that it has no longer.
void verify_item(Session& session, std::int64_t id) {
  for (const std::string_view lines : {"campaign_line", "price_book_line"}) {
    const auto unit = session.value(
        "select l.unit from " + std::string(lines) +
            " l join item i on i.id = l.item where i.id = $1 and l.unit is not null and l.unit <> i.unit "
            "and not exists (select 1 from item_units u where u.owner = i.id and u.\"key\" = l.unit) limit 1",
        {std::to_string(id)});
    if (unit) throw Error(Code::in_use, "units." + *unit + " " + std::string(lines));
    const auto base = session.value("select i.number from " + std::string(lines) +
                                        " l join item i on i.id = l.item where i.id = $1 group by l." +
                                        std::string(record_named(lines)->parent()) +
                                        ", coalesce(l.unit, i.unit), l.quantity_min, i.number "
                                        "having count(*) > 1 limit 1",
                                    {std::to_string(id)});
    if (base) throw Error(Code::duplicate_item, subject_of("unit", *base + " " + std::string(lines)));
  }
}

// What orders call a customer by: one each.
void verify_party(Session& session, std::int64_t id) {
  const auto text = std::to_string(id);
  const auto key = session.value(
      "select coalesce(customer_number_key, number_key) from party where id = $1 and is_customer = true", {text});
  if (!key) return;
  const auto other = session.value(
      "select number from party where customer_number_key = $1 and is_customer = true and id <> $2 union all "
      "select number from party where number_key = $1 and customer_number_key is null and is_customer = true "
      "and id <> $2 limit 1",
      {*key, text});
  if (other) throw Error(Code::duplicate_code, subject_of("customer_number", *other));
}

// Currencies that records are in, and that the settings have no longer.
void verify_currencies(Session& session) {
  const auto verify_column = [&](const std::string& table, std::string_view column, std::string_view user) {
    session.run("select distinct " + sql_name(column) + " from " + table, {}, [&](RowView row) {
      if (!row[0] || session.company().knows_currency(*row[0])) return;
      throw Error(Code::in_use, "currencies." + std::string(*row[0]) + " " + std::string(user));
    });
  };
  for (const auto* type : record_types()) {
    for (const auto& field : type->fields()) {
      if (field.form != TextForm::currency || field.kind != FieldKind::text) continue;
      verify_column(sql_name(type->name()), field.name, type->name());
    }
    for (const auto& list : type->lists()) {
      if (is_by_currency(list)) verify_column(table_of(*type, list).name, list.columns[0].name, type->name());
    }
  }
}

void verify_settings(Session& session) {
  const auto zone = session.value("select zone from settings where id = 1");
  if (zone && !is_zone(*zone)) throw Error(Code::invalid_value, subject_of("zone", *zone));
  verify_currencies(session);
}

void verify_numerator(Session& session, std::int64_t id) {
  const auto kind = session.value("select kind from numerator where id = $1", {std::to_string(id)});
  const auto* type = record_named(*kind);
  if (!type || type->name() != *kind || !type->field("number")) {
    throw Error(Code::unknown_record, subject_of("kind", *kind));
  }
}

std::string email_of(Session& session, std::int64_t party) {
  return session.value("select email from party where id = $1", {std::to_string(party)}).value_or("");
}

}  // namespace

void complete(Session& session, const RecordType& type, Values* values) {
  if (type.name() == "campaign") {
    auto& date = field(type, "date", values);
    if (!date) date = cell_of(local_day(session.time(), session.at().zone));
  } else if (type.name() == "member") {
    complete_member(session, values);
  } else if (type.name() == "action_contact") {
    auto& added_at = field(type, "added_at", values);
    if (!added_at) added_at = text_of(session.time());
  } else if (type.name() == "dossier_item") {
    auto& completed_at = field(type, "completed_at", values);
    const bool completed = field(type, "completed", values) == "1";
    if (!completed) completed_at = {};
    if (completed && !completed_at) completed_at = text_of(session.time());
  } else if (type.name() == "attachment") {
    auto& title = field(type, "title", values);
    if (!title) title = field(type, "file_name", values);
  }
}

void verify(Session& session, const RecordType& type, std::int64_t id) {
  if (type.name() == "campaign") verify_campaign(session, id);
  if (type.name() == "price_book") verify_price_book(session, id);
  if (type.name() == "item") verify_item(session, id);
  if (type.name() == "party") verify_party(session, id);
  if (type.name() == "settings") verify_settings(session);
  if (type.name() == "numerator") verify_numerator(session, id);
  if (type.name() == "recipient") verify_recipient(session, id);
  if (type.name() == "target_group") verify_target_group(session, id);
  if (type.name() == "member" || type.name() == "action_contact") verify_party_once(session, type, id);
  if (type.name() == "attachment") verify_attachment(session, id);
  if (type.name() == "custom_field") verify_custom_field(session, id);
  if (type.name() == "email_permission") verify_permission(session, id);
}

void throw_if_any(std::vector<Problem> problems) {
  if (problems.empty()) return;
  std::stable_sort(problems.begin(), problems.end(),
                   [](const Problem& a, const Problem& b) { return a.path < b.path; });
  throw Errors(std::move(problems));
}

void finish_lines(Session& session, const RecordType& type, std::int64_t parent) {
  const auto& parent_type = type.fields()[*type.field(type.parent())].target();
  touch(session, parent_type, parent, "lines");
  verify(session, parent_type, parent);
}

void follow_up(Session& session, const RecordType& type, std::int64_t id) {
  if (type.name() == "numerator") keep_one_default(session, id);
  if (type.name() == "custom_field") session.custom_fields().clear();
}

void follow_change(Session& session, const RecordType& type, std::int64_t id, const Values* before,
                   const Values& after) {
  const auto changes = [&](std::initializer_list<std::string_view> names) {
    return !before || std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      const auto index = *type.field(name);
      return before->fields[index] != after.fields[index];
    });
  };
  if (type.name() == "response" && changes({"code", "party", "email"})) {
    ResponseRecord response;
    type.fill(&response, after);
    if (response.code != ResponseCode::do_not_send) return;
    withdraw_permission(session,
                        response.email.empty() ? email_of(session, response.party.id) : std::string(response.email),
                        PermissionStatus::cancelled, "response: " + response.subject);
  } else if (type.name() == "contact_status" && changes({"status", "party"})) {
    ContactStatusRecord status;
    type.fill(&status, after);
    if (status.status != ContactOutcome::never_contact_again) return;
    withdraw_permission(session, email_of(session, status.party.id), PermissionStatus::blocked, "never contact again");
  } else if (type.name() == "campaign" && before && changes({"numerator"})) {
    verify_kind_of_numerator(session, type, after);
  } else if (type.name() == "recipient" && before && changes({"email"})) {
    verify_email(session, id);
  }
}

void follow_removal(Session& session, const RecordType& type, const Stored& stored) {
  if (type.name() == "attachment") drop_content(session, stored.values.fields[*type.field("sha256")].value_or(""));
  if (type.name() == "custom_field") session.custom_fields().clear();
}

bool is_by_currency(const ListField& list) { return list.is_map && (list.name == "prices" || list.name == "cost"); }

bool lets_go(const RecordType& type) { return type.name() == "campaign" || type.name() == "action"; }

bool has_id_of_parent(const RecordType& type) {
  for (const auto* parent : record_types()) {
    for (const auto& child : parent->children()) {
      if (child.is_single && &child.type() == &type) return true;
    }
  }
  return false;
}

std::vector<std::pair<const RecordType*, std::int64_t>> uses_of(Session& session, const RecordType& type,
                                                                std::int64_t id) {
  std::vector<std::pair<const RecordType*, std::int64_t>> uses;
  if (lets_go(type)) return uses;
  const auto text = std::to_string(id);
  for (const auto* user : record_types()) {
    std::int64_t count = 0;
    for (const auto& reference : user->fields()) {
      const bool refers = reference.kind == FieldKind::reference && &reference.target() == &type;
      if (!refers || reference.name == user->parent()) continue;
      count += *integer_of(count_of(session, sql_name(user->name()), sql_name(reference.name), text));
    }
    for (const auto& list : user->lists()) {
      for (const auto& column : list.columns) {
        if (column.kind != FieldKind::reference || &column.target() != &type) continue;
        count += *integer_of(count_of(session, table_of(*user, list).name, sql_name(column.name), text));
      }
    }
    if (count > 0) uses.emplace_back(user, count);
  }
  return uses;
}

}  // namespace rabatt
