#include "load_rows.h"

#include "change.h"
#include "json_tape.h"
#include "rights.h"
#include "search_sql.h"

namespace rabatt {
namespace {

// What undoes a load of which nothing is to stay.
struct Undo {};

class Loader {
 public:
  Loader(Session& session, const RecordType& type, const LoadOptions& options)
      : session_(session), type_(type), options_(options) {
    if (!options.match.empty() && options.match != "id") match_ = match_field();
  }

  Loaded load(std::string_view json) {
    JsonTape tape;
    if (const auto fault = tape.read(json); !fault.empty()) throw Error(Code::invalid_value, fault);
    if (tape.root().kind() != JsonKind::array) throw Error(Code::invalid_value, "rows");
    std::vector<JsonView> rows;
    tape.root().each([&](JsonView row) { rows.push_back(row); });
    if (all_at_once(rows)) return std::move(loaded_);
    one_by_one(rows);
    return std::move(loaded_);
  }

 private:
  std::size_t match_field() const {
    const auto field = type_.field(options_.match);
    if (!field) throw Error(Code::unknown_field, subject_of("match", options_.match));
    return *field;
  }

  Draft draft_of(JsonView row) const {
    std::vector<Problem> problems;
    auto draft = draft_from_json(type_, row, Path(), &problems, options_.as_text);
    if (!problems.empty()) throw Errors(std::move(problems));
    return draft;
  }

  // The id of the record that the draft changes; 0 where it is a new one.
  std::int64_t matched(const Draft& draft) {
    if (options_.match.empty()) return 0;
    if (!match_) return draft.id;
    const auto& cell = draft.values.fields[*match_];
    if (!cell || !draft.fields_given[*match_]) return 0;
    const auto& field = type_.fields()[*match_];
    const auto column = has_key(field) ? key_column(field) : sql_name(field.name);
    const auto value = has_key(field) ? session_.company().order.key(*cell) : *cell;
    std::vector<std::int64_t> ids;
    session_.run("select id from " + sql_name(type_.name()) + " where " + column + " = $1 limit 2", {value},
                 [&](RowView row) { ids.push_back(*integer_of(*row[0])); });
    if (ids.size() > 1) throw Error(Code::ambiguous_match, subject_of(field.name, *cell));
    return ids.empty() ? 0 : ids.front();
  }

  std::int64_t store(JsonView row, bool* is_new) {
    auto draft = draft_of(row);
    const auto id = matched(draft);
    *is_new = id == 0;
    if (*is_new) return add_unverified(session_, std::move(draft));
    require(session_, type_, "write", id);
    draft.id = id;
    save_unverified(session_, std::move(draft));
    return id;
  }

  void count(bool is_new) { ++(is_new ? loaded_.added : loaded_.updated); }

  // The quick way, for rows that are all right: stored together, looked at afterwards. False if one is not.
  bool all_at_once(const std::vector<JsonView>& rows) {
    try {
      session_.part([&] {
        std::vector<std::int64_t> ids;
        for (const auto row : rows) {
          bool is_new = false;
          ids.push_back(store(row, &is_new));
          count(is_new);
        }
        finish_changes(session_, type_, ids);
      });
      return true;
    } catch (const Error&) {
      loaded_ = {};
      return false;
    }
  }

  // Each row as a part of its own, so that every one that is wrong is told.
  void one_by_one(const std::vector<JsonView>& rows) {
    try {
      session_.part([&] {
        for (std::size_t i = 0; i < rows.size(); ++i) load_row(rows[i], i);
        if (!loaded_.problems.empty() && !options_.keep_good) throw Undo();
      });
    } catch (const Undo&) {
      loaded_.added = loaded_.updated = 0;
    }
  }

  void load_row(JsonView row, std::size_t index) {
    try {
      bool is_new = false;
      session_.part([&] {
        const auto id = store(row, &is_new);
        finish_changes(session_, type_, {&id, 1});
      });
      count(is_new);
    } catch (const Errors& errors) {
      for (const auto& problem : errors.problems()) loaded_.problems.push_back({index, problem});
    } catch (const Error& error) {
      loaded_.problems.push_back({index, {error.code(), error.subject(), {}}});
    }
  }

  Session& session_;
  const RecordType& type_;
  const LoadOptions& options_;
  std::optional<std::size_t> match_;
  Loaded loaded_;
};

}  // namespace

Loaded load_rows(Session& session, const RecordType& type, std::string_view rows, const LoadOptions& options) {
  session.require("import");
  require(session, type, "write");
  return Loader(session, type, options).load(rows);
}

}  // namespace rabatt
