// Whether the log leads to the records as they stand, and to the former revisions that are kept.
#include "check.h"
#include "history.h"
#include "replay.h"

namespace rabatt {
namespace {

constexpr std::string_view batch = "200";

// The records of a type as they stand, in the order of their ids.
class PresentRecords {
 public:
  PresentRecords(Session& session, const RecordType& type) : session_(session), type_(type) {}

  const Stored* peek() {
    if (waiting_.empty() && !at_end_) fetch();
    return waiting_.empty() ? nullptr : &waiting_.front();
  }
  void pop() { waiting_.pop_front(); }

 private:
  void fetch() {
    const auto after = std::to_string(last_id_);
    load_where(session_, type_, "r.id > $1 order by r.id limit " + std::string(batch), {after},
               [&](Stored stored) { waiting_.push_back(std::move(stored)); });
    at_end_ = waiting_.empty();
    if (at_end_) return;
    last_id_ = waiting_.back().id;
    for (auto& stored : waiting_) stored.values.lists.resize(type_.lists().size());
    for (std::size_t i = 0; i < type_.lists().size(); ++i) {
      const auto& list = type_.lists()[i];
      auto owner = waiting_.begin();
      session_.run(table_of(type_, list).select +
                       " where r.\"owner\" > $1 and r.\"owner\" <= $2 order by r.\"owner\", r.\"position\"",
                   {after, std::to_string(last_id_)}, [&](RowView row) {
                     const auto id = *integer_of(*row[0]);
                     while (owner != waiting_.end() && owner->id < id) ++owner;
                     if (owner == waiting_.end() || owner->id != id) return;  // a lost reference
                     owner->values.lists[i].push_back(cells_of(row.subspan(1, list.columns.size())));
                   });
    }
  }

  Session& session_;
  const RecordType& type_;
  std::deque<Stored> waiting_;
  std::int64_t last_id_ = 0;
  bool at_end_ = false;
};

struct Version {
  std::int64_t id, revision, since, until;
  std::string content;
};

// The former revisions of a type, in the order of ids and revisions.
class Versions {
 public:
  Versions(Session& session, const RecordType& type) : session_(session), type_(type) {}

  const Version* peek() {
    if (waiting_.empty() && !at_end_) fetch();
    return waiting_.empty() ? nullptr : &waiting_.front();
  }
  void pop() { waiting_.pop_front(); }

 private:
  void fetch() {
    session_.run(
        "select id, revision, since, until, content from version "
        "where record = $1 and (id, revision) > ($2, $3) order by id, revision limit " +
            std::string(batch),
        {type_.name(), std::to_string(last_id_), std::to_string(last_revision_)}, [&](RowView row) {
          waiting_.push_back({*integer_of(*row[0]), *integer_of(*row[1]), *integer_of(*row[2]), *integer_of(*row[3]),
                              std::string(*row[4])});
        });
    at_end_ = waiting_.empty();
    if (at_end_) return;
    last_id_ = waiting_.back().id;
    last_revision_ = waiting_.back().revision;
  }

  Session& session_;
  const RecordType& type_;
  std::deque<Version> waiting_;
  std::int64_t last_id_ = 0, last_revision_ = 0;
  bool at_end_ = false;
};

class HistoryCheck {
 public:
  HistoryCheck(Session& session, const RecordType& type, Findings* findings)
      : type_(type),
        findings_(findings),
        present_(session, type),
        versions_(session, type),
        replay_(
            session, type,
            [this](std::int64_t id, std::string message) { report("wrong_log", id, std::move(message)); },
            [this](const Replayed& record, std::int64_t until) { take_version(record, until); }) {}

  void run() {
    while (auto record = replay_.next()) {
      for (; present_.peek() && present_.peek()->id < record->id; present_.pop()) report_unknown();
      const auto* stored = present_.peek();
      const bool is_there = stored && stored->id == record->id;
      if (is_there) compare(*record, *stored);
      if (!is_there && record->exists) report("wrong_log", record->id, "It was never removed, and is not there.");
      if (is_there) present_.pop();
    }
    for (; present_.peek(); present_.pop()) report_unknown();
    for (; versions_.peek(); versions_.pop()) report_too_many();
  }

 private:
  void report(std::string_view code, std::int64_t id, std::string message) {
    findings_->add(code, named(type_.name(), id), std::move(message));
  }

  void report_unknown() { report("wrong_log", present_.peek()->id, "Nobody has added it."); }

  void report_too_many() {
    const auto& version = *versions_.peek();
    report("wrong_version", version.id, "There was no revision " + std::to_string(version.revision) + ".");
  }

  void compare(const Replayed& record, const Stored& stored) {
    if (!record.exists) return report("wrong_log", record.id, "It was removed, and is there.");
    for (std::size_t i = 0; i < type_.fields().size(); ++i) {
      if (!record.may_have(type_, i, stored.values.fields[i])) {
        report("wrong_log", record.id, std::string(type_.fields()[i].name) + " is not what the log says.");
      }
    }
    for (std::size_t i = 0; i < type_.lists().size(); ++i) {
      if (record.values.lists[i] != stored.values.lists[i]) {
        report("wrong_log", record.id, std::string(type_.lists()[i].name) + " is not what the log says.");
      }
    }
    const bool same_revision = record.revision == stored.revision && record.since == stored.since;
    if (!same_revision) report("wrong_log", record.id, "It is of another revision than the log says.");
    const bool same_stamps = record.created_at == stored.created_at && record.created_by == stored.created_by &&
                             record.changed_at == stored.changed_at && record.changed_by == stored.changed_by;
    if (!same_stamps) report("wrong_log", record.id, "Others, or at another time, changed it than the log says.");
  }

  // The kept version of a revision that ended: it began and ended when the log says, so that all of them and the
  // present row follow each other without gap.
  void take_version(const Replayed& record, std::int64_t until) {
    if (!type_.is_versioned()) return;
    const auto is_before = [&](const Version& version) {
      return version.id < record.id || (version.id == record.id && version.revision < record.revision);
    };
    for (; versions_.peek() && is_before(*versions_.peek()); versions_.pop()) report_too_many();
    const auto* version = versions_.peek();
    const auto name = "Revision " + std::to_string(record.revision);
    if (!version || version->id != record.id || version->revision != record.revision) {
      return report("wrong_version", record.id, name + " is not kept.");
    }
    if (version->since != record.since || version->until != until) {
      report("wrong_version", record.id,
             name + " was not from " + std::to_string(version->since) + " to " + std::to_string(version->until) + ".");
    }
    if (!is_content(version->content, record)) {
      report("wrong_version", record.id, name + " is not what the log says.");
    }
    versions_.pop();
  }

  bool is_content(const std::string& content, const Replayed& record) {
    try {
      const auto values = values_from_content(type_, content);
      for (std::size_t i = 0; i < type_.fields().size(); ++i) {
        if (!type_.fields()[i].personal && !record.may_have(type_, i, values.fields[i])) return false;
      }
      return values.lists == record.values.lists;
    } catch (const Error&) {
      return false;  // it cannot be read
    }
  }

  const RecordType& type_;
  Findings* findings_;
  PresentRecords present_;
  Versions versions_;
  Replay replay_;
};

}  // namespace

void check_history(Session& session, const RecordType& type, Findings* findings) {
  HistoryCheck(session, type, findings).run();
}

}  // namespace rabatt
