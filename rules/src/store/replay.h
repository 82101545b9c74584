// Replay: the log of one kind of record, played from its first change: what the records must be like.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "stored.h"

namespace rabatt {

// A record as its changes leave it.
struct Replayed {
  std::int64_t id = 0;
  bool exists = false;
  std::int64_t revision = 0;
  std::int64_t since = 0;
  Cell created_at, created_by, changed_at, changed_by;
  Values values;
  std::vector<bool> told;    // for each field: a change has named it
  std::vector<bool> erased;  // for each field: what it was is not told any more

  // Whether a field may have this value. One that has been added to the schema since is in no change: it has what it is
  // blank with.
  bool may_have(const RecordType& type, std::size_t field, const Cell& value) const {
    if (erased[field] || values.fields[field] == value) return true;
    return !told[field] && value == type.fields()[field].blank;
  }
};

class Replay {
 public:
  using Report = std::function<void(std::int64_t id, std::string message)>;
  // A revision of an existing record, and the sequence at which another one took its place.
  using RevisionVisitor = std::function<void(const Replayed&, std::int64_t until)>;

  Replay(Session& session, const RecordType& type, Report report, RevisionVisitor on_end)
      : session_(session), type_(type), report_(std::move(report)), on_end_(std::move(on_end)) {}

  // The records in the order of their ids, those that were removed too. Nothing at the end.
  std::optional<Replayed> next();

 private:
  struct Change {
    std::int64_t sequence, id, revision;
    std::string verb, changes;
    Cell personal, at, by;
  };

  const Change* peek();
  void apply(const Change& change, Replayed* record);
  void apply_changes(const Change& change, Replayed* record);

  Session& session_;
  const RecordType& type_;
  Report report_;
  RevisionVisitor on_end_;
  std::deque<Change> waiting_;
  std::int64_t last_id_ = 0, last_sequence_ = 0;
  bool at_end_ = false;
};

}  // namespace rabatt
