#include "history.h"

#include <algorithm>

#include "json_text.h"

namespace rabatt {
namespace {

constexpr std::string_view log_columns[] = {"sequence", "record", "id", "revision", "at", "by", "verb", "changes"};

Table plain_table(std::string_view name, std::span<const std::string_view> columns) {
  return {.plain_name = std::string(name),
          .name = {},
          .columns = {columns.begin(), columns.end()},
          .from = {},
          .select = {}};
}

const Table& log_table() {
  static const Table table = plain_table("log", log_columns);
  return table;
}

const Table& personal_table() {
  static constexpr std::string_view columns[] = {"sequence", "changes"};
  static const Table table = plain_table("log_personal", columns);
  return table;
}

const Table& version_table() {
  static constexpr std::string_view columns[] = {"record", "id", "revision", "since", "until", "content"};
  static const Table table = plain_table("version", columns);
  return table;
}

void append_rows(const std::vector<Cells>& rows, std::string* json) {
  *json += '[';
  for (const auto& row : rows) {
    append_comma(json);
    *json += '[';
    for (const auto& cell : row) {
      append_comma(json);
      append_raw(cell, json);
    }
    *json += ']';
  }
  *json += ']';
}

void append_name(std::string_view name, std::string* json) {
  append_comma(json);
  append_string(name, json);
  *json += ':';
}

// The changed fields, each with what it was and what it is. What is personal goes to a text of its own and is only
// named in the other.
struct Changes {
  std::string open = "{";
  std::string personal = "{";
};

void append_json(JsonView value, std::string* json) {
  if (value.kind() != JsonKind::array)
    return append_raw(value.kind() == JsonKind::null ? Cell() : Cell(value.text()), json);
  *json += '[';
  value.each([&](JsonView entry) {
    append_comma(json);
    append_json(entry, json);
  });
  *json += ']';
}

// A row of append_changes().
void append_logged(RowView row, std::span<const std::string> fields, std::string* json) {
  JsonTape open, personal;
  if (!open.read(*row[7]).empty() || !personal.read(row[8].value_or("{}")).empty()) {
    throw Error(Code::store_corrupt, "log #" + std::string(*row[0]));
  }
  append_comma(json);
  json->append("{\"sequence\":").append(*row[0]).append(",\"at\":\"").append(*row[1]).append("\",\"by\":");
  append_raw(owned(row[2]), json);
  json->append(",\"record\":\"").append(*row[3]).append("\",\"id\":").append(*row[4]);
  json->append(",\"revision\":").append(*row[5]).append(",\"verb\":\"").append(*row[6]).append("\",\"changes\":{");
  std::string erased = "[";
  open.root().each([&](JsonView member) {
    if (!fields.empty() && std::find(fields.begin(), fields.end(), member.key()) == fields.end()) return;
    std::optional<JsonView> pair;
    if (member.kind() == JsonKind::array) pair = member;
    if (!pair) {
      personal.root().each([&](JsonView other) {
        if (other.key() == member.key()) pair = other;
      });
    }
    if (!pair) {
      append_comma(&erased);
      return append_string(member.key(), &erased);
    }
    append_name(member.key(), json);
    append_json(*pair, json);
  });
  json->append("},\"erased\":").append(erased).append("]}");
}

void append_change(const Field& field, const Cell& before, const Cell& after, Changes* changes) {
  std::string pair = "[";
  append_raw(before, &pair);
  pair += ',';
  append_raw(after, &pair);
  pair += ']';
  append_name(field.name, &changes->open);
  if (!field.personal) {
    changes->open += pair;
    return;
  }
  changes->open += "null";
  append_name(field.name, &changes->personal);
  changes->personal += pair;
}

Changes changes_between(const RecordType& type, const Values* before, const Values* after) {
  Changes changes;
  static const Cell nothing;
  static const std::vector<Cells> no_rows;
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& was = before ? before->fields[i] : nothing;
    const auto& is = after ? after->fields[i] : nothing;
    if (was != is) append_change(type.fields()[i], was, is, &changes);
  }
  for (std::size_t i = 0; i < type.lists().size(); ++i) {
    const auto& was = before ? before->lists[i] : no_rows;
    const auto& is = after ? after->lists[i] : no_rows;
    if (was == is) continue;
    append_name(type.lists()[i].name, &changes.open);
    changes.open += '[';
    append_rows(was, &changes.open);
    changes.open += ',';
    append_rows(is, &changes.open);
    changes.open += ']';
  }
  changes.open += '}';
  changes.personal += '}';
  return changes;
}

}  // namespace

std::vector<Cells> rows_from(JsonView list) {
  std::vector<Cells> rows;
  list.each([&](JsonView entry) {
    auto& row = rows.emplace_back();
    entry.each(
        [&](JsonView cell) { row.push_back(cell.kind() == JsonKind::null ? Cell() : Cell(std::string(cell.text()))); });
  });
  return rows;
}

std::int64_t log_change(Session& session, const RecordType& type, std::int64_t id, std::int64_t revision,
                        std::string_view verb, const Values* before, const Values* after) {
  const auto sequence = session.next_sequence();
  auto changes = changes_between(type, before, after);
  session.insert(log_table(),
                 {std::to_string(sequence), std::string(type.name()), std::to_string(id), std::to_string(revision),
                  text_of(session.time()), cell_of(session.by()), std::string(verb), std::move(changes.open)});
  if (changes.personal != "{}") {
    session.insert(personal_table(), {std::to_string(sequence), std::move(changes.personal)});
  }
  return sequence;
}

void append_changes(Session& session, const std::string& condition, std::initializer_list<CellView> parameters,
                    std::string* json, std::span<const std::string> fields) {
  session.run(
      "select l.sequence, l.\"at\", l.\"by\", l.record, l.id, l.revision, l.verb, l.changes, p.changes from log l "
      "left join log_personal p on p.sequence = l.sequence where " +
          condition + " order by l.sequence",
      parameters, [&](RowView row) { append_logged(row, fields, json); });
}

void forget_change(Session& session, std::int64_t sequence, std::span<const std::string> fields) {
  const auto text = std::to_string(sequence);
  std::string left = "{";
  Cell personal;
  if (!fields.empty()) personal = session.value("select changes from log_personal where sequence = $1", {text});
  JsonTape tape;
  if (personal && tape.read(*personal).empty()) {
    tape.root().each([&](JsonView pair) {
      if (std::find(fields.begin(), fields.end(), pair.key()) != fields.end()) return;
      append_name(pair.key(), &left);
      append_json(pair, &left);
    });
  }
  if (left == "{") {
    session.run("delete from log_personal where sequence = $1", {text});
  } else {
    session.run("update log_personal set changes = $2 where sequence = $1", {text, left + "}"});
  }
}

std::string content_of(const RecordType& type, const Values& values) {
  std::string json = "{";
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    if (field.personal || (!values.fields[i] && !field.blank)) continue;
    append_name(type.fields()[i].name, &json);
    append_raw(values.fields[i], &json);
  }
  for (std::size_t i = 0; i < type.lists().size(); ++i) {
    if (values.lists[i].empty()) continue;
    append_name(type.lists()[i].name, &json);
    append_rows(values.lists[i], &json);
  }
  return json + "}";
}

Values values_from_content(const RecordType& type, std::string_view content) {
  JsonTape tape;
  Values values = type.blank();
  for (auto& rows : values.lists) rows.clear();
  if (!tape.read(content).empty()) throw Error(Code::store_corrupt, std::string(type.name()) + " version");
  tape.root().each([&](JsonView member) {
    if (const auto field = type.field(member.key())) {
      values.fields[*field] = member.kind() == JsonKind::null ? Cell() : Cell(std::string(member.text()));
    } else if (const auto list = type.list(member.key())) {
      values.lists[*list] = rows_from(member);
    }
  });
  return values;
}

void keep_version(Session& session, const RecordType& type, const Stored& stored, std::int64_t until) {
  session.insert(version_table(),
                 {std::string(type.name()), std::to_string(stored.id), std::to_string(stored.revision),
                  std::to_string(stored.since), std::to_string(until), content_of(type, stored.values)});
}

}  // namespace rabatt
