// StatementCache: the statements that were prepared last, by their SQL.
#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace rabatt {

template <class Statement>
class StatementCache {
 public:
  explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

  // Null if there is none. Valid until the next call of another function.
  Statement* find(std::string_view sql) {
    const auto found = places_.find(sql);
    if (found == places_.end()) return nullptr;
    statements_.splice(statements_.begin(), statements_, found->second);
    return &found->second->second;
  }

  // Takes a statement that is not there yet. Returns the one that has to leave for it: the one not used for longest.
  std::optional<Statement> add(std::string_view sql, Statement statement) {
    statements_.emplace_front(std::string(sql), std::move(statement));
    places_.emplace(statements_.front().first, statements_.begin());
    if (statements_.size() <= capacity_) return std::nullopt;
    return take(std::prev(statements_.end()));
  }

  std::optional<Statement> remove(std::string_view sql) {
    const auto found = places_.find(sql);
    if (found == places_.end()) return std::nullopt;
    return take(found->second);
  }

  void clear() {
    places_.clear();
    statements_.clear();
  }

  std::size_t size() const { return statements_.size(); }

 private:
  using Statements = std::list<std::pair<std::string, Statement>>;

  Statement take(typename Statements::iterator place) {
    Statement statement = std::move(place->second);
    places_.erase(place->first);
    statements_.erase(place);
    return statement;
  }

  std::size_t capacity_;
  Statements statements_;  // the one used last is first
  std::unordered_map<std::string_view, typename Statements::iterator> places_;  // their keys are in `statements_`
};

}  // namespace rabatt
