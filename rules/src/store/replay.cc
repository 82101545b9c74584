#include "replay.h"

#include "history.h"
#include "json_tape.h"

namespace rabatt {
namespace {

constexpr std::string_view batch = "1000";

// What a field was and is; nothing if that is not told.
struct Pair {
  Cell before, after;
};

std::optional<Pair> pair_of(JsonView value) {
  if (value.kind() != JsonKind::array) return std::nullopt;
  std::vector<Cell> cells;
  value.each(
      [&](JsonView cell) { cells.push_back(cell.kind() == JsonKind::null ? Cell() : Cell(std::string(cell.text()))); });
  if (cells.size() != 2) return std::nullopt;
  return Pair{std::move(cells[0]), std::move(cells[1])};
}

std::optional<Pair> personal_pair(const JsonTape* personal, std::string_view field) {
  std::optional<Pair> found;
  if (!personal || personal->root().kind() != JsonKind::object) return found;
  personal->root().each([&](JsonView member) {
    if (member.key() == field) found = pair_of(member);
  });
  return found;
}

Values nothing(const RecordType& type) {
  return {.fields = Cells(type.fields().size()), .lists = std::vector<std::vector<Cells>>(type.lists().size())};
}

}  // namespace

const Replay::Change* Replay::peek() {
  if (waiting_.empty() && !at_end_) {
    session_.run(
        "select l.sequence, l.id, l.revision, l.verb, l.changes, p.changes, l.\"at\", l.\"by\" from log l "
        "left join log_personal p on p.sequence = l.sequence "
        "where l.record = $1 and (l.id, l.sequence) > ($2, $3) order by l.id, l.sequence limit " +
            std::string(batch),
        {type_.name(), std::to_string(last_id_), std::to_string(last_sequence_)}, [&](RowView row) {
          waiting_.push_back({*integer_of(*row[0]), *integer_of(*row[1]), *integer_of(*row[2]), std::string(*row[3]),
                              std::string(*row[4]), owned(row[5]), owned(row[6]), owned(row[7])});
        });
    at_end_ = waiting_.empty();
    if (!at_end_) {
      last_id_ = waiting_.back().id;
      last_sequence_ = waiting_.back().sequence;
    }
  }
  return waiting_.empty() ? nullptr : &waiting_.front();
}

std::optional<Replayed> Replay::next() {
  const auto* change = peek();
  if (!change) return std::nullopt;
  Replayed record{.id = change->id,
                  .created_at = {},
                  .created_by = {},
                  .changed_at = {},
                  .changed_by = {},
                  .values = nothing(type_),
                  .told = std::vector<bool>(type_.fields().size()),
                  .erased = std::vector<bool>(type_.fields().size())};
  for (; change && change->id == record.id; change = peek()) {
    apply(*change, &record);
    waiting_.pop_front();
  }
  return record;
}

void Replay::apply(const Change& change, Replayed* record) {
  const bool adds = change.verb == "add";
  const auto place = "Change " + std::to_string(change.sequence) + ": ";
  if (adds == record->exists) {
    report_(record->id, place + (adds ? "It was there already." : "It was not there."));
    if (adds) record->values = nothing(type_);
  }
  if (change.revision != (adds ? 1 : record->revision + 1)) {
    report_(record->id, place + "Revision " + std::to_string(change.revision) + " does not come next.");
  }
  if (!adds) on_end_(*record, change.sequence);
  apply_changes(change, record);
  record->exists = change.verb != "remove";
  record->revision = change.revision;
  record->since = change.sequence;
  if (adds) {
    record->created_at = change.at;
    record->created_by = change.by;
  }
  record->changed_at = change.at;
  record->changed_by = change.by;
  if (record->exists) return;
  for (std::size_t i = 0; i < record->values.fields.size(); ++i) {
    if (record->values.fields[i] && !record->erased[i]) {
      report_(record->id, place + std::string(type_.fields()[i].name) + " is not told to have gone.");
    }
  }
  record->values = nothing(type_);
  record->told.assign(record->told.size(), false);
  record->erased.assign(record->erased.size(), false);
}

void Replay::apply_changes(const Change& change, Replayed* record) {
  const auto place = "Change " + std::to_string(change.sequence) + ": ";
  JsonTape tape, personal;
  if (!tape.read(change.changes).empty() || (change.personal && !personal.read(*change.personal).empty())) {
    return report_(record->id, place + "It cannot be read.");
  }
  tape.root().each([&](JsonView member) {
    if (const auto field = type_.field(member.key())) {
      const bool is_personal = type_.fields()[*field].personal;
      const auto pair =
          is_personal ? personal_pair(change.personal ? &personal : nullptr, member.key()) : pair_of(member);
      if (pair && !record->may_have(type_, *field, pair->before)) {
        report_(record->id, place + std::string(member.key()) + " was something else before.");
      }
      if (!pair && !is_personal) report_(record->id, place + std::string(member.key()) + " cannot be read.");
      record->told[*field] = true;
      record->erased[*field] = !pair && is_personal;
      record->values.fields[*field] = pair ? pair->after : Cell();
    } else if (const auto list = type_.list(member.key())) {
      std::vector<std::vector<Cells>> sides;
      member.each([&](JsonView side) { sides.push_back(rows_from(side)); });
      if (sides.size() != 2) return report_(record->id, place + std::string(member.key()) + " cannot be read.");
      if (sides[0] != record->values.lists[*list]) {
        report_(record->id, place + std::string(member.key()) + " was something else before.");
      }
      record->values.lists[*list] = std::move(sides[1]);
    }
  });
}

}  // namespace rabatt
