#include "record_states.h"

#include <algorithm>
#include <deque>

#include "history.h"

namespace rabatt {
namespace {

std::string column_names(std::span<const Field> fields) {
  std::string names;
  for (const auto& field : fields) names.append(", ").append(sql_name(field.name));
  return names;
}

// Whether one of these is asked for: where none is named, all are.
bool is_wanted(std::string_view name, std::span<const std::string_view> named) {
  return named.empty() || std::find(named.begin(), named.end(), name) != named.end();
}

// The rows that were there at a sequence, by their column `since`; all of them where that is now.
std::string since_condition(std::int64_t sequence, std::string_view keyword) {
  return sequence == present ? "" : std::string(keyword) + " since <= " + std::to_string(sequence);
}

// All lists of the records of a type, read side by side with them: each is in the order of its owners.
class Lists {
 public:
  Lists(Session& session, const RecordType& type, std::int64_t sequence, std::span<const std::string_view> named)
      : lists_(type.lists().size()) {
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      const auto& list = type.lists()[i];
      if (!is_wanted(list.name, named)) continue;
      auto sql = "select \"owner\"" + column_names(list.columns) + " from " + table_of(type, list).name;
      if (sequence != present) {
        sql +=
            " where \"owner\" in (select id from " + sql_name(type.name()) + since_condition(sequence, " where") + ")";
      }
      session.run(sql + " order by \"owner\", \"position\"", {}, [&](RowView row) {
        auto& cells = lists_[i].emplace_back();
        for (const auto& cell : row) cells.push_back(owned(cell));
      });
    }
  }

  // Takes the rows of an owner; owners come in rising order.
  void take(std::int64_t owner, Values* values) {
    values->lists.resize(lists_.size());
    std::string id;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      auto& waiting = lists_[i];
      values->lists[i].clear();
      if (waiting.empty()) continue;
      if (id.empty()) id = std::to_string(owner);
      while (!waiting.empty() && waiting.front()[0] == id) {
        auto& row = waiting.front();
        row.erase(row.begin());
        values->lists[i].push_back(std::move(row));
        waiting.pop_front();
      }
    }
  }

 private:
  std::vector<std::deque<Cells>> lists_;
};

// Without a new string where there is one.
void assign(CellView from, Cell* to) {
  if (!from) {
    to->reset();
  } else if (*to) {
    (*to)->assign(*from);
  } else {
    to->emplace(*from);
  }
}

}  // namespace

void each_state(Session& session, const RecordType& type, std::int64_t sequence,
                std::span<const std::string_view> named,
                const std::function<void(std::int64_t id, const Values& values)>& visit) {
  Lists lists(session, type, sequence, named);
  std::string columns;
  std::vector<std::size_t> fields;
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    if (!is_wanted(type.fields()[i].name, named)) continue;
    columns.append(", ").append(sql_name(type.fields()[i].name));
    fields.push_back(i);
  }
  Values values;  // of one record after the other
  values.fields.resize(type.fields().size());
  session.run(
      "select id" + columns + " from " + sql_name(type.name()) + since_condition(sequence, " where") + " order by id",
      {}, [&](RowView row) {
        for (std::size_t i = 0; i < fields.size(); ++i) assign(row[i + 1], &values.fields[fields[i]]);
        const auto id = *integer_of(*row[0]);
        lists.take(id, &values);
        visit(id, values);
      });
  if (sequence == present) return;
  session.run("select id, content from version where record = $1 and since <= $2 and until > $2 order by id",
              {type.name(), std::to_string(sequence)},
              [&](RowView row) { visit(*integer_of(*row[0]), values_from_content(type, *row[1])); });
}

}  // namespace rabatt
