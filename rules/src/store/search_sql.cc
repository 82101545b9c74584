#include "search_sql.h"

#include <algorithm>
#include <array>
#include <set>

#include "custom_fields.h"
#include "rabatt/text.h"
#include "records/computed.h"
#include "records/read_cell.h"
#include "rights.h"
#include "search_pattern.h"
#include "zones.h"

namespace rabatt {
namespace {

// What a free text is looked for in. A campaign's are those that its search form names.
constexpr std::array<std::string_view, 12> free_text_fields = {"number",       "code",        "name",    "initials",
                                                               "slogan",       "description", "title",   "company_name",
                                                               "contact_name", "email",       "subject", "file_name"};

constexpr std::string_view id_key = "r.\"id\"";

// Blank counts as 0 here.
constexpr std::array<std::string_view, 3> zero_when_blank = {"budget", "recipients", "sort_index"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A field that can be searched: stored, computed or a stamp.
struct Searched {
  Field field;
  std::string sql;      // its value
  std::string key_sql;  // what texts compare and sort by
};

std::optional<Searched> stamp_named(std::string_view name) {
  Field field{.name = name};
  if (name == "id" || name == "revision") {
    field.kind = FieldKind::integer;
  } else if (name == "created_at" || name == "changed_at") {
    field.kind = FieldKind::instant;
  } else if (name != "created_by" && name != "changed_by") {
    return std::nullopt;
  }
  const auto sql = "r." + sql_name(name);
  return Searched{field, sql, sql};
}

Searched searched(const RecordType& type, std::string_view name) {
  if (const auto index = type.field(name)) {
    const auto& field = type.fields()[*index];
    const auto sql = "r." + sql_name(field.name);
    std::string key = sql;
    if (has_key(field)) key = "r." + key_column(field);
    if (field.kind == FieldKind::reference && !field.target().labels().empty()) {
      key = sql_name("of_" + std::string(field.name)) + "." +
            key_column(field.target().fields()[field.target().labels().front()]);
    }
    return {field, sql, key};
  }
  for (const auto& computed : computed_fields(type)) {
    const auto sql = "(" + std::string(computed.sql) + ")";
    if (computed.field.name == name) return {computed.field, sql, sql};
  }
  if (auto stamp = stamp_named(name)) return std::move(*stamp);
  throw Error(Code::unknown_field, subject_of(type.name(), name));
}

std::string_view sql_of(Operator op) {
  switch (op) {
    case Operator::not_equal: return "<>";
    case Operator::less: return "<";
    case Operator::at_most: return "<=";
    case Operator::greater: return ">";
    case Operator::at_least: return ">=";
    default: return "=";
  }
}

bool holds(const Decimal& a, Operator op, const Decimal& b) {
  switch (op) {
    case Operator::not_equal: return a != b;
    case Operator::less: return a < b;
    case Operator::at_most: return a <= b;
    case Operator::greater: return a > b;
    case Operator::at_least: return a >= b;
    default: return a == b;
  }
}

class SearchWriter {
 public:
  SearchWriter(Session& session, const RecordType& type) : session_(session), type_(type) {}

  SearchSql write(const SearchQuery& query) {
    add_view(query.view);
    for (const auto& criterion : query.criteria) add_criterion(criterion);
    if (!query.text.empty()) add_free_text(query.text);
    for (const auto& tag : query.tags) add_tag(tag);
    for (const auto& [name, value] : query.custom) add_custom(name, value);
    if (!query.letter.empty()) add_letter(query.letter);
    add_range("r.created_at", query.created);
    add_range("r.changed_at", query.changed);
    const auto readable =
        readable_sql(session_, type_, [this](std::string text) { return parameter(std::move(text)); });
    if (!readable.empty()) both(readable);
    if (sql_.condition.empty()) sql_.condition = "true";
    add_order(query.sort);
    return std::move(sql_);
  }

 private:
  std::string parameter(std::string value) {
    sql_.parameters.push_back(std::move(value));
    return "$" + std::to_string(sql_.parameters.size());
  }

  void both(const std::string& condition) {
    sql_.condition.append(sql_.condition.empty() ? "" : " and ").append("(").append(condition).append(")");
  }

  const TextOrder& order() { return session_.company().order; }

  void add_view(SearchView view) {
    if (view != SearchView::all && type_.field("template")) both("r.template = false");
    const bool has_active = type_.field("active").has_value();
    switch (view) {
      case SearchView::all: return;
      case SearchView::active:
        if (has_active) both("r.active = true");
        return;
      case SearchView::inactive: return both(has_active ? "r.active = false" : "false");
      case SearchView::mine:
      case SearchView::not_mine: {
        const auto me = parameter(session_.by());
        const auto mine = "coalesce(r.created_by, '') = " + me + " or coalesce(r.changed_by, '') = " + me;
        return both(view == SearchView::mine ? mine : "not (" + mine + ")");
      }
    }
  }

  // ---- one field ----

  void add_criterion(const Criterion& criterion) {
    const auto what = searched(type_, criterion.field);
    if (criterion.op == Operator::in) return add_any(what, criterion);
    const auto& value = criterion.values[0];
    if (!value.text || value.text->empty()) {
      return both(what.sql + (criterion.op == Operator::equal ? " is null" : " is not null"));
    }
    const bool is_stamp = type_.field(criterion.field) == std::nullopt;
    if (criterion.op == Operator::like && what.field.kind == FieldKind::text && !is_stamp) {
      return add_like(what, *value.text);
    }
    add_comparison(what, criterion.op == Operator::like ? Operator::equal : criterion.op, value);
  }

  void add_like(const Searched& what, std::string_view term) {
    const auto pattern = like_pattern(term, order());
    if (!pattern.empty()) both(what.key_sql + " like " + parameter(pattern) + " escape '\\'");
  }

  // The value as the database compares it.
  std::string compared(const Searched& what, const SearchValue& value) {
    if (what.field.kind == FieldKind::text) return order().key(*value.text);
    if (what.field.kind == FieldKind::reference) return std::to_string(id_of(what.field, value));
    auto any = what.field;
    any.least = any.most = std::nullopt;  // a bound of a search may lie outside
    any.most_places = std::nullopt;
    const auto read = read_cell(any, *value.text);
    if (read.fault) throw Error(*read.fault, subject_of(what.field.name, *value.text));
    return read.cell.value_or("");
  }

  std::int64_t id_of(const Field& field, const SearchValue& value) {
    if (value.is_number) return integer_of(*value.text).value_or(0);
    const auto id = session_.id_labelled(field.target(), *value.text);
    if (id == 0) throw Error(Code::not_found, subject_of(field.name, *value.text));
    return id;
  }

  // Texts compare by their keys; by their code points where they are stamps, which have none.
  static const std::string& left_side(const Searched& what) {
    return what.field.kind == FieldKind::text ? what.key_sql : what.sql;
  }

  // Stamps and computed words have no key: they are compared as they stand.
  std::string right_side(const Searched& what, const SearchValue& value) {
    return what.sql == what.key_sql && what.field.kind == FieldKind::text ? *value.text : compared(what, value);
  }

  void add_comparison(const Searched& what, Operator op, const SearchValue& value) {
    const auto& left = left_side(what);
    const auto text = right_side(what, value);
    const bool zero = is_one_of(what.field.name, zero_when_blank);
    const bool finds_blank = zero ? holds(Decimal(0), op, Decimal(text)) : op == Operator::not_equal;
    const auto condition = left + " " + std::string(sql_of(op)) + " " + parameter(text);
    both(finds_blank ? condition + " or " + left + " is null" : condition);
  }

  void add_any(const Searched& what, const Criterion& criterion) {
    std::string listed, any;
    bool finds_blank = false;
    for (const auto& value : criterion.values) {
      if (value.text) {
        const auto text = right_side(what, value);
        finds_blank = finds_blank || (is_one_of(what.field.name, zero_when_blank) && Decimal(text) == Decimal(0));
        listed.append(listed.empty() ? "" : ", ").append(parameter(text));
      } else {
        finds_blank = true;
      }
    }
    if (finds_blank) any = what.sql + " is null";
    if (!listed.empty()) any.append(any.empty() ? "" : " or ").append(left_side(what) + " in (" + listed + ")");
    both(any.empty() ? "false" : any);
  }

  // ---- over several fields ----

  void add_free_text(std::string_view term) {
    const auto pattern = like_pattern(term, order());
    if (pattern.empty()) return;
    const auto right = parameter(pattern);
    std::string any;
    for (const auto& field : type_.fields()) {
      if (field.kind != FieldKind::text || !is_one_of(field.name, free_text_fields)) continue;
      if (type_.name() == "campaign" && field.name == "number") continue;
      any.append(any.empty() ? "" : " or ").append("r.").append(key_column(field));
      any.append(" like ").append(right).append(" escape '\\'");
    }
    both(any.empty() ? "false" : any);
  }

  void add_tag(std::string_view tag) {
    const auto list = type_.list("tags");
    if (!list) throw Error(Code::unknown_field, subject_of(type_.name(), "tags"));
    if (trimmed(tag).empty()) return;
    both("exists (select 1 from " + table_of(type_, type_.lists()[*list]).name +
         " t where t.owner = r.id and t.value_key = " + parameter(order().key(trimmed(tag))) + ")");
  }

  void add_custom(std::string_view name, std::string_view value) {
    const auto list = type_.list("custom");
    if (!list) throw Error(Code::unknown_field, subject_of(type_.name(), "custom"));
    const auto pattern = like_pattern(value, order());
    if (pattern.empty()) return;
    const auto key = order().key(trimmed(name));
    const auto condition = "exists (select 1 from " + table_of(type_, type_.lists()[*list]).name +
                           " c where c.owner = r.id and c.key_key = " + parameter(key);
    const auto& fields = custom_fields(session_, type_);
    const auto field = fields.find(key);
    if (field == fields.end() || field->second.kind == CustomKind::text) {
      return both(condition + " and c.value_key like " + parameter(pattern) + " escape '\\')");
    }
    const auto read = read_custom(field->second, value);
    if (read.fault) throw Error(*read.fault, subject_of(name, value));
    both(condition + " and c.value_key = " + parameter(order().key(*read.cell)) + ")");
  }

  // What lists by letter go by: the name, or what the record is sorted by.
  std::string initial_of_record() const {
    const auto name = type_.field("name") ? type_.field("name") : type_.field(type_.sort());
    if (!name || !has_key(type_.fields()[*name])) throw Error(Code::unknown_field, subject_of(type_.name(), "letter"));
    return "substr(r." + key_column(type_.fields()[*name]) + ", 1, 1)";
  }

  void add_letter(std::string_view letter) {
    const auto initial = initial_of_record();
    if (letter != "#") return both(initial + " = " + parameter(order().key(letter)));
    std::string known;
    for (const auto& one : order().letters()) known.append(known.empty() ? "" : ", ").append(parameter(one));
    both(initial + " not in (" + known + ") or " + initial + " is null");
  }

  void add_range(const std::string& column, const DayRange& range) {
    const auto& zone = session_.at().zone;
    // neither database knows other years than 1 to 9999; nothing is stored outside of them
    constexpr Day first{std::chrono::year(1), std::chrono::January, std::chrono::day(2)};
    constexpr Day last{std::chrono::year(9999), std::chrono::December, std::chrono::day(30)};
    if (range.from && *range.from >= first) {
      both(column + " >= " + parameter(text_of(start_of_day(*range.from, zone))));
    }
    if (!range.until || *range.until > last) return;
    const Day next(std::chrono::sys_days(*range.until) + std::chrono::days(1));
    both(column + " < " + parameter(text_of(start_of_day(next, zone))));
  }

  // ---- order ----

  // The row of what a reference refers to, by whose label it sorts.
  void join(const Field& field) {
    if (!joined_.insert(field.name).second) return;
    const auto alias = sql_name("of_" + std::string(field.name));
    sql_.joins.append(" left join ").append(sql_name(field.target().name())).append(" as ").append(alias);
    sql_.joins.append(" on ").append(alias).append(".id = r.").append(sql_name(field.name));
  }

  void add_order(std::vector<SortColumn> columns) {
    if (columns.empty() && !type_.sort().empty()) columns.push_back({std::string(type_.sort()), false});
    const bool by_id = std::any_of(columns.begin(), columns.end(), [](const auto& one) { return one.field == "id"; });
    if (!by_id) columns.push_back({"id", false});
    for (const auto& column : columns) {
      const auto what = searched(type_, column.field);
      if (what.field.kind == FieldKind::reference) join(what.field);
      const auto& key =
          what.field.kind == FieldKind::text || what.field.kind == FieldKind::reference ? what.key_sql : what.sql;
      sql_.sort_keys.push_back(key);
      sql_.descending.push_back(column.descending);
      sql_.order.append(sql_.order.empty() ? "" : ", ").append(key);
      sql_.order.append(column.descending ? " desc" : "").append(column.field == "id" ? "" : " nulls last");
    }
  }

  Session& session_;
  const RecordType& type_;
  SearchSql sql_;
  std::set<std::string_view> joined_;
};

}  // namespace

std::span<const CellView> SearchSql::views() {
  views_.assign(parameters.begin(), parameters.end());
  return views_;
}

SearchSql search_sql(Session& session, const RecordType& type, const SearchQuery& query) {
  return SearchWriter(session, type).write(query);
}

void start_after(const Cells& keys, SearchSql* sql) {
  std::string behind;
  std::string same;  // the earlier keys are equal
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& key = sql->sort_keys[i];
    if (keys[i]) {
      sql->parameters.push_back(*keys[i]);
      const auto value = "$" + std::to_string(sql->parameters.size());
      const auto beyond = key + (sql->descending[i] ? " < " : " > ") + value;
      // an id is never null, and databases go straight to the next one where nothing else is asked
      const auto further = key == id_key ? beyond : "(" + beyond + " or " + key + " is null)";
      behind.append(behind.empty() ? "" : " or ").append("(").append(same).append(further).append(")");
      same += key + " = " + value + " and ";
    } else {
      same += key + " is null and ";  // nulls are last: nothing is behind them
    }
  }
  sql->condition.append(" and (").append(behind.empty() ? "false" : behind).append(")");
}

}  // namespace rabatt
