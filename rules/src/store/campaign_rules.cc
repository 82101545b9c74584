#include "campaign_rules.h"

#include <algorithm>

#include "rabatt/records/campaign.h"
#include "record_rules.h"
#include "writing.h"

namespace rabatt {
namespace {

using Problems = std::vector<Problem>;

// A rule of lines: what is wrong where `faulty` holds of the line l and its item i, and of which field.
struct LineRule {
  Code code;
  std::string_view faulty;
  std::string_view field;
  std::string_view message;
};

constexpr LineRule no_duplicates = {
    Code::duplicate_item,
    "row_number() over (partition by l.item, coalesce(l.unit, i.unit), l.quantity_min order by l.line, l.id) > 1",
    "item", "This item, unit and quantity stands here already."};
constexpr LineRule known_unit = {
    Code::unknown_unit,
    "l.unit is not null and l.unit <> i.unit "
    "and not exists (select 1 from item_units u where u.owner = l.item and u.\"key\" = l.unit)",
    "unit", "The item has no such unit."};
constexpr LineRule no_discount = {Code::wrong_line_field, "l.discount is not null", "discount",
                                  "The campaign sets prices."};
constexpr LineRule no_price = {Code::wrong_line_field, "l.price is not null", "price", "The campaign sets discounts."};
constexpr LineRule has_price = {Code::field_required, "l.price is null", "price", "A line of a set price has one."};
constexpr LineRule has_discount = {Code::field_required, "l.discount is null", "discount",
                                   "A line of a set discount has one."};

// Looks at all lines of `table` under the record `parent` at once; returns whether there are any.
bool check_lines(Session& session, const std::string& table, const std::string& parent, const std::string& list,
                 const std::string& id, std::span<const LineRule> rules, Problems* problems) {
  std::string flags;
  std::string columns;
  std::string any;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto name = "fault_" + std::to_string(i);
    flags.append(", case when ").append(rules[i].faulty).append(" then 1 else 0 end as ").append(name);
    columns.append(", ").append(name);
    any.append(any.empty() ? "" : " + ").append(name);
  }
  const auto sql = "select position, number" + columns +
                   " from (select row_number() over (order by l.line, l.id) - 1 as position, i.number as number" +
                   flags + " from " + table + " l join item i on i.id = l.item where l." + parent +
                   " = $1) as lines where " + any + " > 0 or position = 0 order by position limit 100";
  bool has_lines = false;
  session.run(sql, {id}, [&](RowView row) {
    has_lines = true;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (row[2 + i] != "1") continue;
      const auto path = list + "[" + std::string(*row[0]) + "]." + std::string(rules[i].field);
      problems->push_back({rules[i].code, rules[i].field == "item" ? subject_of(path, row[1].value_or("")) : path,
                           std::string(rules[i].message)});
    }
  });
  return has_lines;
}

}  // namespace

void verify_campaign(Session& session, std::int64_t id) {
  const auto text = std::to_string(id);
  Cell pricing_type;
  Cell currency;
  bool posted = false;
  session.run("select pricing_type, currency, posted from campaign where id = $1", {text}, [&](RowView row) {
    if (row[0]) pricing_type = std::string(*row[0]);
    if (row[1]) currency = std::string(*row[1]);
    posted = row[2] == "1";
  });
  std::vector<LineRule> rules = {no_duplicates, known_unit};
  if (pricing_type == "set_price") rules.push_back(no_discount);
  if (pricing_type == "set_discount") rules.push_back(no_price);
  if (posted && pricing_type == "set_price") rules.push_back(has_price);
  if (posted && pricing_type == "set_discount") rules.push_back(has_discount);
  Problems problems;
  const bool has_lines = check_lines(session, "campaign_line", "campaign", "lines", text, rules, &problems);
  if (posted && !has_lines) problems.push_back({Code::no_lines, "lines", "A posted campaign has a line."});
  if (posted && !pricing_type) {
    problems.push_back({Code::pricing_type_required, "pricing_type", "A posted campaign has one."});
  }
  if (posted && pricing_type == "set_price" && !currency) {
    problems.push_back({Code::currency_required, "currency", "A posted set price has one."});
  }
  throw_if_any(std::move(problems));
}

void check_target_group(const Stored& before, const Values& after) {
  const auto& type = record_type<CampaignRecord>();
  const auto posted = *type.field("posted"), group = *type.field("target_group");
  if (before.values.fields[posted] != "1" || before.values.fields[group] == after.fields[group]) return;
  throw Error(Code::already_posted, "target_group");
}

void change_pricing_type(Session& session, const Stored& before, const Values& after, bool gives_lines, bool force) {
  const auto field = *record_type<CampaignRecord>().field("pricing_type");
  const auto& former = before.values.fields[field];
  const auto& type = after.fields[field];
  if (gives_lines || type == former) return;
  const std::string other = (type ? *type == "set_price" : *former == "set_discount") ? "discount" : "price";
  const auto& line_type = record_type<CampaignLineRecord>();
  std::vector<Stored> lines;
  load_where(session, line_type, "r.campaign = $1 and r." + other + " is not null", {std::to_string(before.id)},
             [&](Stored stored) { lines.push_back(std::move(stored)); });
  if (!lines.empty() && !force) throw Error(Code::type_has_lines, "pricing_type");
  for (const auto& line : lines) {
    auto values = line.values;
    values.fields[*line_type.field(other)] = {};
    write_change(session, line_type, line, values, "save");
  }
}

void verify_price_book(Session& session, std::int64_t id) {
  Problems problems;
  const std::vector<LineRule> rules = {no_duplicates, known_unit};
  check_lines(session, "price_book_line", "price_book", "prices", std::to_string(id), rules, &problems);
  throw_if_any(std::move(problems));
}

}  // namespace rabatt
