// What stands in the tables of the records: cells, keys, references.
#include <algorithm>

#include "check.h"
#include "rabatt/decimal.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

bool is_right(const Field& field, std::string_view cell) {
  switch (field.kind) {
    case FieldKind::text: return !cell.empty() && is_utf8(cell);
    case FieldKind::decimal: return Decimal::parse(cell).has_value();
    case FieldKind::integer: return integer_of(cell).has_value();
    case FieldKind::reference: return integer_of(cell).value_or(0) > 0;
    case FieldKind::boolean: return cell == "0" || cell == "1";
    case FieldKind::day: return day_of(cell) && text_of(*day_of(cell)) == cell;
    case FieldKind::instant: return instant_of(cell) && text_of(*instant_of(cell)) == cell;
    case FieldKind::choice: return std::find(field.choices.begin(), field.choices.end(), cell) != field.choices.end();
  }
  return false;
}

// `select id, fields, keys`: what each field's cell and its key are in a row.
struct Columns {
  std::string sql;
  std::vector<std::size_t> keys;  // the column of a field's key; 0: it has none
};

Columns columns_of(std::span<const Field> fields) {
  Columns columns;
  for (const auto& field : fields) columns.sql.append(", ").append(sql_name(field.name));
  for (const auto& field : fields) {
    if (has_key(field)) columns.sql.append(", ").append(key_column(field));
  }
  std::size_t next = fields.size() + 1;
  for (const auto& field : fields) columns.keys.push_back(has_key(field) ? next++ : 0);
  return columns;
}

void check_row(RowView row, std::span<const Field> fields, const Columns& columns, const TextOrder& order,
               std::string_view record, std::string_view list, std::string_view parent, Findings* findings) {
  const auto report = [&](std::string_view code, const Field& field, std::string message) {
    std::string path(list);
    path.append(path.empty() ? "" : ".").append(field.name);
    findings->add(code, named(record, integer_of(row[0].value_or("")).value_or(0)), path + ": " + std::move(message));
  };
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto& field = fields[i];
    const auto& cell = row[i + 1];
    if (!cell && (field.required || (!parent.empty() && field.name == parent))) {
      report("wrong_value", field, "This field is required.");
    }
    const bool right = !cell || is_right(field, *cell);
    if (!right) report("wrong_value", field, "No such value can stand here.");
    if (!right || columns.keys[i] == 0) continue;
    const auto& key = row[columns.keys[i]];
    if (key != (cell ? Cell(order.key(*cell)) : Cell())) report("wrong_key", field, "The key is not that of the text.");
  }
}

// The rows of `table` that refer by `column` to no record of `target`; `owner` is the column that says whose they are.
void check_reference(Session& session, const RecordType& type, const std::string& table, const std::string& owner,
                     const std::string& column, const RecordType& target, const std::string& path, Findings* findings) {
  session.run("select r." + owner + " from " + table + " r left join " + sql_name(target.name()) + " t on t.id = r." +
                  column + " where r." + column + " is not null and t.id is null",
              {}, [&](RowView row) {
                findings->add("lost_reference", named(type.name(), *integer_of(row[0].value_or("0"))),
                              path + ": There is no such " + std::string(target.name()) + ".");
              });
}

}  // namespace

void check_rows(Session& session, Findings* findings) {
  if (session.value("select count(*) from settings") != Cell("1") ||
      !session.value("select id from settings where id = 1")) {
    findings->add("wrong_value", "settings #1", "There is one row of settings.");
  }
  const auto& order = session.company().order;
  for (const auto* type : record_types()) {
    const auto columns = columns_of(type->fields());
    session.run("select id" + columns.sql + " from " + sql_name(type->name()), {}, [&](RowView row) {
      check_row(row, type->fields(), columns, order, type->name(), "", type->parent(), findings);
    });
    for (const auto& list : type->lists()) {
      const auto of_list = columns_of(list.columns);
      session.run("select \"owner\"" + of_list.sql + " from " + table_of(*type, list).name, {}, [&](RowView row) {
        check_row(row, list.columns, of_list, order, type->name(), list.name, "", findings);
      });
    }
  }
}

void check_references(Session& session, Findings* findings) {
  const auto check = [&](const RecordType& type, const std::string& table, const std::string& owner,
                         std::span<const Field> fields, const std::string& path) {
    for (const auto& field : fields) {
      if (field.kind != FieldKind::reference) continue;
      check_reference(session, type, table, owner, sql_name(field.name), field.target(), path + std::string(field.name),
                      findings);
    }
  };
  for (const auto* type : record_types()) {
    check(*type, table_of(*type).name, "id", type->fields(), "");
    for (const auto& list : type->lists()) {
      const auto& table = table_of(*type, list).name;
      check_reference(session, *type, table, "owner", "owner", *type, std::string(list.name), findings);
      check(*type, table, "owner", list.columns, std::string(list.name) + ".");
    }
  }
  session.run(
      "select p.sequence from log_personal p left join log l on l.sequence = p.sequence where l.sequence is null", {},
      [&](RowView row) {
        findings->add("lost_reference", named("log_personal", *integer_of(*row[0])), "There is no such change.");
      });
}

}  // namespace rabatt
