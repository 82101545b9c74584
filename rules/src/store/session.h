// Session: one transaction of one user with the database, and what its verbs share: who and when, the next ids and
// sequences, rows that are still to be inserted, what references were looked up.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "company.h"
#include "custom_fields.h"
#include "database/connection.h"
#include "rabatt/at.h"
#include "rabatt/error.h"
#include "records/record_type.h"
#include "tables.h"

namespace rabatt {

// A numerator as it was read, and as it stands now: written once, when the transaction is committed.
struct OpenNumerator {
  std::int64_t revision = 0;
  Values before, now;
};

struct Numbering {
  std::map<std::int64_t, OpenNumerator> numerators;
  std::set<std::pair<std::string_view, std::string>> taken;  // record and key, since the last part began
};

class Session {
 public:
  // Begins a transaction. For writing it waits until it is the only one that writes. `first` is run before anything
  // is read.
  Session(Connection& connection, const At& at, Mode mode, const std::function<void(Connection&)>& first = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Everything that was done is on disk when it returns; without it nothing was done.
  void commit();

  // Runs `verb` as a part that happens or does not: what it did is undone where it throws.
  template <class Verb>
  auto part(const Verb& verb);

  // Throws permission_denied with the slug.
  void require(std::string_view permission) const;
  bool may(std::string_view permission) const { return at_.permissions.allow(permission); }

  const std::string& by() const noexcept { return at_.by; }
  const At& at() const noexcept { return at_; }
  // The time of this transaction: never before that of an earlier one.
  Instant time() const noexcept { return time_; }

  // What this transaction deletes is to be gone from the files, too.
  void wipe_when_committed() noexcept { wipes_ = true; }

  const Company& company();
  void forget_company() { company_.reset(); }

  std::int64_t next_id(const RecordType& type);
  std::int64_t next_sequence() { return ++sequence_; }
  // That of the last change in the store, this transaction's included.
  std::int64_t sequence() const noexcept { return sequence_; }

  // Inserts a row of `table`, with a cell for each of its columns; together with others, before the next statement.
  void insert(const Table& table, Cells row);

  // Rows that wait for a table that the statement names are inserted before.
  std::int64_t run(std::string_view sql, std::span<const CellView> parameters,
                   const Connection::RowVisitor& visit = {});
  std::int64_t run(std::string_view sql, std::initializer_list<CellView> parameters = {},
                   const Connection::RowVisitor& visit = {}) {
    return run(sql, std::span(parameters.begin(), parameters.size()), visit);
  }
  // The first cell of the first row; nothing if there is none, or it is NULL.
  Cell value(std::string_view sql, std::initializer_list<CellView> parameters = {});

  const Dialect& dialect() const noexcept { return connection_.dialect(); }

  // The id of the record of `type` that has this number, code or name; 0 if there is none.
  std::int64_t id_labelled(const RecordType& type, std::string_view label);
  // Whether there is a record of this id.
  bool exists(const RecordType& type, std::int64_t id);
  // A record has come: what was looked up in vain may be there now.
  void forget_missing() {
    if (!std::exchange(any_missing_, false)) return;  // most looked up are there, and there may be many
    std::erase_if(references_, [](const auto& reference) { return reference.second == 0; });
  }
  // Records have changed or gone: what was looked up may be wrong.
  void forget_references() { references_.clear(); }

  // Numerators and numbers of this transaction; see numbers.h.
  Numbering& numbering() noexcept { return numbering_; }

  // Definitions that were looked up, by kind of record; see custom_fields.h.
  std::map<const RecordType*, CustomFields>& custom_fields() noexcept { return custom_fields_; }

 private:
  struct Waiting {
    const Table* table;
    std::vector<Cells> rows;
  };

  // What a part that fails gives back: a refused verb uses up no id and no sequence.
  struct Mark {
    std::int64_t sequence;
    std::map<std::string_view, std::int64_t> next_ids;
    std::map<std::int64_t, OpenNumerator> numerators;
  };

  Mark begin_part();
  void end_part();
  void undo_part(Mark mark) noexcept;
  void check_goes_on() const;
  void flush();
  void insert_waiting(Waiting* waiting);
  void read_state();
  void write_state();
  std::int64_t remember(const RecordType& type, std::string key, std::int64_t id);

  Connection& connection_;
  At at_;
  Instant time_;
  bool writes_;
  bool committed_ = false;
  bool wipes_ = false;
  std::optional<DatabaseError> broken_;  // what has ended the transaction before its time
  std::int64_t first_sequence_ = 0;
  std::int64_t sequence_ = 0;
  std::map<std::string_view, std::int64_t> next_ids_;
  std::vector<Waiting> waiting_;
  std::size_t waiting_rows_ = 0;
  std::optional<Company> company_;
  Numbering numbering_;
  std::map<const RecordType*, CustomFields> custom_fields_;
  std::map<std::pair<const RecordType*, std::string>, std::int64_t> references_;
  bool any_missing_ = false;  // among them
};

template <class Verb>
auto Session::part(const Verb& verb) {
  auto mark = begin_part();
  try {
    if constexpr (std::is_void_v<decltype(verb())>) {
      verb();
      end_part();
    } else {
      auto result = verb();
      end_part();
      return result;
    }
  } catch (...) {
    undo_part(std::move(mark));
    throw;
  }
}

}  // namespace rabatt
