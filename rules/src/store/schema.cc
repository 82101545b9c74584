#include "schema.h"

#include <absl/strings/str_replace.h>

#include <algorithm>

#include "migrations.h"
#include "rabatt/error.h"
#include "records/text_order.h"
#include "tables.h"

namespace rabatt {
namespace {

std::string_view sql_type(const Field& field, const Dialect& dialect) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::choice: return dialect.text;
    case FieldKind::decimal: return dialect.decimal;
    case FieldKind::integer:
    case FieldKind::reference: return dialect.integer;
    case FieldKind::boolean: return dialect.boolean;
    case FieldKind::day: return dialect.day;
    case FieldKind::instant: return dialect.instant;
  }
  return dialect.text;
}

// The columns of fields, in the order of Table::columns. The keys of texts are in front: searches look at these, and a
// database goes through a row from its front.
std::string columns_of(std::span<const Field> fields, const Dialect& dialect) {
  std::string columns;
  for (const auto& field : fields) {
    if (has_key(field)) columns.append(",\n  ").append(key_column(field)).append(" ").append(dialect.text);
  }
  for (const auto& field : fields) {
    columns.append(",\n  ").append(sql_name(field.name)).append(" ").append(sql_type(field, dialect));
    if (field.kind == FieldKind::reference) {
      columns.append(" references ")
          .append(sql_name(field.target().name()))
          .append(" (id) deferrable initially deferred");
    }
  }
  return columns;
}

std::string record_table(const RecordType& type, const Dialect& dialect) {
  const std::string integer(dialect.integer);
  const std::string stamp = " " + std::string(dialect.instant) + " not null";
  const std::string by = " " + std::string(dialect.text);
  return "create table " + table_of(type).name + " (\n  \"id\" " + integer + " primary key,\n  \"revision\" " +
         integer + " not null,\n  \"since\" " + integer + " not null,\n  \"created_at\"" + stamp +
         ",\n  \"created_by\"" + by + ",\n  \"changed_at\"" + stamp + ",\n  \"changed_by\"" + by +
         columns_of(type.fields(), dialect) + "\n)";
}

std::string list_table(const RecordType& type, const ListField& list, const Dialect& dialect) {
  const std::string integer(dialect.integer);
  return "create table " + table_of(type, list).name + " (\n  \"owner\" " + integer + " not null references " +
         sql_name(type.name()) + " (id) deferrable initially deferred,\n  \"position\" " + integer + " not null" +
         columns_of(list.columns, dialect) + ",\n  primary key (\"owner\", \"position\")\n)";
}

void add_indexes(const RecordType& type, std::vector<std::string>* statements) {
  const auto index = [&](const Field& field, const std::string& column) {
    statements->push_back("create " + std::string(field.unique ? "unique " : "") + "index " +
                          sql_name(std::string(type.name()) + "_by_" + std::string(field.name)) + " on " +
                          sql_name(type.name()) + " (" + column + ") where " + column + " is not null");
  };
  for (const auto& field : type.fields()) {
    if (field.kind == FieldKind::reference) index(field, sql_name(field.name));
    const bool is_looked_up = field.unique || field.form == TextForm::email;
    if (field.kind == FieldKind::text && is_looked_up) index(field, key_column(field));
  }
  if (type.listed().empty()) return;
  std::string columns;
  for (const auto name : type.listed()) {
    const auto& field = type.fields()[*type.field(name)];
    columns.append(has_key(field) ? key_column(field) : sql_name(name)).append(", ");
  }
  statements->push_back("create index " + sql_name(std::string(type.name()) + "_listed") + " on " +
                        sql_name(type.name()) + " (" + columns + "\"id\")");
}

// What people query with SQL: the fields under their names, decimals as numbers, compared as such where nobody knows
// the collation of the column. The `with` keeps PostgreSQL from writing through the view.
std::string view_of(const RecordType& type, const Dialect& dialect) {
  std::string columns = "\"id\", \"revision\", \"created_at\", \"created_by\", \"changed_at\", \"changed_by\"";
  for (const auto& field : type.fields()) {
    const auto name = sql_name(field.name);
    const bool is_text_there = field.kind == FieldKind::decimal && dialect.decimal.starts_with(dialect.text);
    columns.append(", ").append(is_text_there ? "cast(" + name + " as numeric) collate binary as " + name : name);
  }
  return "create view " + sql_name("v_" + std::string(type.name())) + " as with r as (select " + columns + " from " +
         sql_name(type.name()) + ") select * from r";
}

// What the store keeps beside the records.
constexpr std::string_view own_tables = R"(
create table store_state (
  one {integer} primary key check (one = 1),
  schema_version {integer} not null,
  unicode_edition {text} not null,
  sequence {integer} not null,
  last_at {instant} not null
);
create table record_ids (
  record {text} primary key,
  next {integer} not null
);
create table taken_number (
  record {text} not null,
  number_key {text} not null,
  primary key (record, number_key)
);
create table content (
  sha256 {text} primary key,
  size {integer} not null
);
create table content_chunk (
  sha256 {text} not null references content (sha256) deferrable initially deferred,
  position {integer} not null,
  bytes {bytes} not null,
  primary key (sha256, position)
);
create table log (
  sequence {integer} primary key,
  record {text} not null,
  id {integer} not null,
  revision {integer} not null,
  "at" {instant} not null,
  "by" {text},
  verb {text} not null,
  changes {text} not null
);
create index log_by_record on log (record, id);
create index log_by_time on log ("at");
create table log_personal (
  sequence {integer} primary key,
  changes {text}
);
create table version (
  record {text} not null,
  id {integer} not null,
  revision {integer} not null,
  since {integer} not null,
  until {integer} not null,
  content {text} not null,
  primary key (record, id, revision)
);
create index version_by_end on version (record, until)
)";

void create_views(Connection& connection) {
  for (const auto* type : record_types()) connection.run(view_of(*type, connection.dialect()));
}

void drop_views(Connection& connection) {
  for (const auto* type : record_types()) {
    connection.run("drop view if exists " + sql_name("v_" + std::string(type->name())));
  }
}

bool has_table(Connection& connection, std::string_view name) {
  const bool sqlite = connection.dialect().name == "sqlite";
  bool found = false;
  connection.run(sqlite ? "select 1 from sqlite_master where type = 'table' and name = $1"
                        : "select 1 from pg_catalog.pg_class where oid = to_regclass($1)",
                 {name}, [&](RowView) { found = true; });
  return found;
}

}  // namespace

std::string with_types(std::string_view sql, const Dialect& dialect) {
  return absl::StrReplaceAll(absl::string_view(sql.data(), sql.size()),
                             {{"{text}", absl::string_view(dialect.text.data(), dialect.text.size())},
                              {"{decimal}", absl::string_view(dialect.decimal.data(), dialect.decimal.size())},
                              {"{integer}", absl::string_view(dialect.integer.data(), dialect.integer.size())},
                              {"{boolean}", absl::string_view(dialect.boolean.data(), dialect.boolean.size())},
                              {"{day}", absl::string_view(dialect.day.data(), dialect.day.size())},
                              {"{instant}", absl::string_view(dialect.instant.data(), dialect.instant.size())},
                              {"{bytes}", absl::string_view(dialect.bytes.data(), dialect.bytes.size())}});
}

int schema_version() { return migrations().empty() ? 1 : migrations().back().version; }

int schema_version_of(Connection& connection) {
  if (!has_table(connection, "store_state")) return 0;
  int version = 0;
  connection.run("select schema_version from store_state", {},
                 [&](RowView row) { version = static_cast<int>(integer_of(row[0].value_or("")).value_or(0)); });
  if (version == 0) throw Error(Code::store_corrupt, "store_state");
  return version;
}

std::vector<std::string> table_statements(const Dialect& dialect) {
  std::vector<std::string> statements;
  for (const auto* type : record_types()) {
    statements.push_back(record_table(*type, dialect));
    add_indexes(*type, &statements);
    for (const auto& list : type->lists()) statements.push_back(list_table(*type, list, dialect));
  }
  return statements;
}

std::vector<StoreTable> all_tables() {
  std::vector<StoreTable> tables = {
      {"store_state", {"one", "schema_version", "unicode_edition", "sequence", "last_at"}},
      {"record_ids", {"record", "next"}},
      {"taken_number", {"record", "number_key"}},
      {"content", {"sha256", "size"}},
      {"content_chunk", {"sha256", "position", "bytes"}},
      {"log", {"sequence", "record", "id", "revision", "at", "by", "verb", "changes"}},
      {"log_personal", {"sequence", "changes"}},
      {"version", {"record", "id", "revision", "since", "until", "content"}},
  };
  for (const auto* type : record_types()) {
    tables.push_back({table_of(*type).plain_name, table_of(*type).columns});
    for (const auto& list : type->lists()) {
      tables.push_back({table_of(*type, list).plain_name, table_of(*type, list).columns});
    }
  }
  return tables;
}

std::vector<std::string> schema_statements(const Dialect& dialect) {
  std::vector<std::string> statements;
  const auto own = with_types(own_tables, dialect);
  for (std::string_view rest = own; !rest.empty();) {
    const auto end = std::min(rest.find(';'), rest.size());
    const auto begin = std::min(rest.find_first_not_of('\n'), end);
    statements.emplace_back(rest.substr(begin, end - begin));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (auto& statement : table_statements(dialect)) statements.push_back(std::move(statement));
  for (const auto* type : record_types()) statements.push_back(view_of(*type, dialect));
  return statements;
}

void create_schema(Connection& connection) {
  connection.run_script(with_types(own_tables, connection.dialect()));
  for (const auto& statement : table_statements(connection.dialect())) connection.run(statement);
  create_views(connection);
  connection.run(
      "insert into store_state (one, schema_version, unicode_edition, sequence, last_at) "
      "values (1, $1, $2, 0, '0001-01-01T00:00:00.000Z')",
      {std::to_string(schema_version()), unicode_edition()});
}

void migrate_schema(Connection& connection, int version) {
  for (const auto& migration : migrations()) {
    if (migration.version <= version) continue;
    connection.begin(Mode::write);
    try {
      if (schema_version_of(connection) >= migration.version) {  // somebody else was first
        connection.rollback();
        continue;
      }
      drop_views(connection);
      connection.run_script(with_types(migration.sql, connection.dialect()));
      if (migration.version == schema_version()) create_views(connection);
      connection.run("update store_state set schema_version = $1", {std::to_string(migration.version)});
      connection.commit();
    } catch (...) {
      connection.rollback();
      throw;
    }
  }
}

}  // namespace rabatt
