// Whether tables, indexes and views are what the records say.
#include <algorithm>
#include <map>

#include "check.h"
#include "schema.h"

namespace rabatt {
namespace {

using Columns = std::map<std::string, std::string, std::less<>>;  // type by name

std::string unquoted(std::string_view name) {
  return std::string(name.starts_with('"') ? name.substr(1, name.size() - 2) : name);
}

// The word, or the name in quotes, that begins at `at`.
std::string_view word_at(std::string_view sql, std::size_t at) {
  const auto end = sql[at] == '"' ? sql.find('"', at + 1) + 1 : sql.find_first_of(" (,\n", at);
  return sql.substr(at, end - at);
}

// The columns of a `create table` in the form of schema.cc: one a line.
Columns declared_columns(std::string_view sql) {
  Columns columns;
  for (auto at = sql.find("\n  "); at != std::string_view::npos; at = sql.find("\n  ", at + 1)) {
    const auto name = word_at(sql, at + 3);
    if (name == "primary") continue;
    auto type = sql.substr(at + 3 + name.size() + 1);
    type = type.substr(0, type.find('\n'));
    for (const std::string_view end : {",", " not null", " primary key", " references"}) {
      type = type.substr(0, type.find(end));
    }
    columns.emplace(unquoted(name), type);
  }
  return columns;
}

Columns columns_in_sqlite(Session& session, const std::string& table) {
  Columns columns;
  const auto sql = session.value("select sql from sqlite_master where type = 'table' and name = $1", {table});
  session.run("select name, lower(type) from pragma_table_info($1)", {table}, [&](RowView row) {
    std::string type(*row[1]);
    // the pragma does not tell by what a column is compared
    const auto definition = std::string(*row[0]) + "\" text collate rabatt_decimal";
    if (sql && sql->find("\"" + definition) != std::string::npos) type += " collate rabatt_decimal";
    columns.emplace(*row[0], std::move(type));
  });
  return columns;
}

Columns columns_in_postgres(Session& session, const std::string& table) {
  Columns columns;
  session.run(
      "select a.attname, format_type(a.atttypid, a.atttypmod), c.collname from pg_attribute a "
      "left join pg_collation c on c.oid = a.attcollation "
      "where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped",
      {sql_name(table)}, [&](RowView row) {
        std::string type(*row[1]);
        if (type == "timestamp(3) with time zone") type = "timestamptz(3)";
        if (row[2]) type.append(" collate \"").append(*row[2]).append("\"");
        columns.emplace(*row[0], std::move(type));
      });
  return columns;
}

void check_table(Session& session, std::string_view statement, Findings* findings) {
  const auto table = unquoted(word_at(statement, std::string_view("create table ").size()));
  const bool sqlite = session.dialect().name == "sqlite";
  const auto present = sqlite ? columns_in_sqlite(session, table) : columns_in_postgres(session, table);
  if (present.empty()) return findings->add("wrong_schema", table, "There is no such table.");
  const auto declared = declared_columns(statement);
  for (const auto& [name, type] : declared) {
    const auto found = present.find(name);
    if (found == present.end()) {
      findings->add("wrong_schema", table + "." + name, "There is no such column.");
    } else if (found->second != type) {
      findings->add("wrong_schema", table + "." + name, "This is " + found->second + " instead of " + type + ".");
    }
  }
  for (const auto& [name, type] : present) {
    if (!declared.contains(name)) findings->add("wrong_schema", table + "." + name, "No record has this column.");
  }
}

// Whether each index is unique, by name; views are not.
std::map<std::string, bool, std::less<>> indexes_and_views(Session& session) {
  std::map<std::string, bool, std::less<>> found;
  session.run(session.dialect().name == "sqlite" ? "select name, lower(substr(sql, 1, 14)) = 'create unique ' from "
                                                   "sqlite_master where type in ('index', 'view')"
                                                 : "select c.relname, coalesce(i.indisunique, false) from pg_class c "
                                                   "left join pg_index i on i.indexrelid = c.oid "
                                                   "where c.relkind in ('i', 'v') and pg_table_is_visible(c.oid)",
              {}, [&](RowView row) { found.emplace(*row[0], row[1] == "1"); });
  return found;
}

}  // namespace

void check_schema(Session& session, Findings* findings) {
  const auto present = indexes_and_views(session);
  for (const auto& statement : schema_statements(session.dialect())) {
    const std::string_view sql = statement;
    if (sql.starts_with("create table ")) {
      check_table(session, sql, findings);
      continue;
    }
    const bool unique = sql.starts_with("create unique ");
    const auto kind = sql.starts_with("create view ") ? std::string_view("view ") : std::string_view("index ");
    const auto name = unquoted(word_at(sql, sql.find(kind) + kind.size()));
    const auto found = present.find(name);
    if (found == present.end()) {
      findings->add("wrong_schema", name, "There is no such " + std::string(kind.substr(0, kind.size() - 1)) + ".");
    } else if (unique && !found->second) {
      findings->add("wrong_schema", name, "This index is not unique.");
    }
  }
  const auto edition = session.value("select unicode_edition from store_state");
  if (edition != Cell(std::string(unicode_edition()))) {
    findings->add("wrong_schema", "store_state.unicode_edition",
                  "Keys of texts are of Unicode " + edition.value_or("?") + ", this program's of " +
                      std::string(unicode_edition()) + ".");
  }
}

}  // namespace rabatt
