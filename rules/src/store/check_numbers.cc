// What is given once: numbers, ids, sequences.
#include <algorithm>
#include <limits>
#include <set>

#include "check.h"
#include "record_rules.h"

namespace rabatt {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

std::int64_t integer(CellView cell, std::int64_t otherwise) {
  return integer_of(cell.value_or("")).value_or(otherwise);
}

void check_numerators(Session& session, Findings* findings) {
  std::set<std::string> defaults;
  session.run("select id, kind, \"default\", next, width from numerator order by id", {}, [&](RowView row) {
    const auto report = [&](std::string message) {
      findings->add("wrong_numerator", named("numerator", integer(row[0], 0)), std::move(message));
    };
    const auto* type = record_named(row[1].value_or(""));
    if (!type || !type->field("number")) return report("kind: No such record has numbers.");
    if (row[2] == "1" && !defaults.emplace(type->name()).second) report("default: Another one of its kind is, too.");
    if (integer(row[3], -1) < 0) report("next: This is 0 or more.");
    if (integer(row[4], -1) < 0) report("width: This is 0 or more.");
  });
}

void check_taken(Session& session, const RecordType& type, Findings* findings) {
  session.run("select r.id from " + sql_name(type.name()) +
                  " r left join taken_number k on k.record = $1 "
                  "and k.number_key = r.number_key where r.number is not null and k.record is null order by r.id",
              {type.name()}, [&](RowView row) {
                findings->add("free_number", named(type.name(), integer(row[0], 0)), "Its number is not taken.");
              });
}

// The highest id that was ever given; records removed are in the log still.
std::int64_t last_id(Session& session, const RecordType& type) {
  const auto present = session.value("select max(id) from " + sql_name(type.name()));
  const auto logged = session.value("select max(id) from log where record = $1", {type.name()});
  return std::max(integer(present, 0), integer(logged, 0));
}

void check_ids(Session& session, const RecordType& type, Findings* findings) {
  if (has_id_of_parent(type)) return;
  const auto last = last_id(session, type);
  const auto next = session.value("select next from record_ids where record = $1", {type.name()});
  if (last >= integer(next, 1)) findings->add("wrong_id", named(type.name(), last), "Its id would be given again.");
}

}  // namespace

void check_numbers(Session& session, Findings* findings) {
  check_numerators(session, findings);
  for (const auto* type : record_types()) {
    if (type->field("number")) check_taken(session, *type, findings);
    check_ids(session, *type, findings);
  }
}

void check_sequences(Session& session, Findings* findings) {
  const auto last = integer(session.value("select sequence from store_state"), 0);
  const auto last_at = session.value("select last_at from store_state").value_or("");
  std::int64_t sequence = 0;
  std::string at;
  session.run("select sequence, record, \"at\" from log order by sequence", {}, [&](RowView row) {
    sequence = integer(row[0], most);
    const auto report = [&](std::string_view code, std::string message) {
      findings->add(code, named("log", sequence), std::move(message));
    };
    const auto* type = record_named(row[1].value_or(""));
    if (!type || type->name() != row[1]) report("wrong_log", "There are no such records.");
    if (row[2].value_or("") < at) report("wrong_sequence", "It was done before the change in front of it.");
    at = row[2].value_or("");
  });
  if (sequence > last) findings->add("wrong_sequence", "store_state", "The log is ahead of it.");
  if (at > last_at) findings->add("wrong_sequence", "store_state", "The last change was done after its time.");
}

}  // namespace rabatt
