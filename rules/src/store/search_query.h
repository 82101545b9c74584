// SearchQuery: what is searched for, in which order, and which page of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_tape.h"
#include "rabatt/records/field_types.h"

namespace rabatt {

enum class SearchView { all, active, mine, not_mine, inactive };

enum class Operator { like, equal, not_equal, less, at_most, greater, at_least, in };

struct SearchValue {
  std::optional<std::string> text;  // nothing: blank
  bool is_number = false;           // a JSON number: of a reference, its id
};

struct Criterion {
  std::string field;
  Operator op;
  std::vector<SearchValue> values;  // one, but for `in`
};

struct DayRange {
  std::optional<Day> from, until;  // both included
};

struct SortColumn {
  std::string field;
  bool descending = false;
};

inline constexpr std::size_t most_criteria = 100;  // of a key of a query, or of a target group

struct SearchQuery {
  SearchView view = SearchView::all;
  std::vector<Criterion> criteria;
  std::string text;
  std::vector<std::string> tags;
  std::vector<std::pair<std::string, std::string>> custom;
  std::string letter;
  DayRange created, changed;
  std::vector<SortColumn> sort;
  std::int64_t limit = 100;
  std::string after;  // what the page before gave as `next`
};

// {"view": "active", "where": [["name", "like", "AS%"], ["budget", ">=", "60000"]], "text": "…", "tags": ["x"],
//  "custom": {"name": "value"}, "letter": "A", "created": ["2026-03-01", null], "changed": […],
//  "sort": ["sort_index", "-name"], "limit": 100, "after": "…"}
// All keys may be left out; blank criteria are inactive. At most 100 criteria of a key, 10,000 values of one, 20
// columns to sort by. Throws unknown_field, invalid_value, invalid_date, limit_crossed.
SearchQuery search_query_from_json(std::string_view json);
SearchQuery search_query_from_json(JsonView object);

// One criterion of texts, as conditions are kept; the values of `in` stand between commas. Nothing for a blank one.
// Throws invalid_value with the path.
std::optional<Criterion> criterion_of(std::string_view path, std::string_view field, std::string_view op,
                                      std::string_view value);

}  // namespace rabatt
