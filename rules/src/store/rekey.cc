#include "rekey.h"

#include "stored.h"

namespace rabatt {
namespace {

constexpr std::string_view batch = "1000";

// In front of keys that were written already: while the letters change places, a new key may be another's old one. No
// text on one line has this character, and it sorts before those that have.
constexpr char written = '\x01';

// A table with texts, and the columns that tell its rows apart.
struct TextTable {
  std::string name;
  std::string_view id, position;
  std::vector<std::string> texts, keys;
};

TextTable text_table(const std::string& name, std::string_view id, std::string_view position,
                     std::span<const Field> fields) {
  TextTable table{name, id, position, {}, {}};
  for (const auto& field : fields) {
    if (!has_key(field)) continue;
    table.texts.push_back(sql_name(field.name));
    table.keys.push_back(key_column(field));
  }
  return table;
}

std::string select_of(const TextTable& table) {
  const std::string id(table.id), position(table.position);
  std::string sql = "select " + id + ", " + position;
  for (const auto& text : table.texts) sql.append(", ").append(text);
  return sql + " from " + table.name + " where (" + id + ", " + position + ") > ($1, $2) order by " + id + ", " +
         position + " limit " + std::string(batch);
}

std::string update_of(const TextTable& table) {
  std::string sql = "update " + table.name + " set ";
  for (std::size_t i = 0; i < table.keys.size(); ++i) {
    sql.append(i > 0 ? ", " : "").append(table.keys[i]).append(" = $").append(std::to_string(i + 3));
  }
  return sql.append(" where ").append(table.id).append(" = $1 and ").append(table.position).append(" = $2");
}

void rekey_table(Session& session, const TextTable& table, const TextOrder& order) {
  if (table.texts.empty()) return;
  const auto select = select_of(table), update = update_of(table);
  Cells last = {"0", "-1"};
  for (std::vector<Cells> rows;; rows.clear()) {
    session.run(select, {*last[0], *last[1]}, [&](RowView row) { rows.push_back(cells_of(row)); });
    if (rows.empty()) break;
    for (auto& row : rows) {
      for (std::size_t i = 2; i < row.size(); ++i) {
        if (row[i]) row[i] = written + order.key(*row[i]);
      }
      const std::vector<CellView> views(row.begin(), row.end());
      session.run(update, views);
    }
    last = std::move(rows.back());
  }
  std::string finish = "update " + table.name + " set ";
  for (const auto& key : table.keys) {
    finish.append(&key == &table.keys.front() ? "" : ", ").append(key).append(" = substr(").append(key).append(", 2)");
  }
  session.run(finish);
}

// Of numbers of removed records nothing is left but their keys.
void rekey_taken(Session& session, std::string_view record, const TextOrder& before, const TextOrder& after) {
  std::string last(1, '\x02');
  for (std::vector<std::string> keys;; keys.clear()) {
    session.run("select number_key from taken_number where record = $1 and number_key > $2 order by number_key limit " +
                    std::string(batch),
                {record, last}, [&](RowView row) { keys.emplace_back(*row[0]); });
    if (keys.empty()) break;
    for (const auto& key : keys) {
      session.run("update taken_number set number_key = $3 where record = $1 and number_key = $2",
                  {record, key, written + after.key(before.folded_of(key))});
    }
    last = std::move(keys.back());
  }
  session.run("update taken_number set number_key = substr(number_key, 2) where record = $1", {record});
}

}  // namespace

void rekey(Session& session, const TextOrder& before, const TextOrder& after) {
  for (const auto* type : record_types()) {
    rekey_table(session, text_table(table_of(*type).name, "id", "id", type->fields()), after);
    for (const auto& list : type->lists()) {
      rekey_table(session, text_table(table_of(*type, list).name, "owner", "position", list.columns), after);
    }
    if (type->field("number")) rekey_taken(session, type->name(), before, after);
  }
}

}  // namespace rabatt
