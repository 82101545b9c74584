// A search as SQL: conditions, order and pages over the table of one record type.
#pragma once

#include <string>
#include <vector>

#include "search_query.h"
#include "session.h"

namespace rabatt {

struct SearchSql {
  std::string joins;      // to be added to Table::from, for references that are sorted by label
  std::string condition;  // of the rows `r`
  std::string order;      // "x nulls last, r.id"
  std::vector<std::string> sort_keys;  // the expressions of `order`, r.id at the end
  std::vector<bool> descending;        // for each of them
  std::vector<std::string> parameters;

  std::span<const CellView> views();

 private:
  std::vector<CellView> views_;
};

// Everything but the page. Throws unknown_field, invalid_value, not_found (a reference to nothing), limit_crossed …
SearchSql search_sql(Session& session, const RecordType& type, const SearchQuery& query);

// Narrows the search to the rows behind one with these sort keys.
void start_after(const Cells& keys, SearchSql* sql);

}  // namespace rabatt
