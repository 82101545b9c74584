// Finding records.
#pragma once

#include <string>

#include "search_query.h"
#include "stored.h"

namespace rabatt {

struct Page {
  std::vector<Stored> rows;
  Cell next;  // what the query of the next page has as `after`; nothing: this is the last
};

// A page of the records that meet the query, without their children.
Page find_stored(Session& session, const RecordType& type, const SearchQuery& query);

// The same as {"rows": [{…}, …], "next": "…" or null}.
std::string find_page(Session& session, const RecordType& type, const SearchQuery& query);

// How many records meet the query, whatever its page.
std::int64_t count_found(Session& session, const RecordType& type, const SearchQuery& query);

// How many records meet the query for each combination of values of the fields, which are choices, booleans, days or
// references: {"rows": [{"completed": false, "responsible": "ANN", "count": 6}]}.
std::string totals(Session& session, const RecordType& type, const std::vector<std::string>& fields,
                   const SearchQuery& query);

}  // namespace rabatt
