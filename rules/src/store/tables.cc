#include "tables.h"

#include "records/computed.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace rabatt {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text.append(text.empty() ? "" : ", ").append(part);
  return text;
}

void add_columns(std::span<const Field> fields, std::vector<std::string>* columns) {
  for (const auto& field : fields) {
    if (has_key(field)) columns->push_back(std::string(field.name) + "_key");
  }
  for (const auto& field : fields) columns->emplace_back(field.name);
}

Table make_table(const RecordType& type) {
  Table table{
      .plain_name = std::string(type.name()), .name = sql_name(type.name()), .columns = {}, .from = {}, .select = {}};
  std::vector<std::string> selected;
  for (const auto stamp : stamp_columns) {
    table.columns.emplace_back(stamp);
    selected.push_back("r." + sql_name(stamp));
  }
  add_columns(type.fields(), &table.columns);
  for (const auto& field : type.fields()) selected.push_back("r." + sql_name(field.name));
  for (const auto& computed : computed_fields(type)) selected.emplace_back(computed.sql);
  table.from = " from " + table.name + " as r" + std::string(computed_join(type));
  table.select = "select " + joined(selected) + table.from;
  return table;
}

Table make_table(const RecordType& type, const ListField& list) {
  const auto name = std::string(type.name()) + "_" + std::string(list.name);
  Table table{.plain_name = name, .name = sql_name(name), .columns = {"owner", "position"}, .from = {}, .select = {}};
  std::vector<std::string> selected = {"r.\"owner\""};
  add_columns(list.columns, &table.columns);
  for (const auto& column : list.columns) selected.push_back("r." + sql_name(column.name));
  table.from = " from " + table.name + " as r";
  table.select = "select " + joined(selected) + table.from;
  return table;
}

// Tables by the thing they belong to; made once.
template <class Key, class Make>
const Table& remembered(const Key* key, const Make& make) {
  static std::mutex mutex;
  static std::map<const Key*, std::unique_ptr<Table>> tables;
  const std::scoped_lock lock(mutex);
  auto& table = tables[key];
  if (!table) table = std::make_unique<Table>(make());
  return *table;
}

}  // namespace

std::string sql_name(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string key_column(const Field& field) { return sql_name(std::string(field.name) + "_key"); }

const Table& table_of(const RecordType& type) {
  return remembered(&type, [&] { return make_table(type); });
}

const Table& table_of(const RecordType& type, const ListField& list) {
  return remembered(&list, [&] { return make_table(type, list); });
}

void append_with_keys(std::span<const Field> fields, const Cells& cells, const TextOrder& order, Cells* row) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (has_key(fields[i])) row->push_back(cells[i] ? Cell(order.key(*cells[i])) : Cell());
  }
  row->insert(row->end(), cells.begin(), cells.end());
}

}  // namespace rabatt
