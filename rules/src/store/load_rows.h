// Loading many records at once, as an import does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session.h"

namespace rabatt {

struct LoadOptions {
  std::string match;  // the field by which a row finds the record that it changes; empty: every row is a new one
  bool keep_good = false;  // rows that are right are stored although others are not
  bool as_text = false;  // all values are texts, as in a CSV file
};

struct RowProblem {
  std::size_t row;  // from 0
  Problem problem;
};

struct Loaded {
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::vector<RowProblem> problems;  // of all rows; where there are any and `keep_good` is not set, nothing was stored
};

// `rows`: a JSON list of records. Needs the permission `import` and that to write the record.
Loaded load_rows(Session& session, const RecordType& type, std::string_view rows, const LoadOptions& options);

}  // namespace rabatt
