#include "find.h"

#include <map>

#include "json_tape.h"
#include "json_text.h"
#include "record_json.h"
#include "search_sql.h"
#include "stored.h"

namespace rabatt {
namespace {

// The place behind a row: its sort keys, as a JSON list of texts.
std::string place_of(std::span<const CellView> keys) {
  std::string place = "[";
  for (const auto& key : keys) {
    append_comma(&place);
    append_raw(key ? Cell(std::string(*key)) : Cell(), &place);
  }
  return place + "]";
}

Cells keys_of(const std::string& place, std::size_t count) {
  JsonTape tape;
  Cells keys;
  if (tape.read(place).empty() && tape.root().kind() == JsonKind::array) {
    tape.root().each(
        [&](JsonView key) { keys.push_back(key.kind() == JsonKind::null ? Cell() : Cell(std::string(key.text()))); });
  }
  if (keys.size() != count) throw Error(Code::invalid_value, subject_of("after", place));
  return keys;
}

std::string list_of_ids(const std::vector<Stored>& page) {
  std::string ids;
  for (const auto& stored : page) ids.append(ids.empty() ? "" : ", ").append(std::to_string(stored.id));
  return ids;
}

// The lists of all records of a page, each with one statement.
void load_lists(Session& session, const RecordType& type, std::vector<Stored>* page) {
  std::map<std::int64_t, Stored*> by_id;
  for (auto& stored : *page) {
    by_id[stored.id] = &stored;
  }
  for (std::size_t i = 0; i < type.lists().size() && !page->empty(); ++i) {
    const auto& list = type.lists()[i];
    session.run(
        table_of(type, list).select + " where r.\"owner\" in (" + list_of_ids(*page) +
            ") order by r.\"owner\", r.\"position\"",
        {}, [&](RowView row) { by_id.at(*integer_of(*row[0]))->values.lists[i].push_back(cells_of(row.subspan(1))); });
  }
}

}  // namespace

Page find_stored(Session& session, const RecordType& type, const SearchQuery& query) {
  auto sql = search_sql(session, type, query);
  if (!query.after.empty()) start_after(keys_of(query.after, sql.sort_keys.size()), &sql);
  const auto& table = table_of(type);
  auto select = table.select.substr(0, table.select.size() - table.from.size());
  for (const auto& key : sql.sort_keys) select.append(", ").append(key);
  // which rows it is, from few columns; then all columns of these few
  const auto from = table.from + sql.joins;
  const auto order = " order by " + sql.order;
  select += from + " where r.\"id\" in (select r.\"id\"" + from + " where " + sql.condition + order + " limit " +
            std::to_string(query.limit + 1) + ")" + order;
  Page page;
  std::string last;
  session.run(select, sql.views(), [&](RowView row) {
    if (page.rows.size() == static_cast<std::size_t>(query.limit)) {
      page.next = last;
      return;
    }
    const auto keys = sql.sort_keys.size();
    page.rows.push_back(stored_of(type, row.first(row.size() - keys)));
    last = place_of(row.last(keys));
  });
  load_lists(session, type, &page.rows);
  return page;
}

std::string find_page(Session& session, const RecordType& type, const SearchQuery& query) {
  const auto page = find_stored(session, type, query);
  const Labels labels(session, type, page.rows);
  std::string json = "{\"rows\":[";
  for (const auto& stored : page.rows) {
    append_comma(&json);
    json += to_json(type, stored, labels);
  }
  json += "],\"next\":";
  append_raw(page.next, &json);
  return json + "}";
}

std::string totals(Session& session, const RecordType& type, const std::vector<std::string>& fields,
                   const SearchQuery& query) {
  auto sql = search_sql(session, type, query);
  std::vector<std::size_t> grouped;
  std::string columns;
  std::string order;
  for (const auto& name : fields) {
    const auto index = type.field(name);
    if (!index) throw Error(Code::unknown_field, subject_of(type.name(), name));
    grouped.push_back(*index);
    const auto column = "r." + sql_name(name);
    columns.append(columns.empty() ? "" : ", ").append(column);
    order.append(order.empty() ? "" : ", ").append(column).append(" nulls last");
  }
  if (grouped.empty()) throw Error(Code::field_required, "by");
  std::vector<Stored> rows;  // of the grouped fields alone
  std::vector<std::string> counts;
  session.run("select " + columns + ", count(*)" + table_of(type).from + sql.joins + " where " + sql.condition +
                  " group by " + columns + " order by " + order,
              sql.views(), [&](RowView row) {
                auto& values = rows.emplace_back().values;
                values = {Cells(type.fields().size()), std::vector<std::vector<Cells>>(type.lists().size())};
                for (std::size_t i = 0; i < grouped.size(); ++i) {
                  if (row[i]) values.fields[grouped[i]] = std::string(*row[i]);
                }
                counts.emplace_back(*row.back());
              });
  const Labels labels(session, type, rows);
  std::string json = "{\"rows\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    append_comma(&json);
    json += '{';
    for (const auto index : grouped) {
      const auto& field = type.fields()[index];
      append_string(field.name, &json);
      json += ':';
      append_value(field, rows[i].values.fields[index], labels, &json);
      json += ',';
    }
    json.append("\"count\":").append(counts[i]).append("}");
  }
  return json + "]}";
}

std::int64_t count_found(Session& session, const RecordType& type, const SearchQuery& query) {
  auto sql = search_sql(session, type, query);
  std::int64_t count = 0;
  session.run("select count(*)" + table_of(type).from + sql.joins + " where " + sql.condition, sql.views(),
              [&](RowView row) { count = *integer_of(*row[0]); });
  return count;
}

}  // namespace rabatt
