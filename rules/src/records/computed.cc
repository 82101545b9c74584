#include "computed.h"

#include <vector>

#include "rabatt/records/audience.h"

namespace rabatt {
namespace {

Field word(std::string_view name) { return {.name = name, .kind = FieldKind::text, .read_only = true}; }

// The signs that lists of campaigns and recipients have in front: of the status, and of the kind.
const std::vector<ComputedField>& of_campaign() {
  static const std::vector<ComputedField> fields = {
      {word("flag"),
       "case r.status when 'planned' then 'blue' when 'active' then 'yellow' when 'completed' then 'green' else 'red' "
       "end"},
      {word("symbol"),
       "case r.channel when 'email' then 'envelope' when 'letter' then 'documents' when 'fax' then 'fax' "
       "when 'web' then 'globe' when 'telephone' then 'phone' when 'radio' then 'radio' else 'tv' end"},
      {{.name = "budget", .kind = FieldKind::decimal, .read_only = true}, "own_plan.budget"},
      {{.name = "recipients", .kind = FieldKind::integer, .read_only = true}, "own_plan.recipients"},
  };
  return fields;
}

const std::vector<ComputedField>& of_recipient() {
  static const std::vector<ComputedField> fields = {
      {word("flag"), "case r.status when 'unconfirmed' then 'yellow' when 'confirmed' then 'green' else 'red' end"},
      {word("symbol"),
       "case r.source when 'customer' then 'green factory' when 'supplier' then 'blue factory' "
       "when 'customer_and_supplier' then 'blue-green factory' when 'contact' then 'yellow person' "
       "when 'lead' then 'phone' else '' end"},
  };
  return fields;
}

const std::vector<ComputedField>& of_attachment() {
  static const std::vector<ComputedField> fields = {
      {word("flag"), "case when r.included then 'green' else 'red' end"},
  };
  return fields;
}

const std::vector<ComputedField>& of_campaign_line() {
  static const std::vector<ComputedField> fields = {
      {word("tab"), "case own_item.kind when 'service' then 'services' else 'goods' end"},
  };
  return fields;
}

// When the row of a history came about, and by whom.
const std::vector<ComputedField>& of_history() {
  static const std::vector<ComputedField> fields = {
      {{.name = "at", .kind = FieldKind::instant, .read_only = true}, "r.created_at"},
      {word("by"), "r.created_by"},
  };
  return fields;
}

}  // namespace

std::span<const ComputedField> computed_fields(const RecordType& type) {
  if (type.name() == "campaign") return of_campaign();
  if (type.name() == "campaign_line") return of_campaign_line();
  if (type.name() == "recipient") return of_recipient();
  if (type.name() == "attachment") return of_attachment();
  if (type.name() == "generation" || type.name() == "permission_change") return of_history();
  return {};
}

std::string_view computed_join(const RecordType& type) {
  if (type.name() == "campaign") return " left join plan as own_plan on own_plan.id = r.id";
  if (type.name() == "campaign_line") return " left join item as own_item on own_item.id = r.item";
  return {};
}

}  // namespace rabatt
