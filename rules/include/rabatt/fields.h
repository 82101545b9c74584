// The fields of books and requests by name and kind, out of the one place that declares them: for the tests of
// everything that has to say them again, such as the JSON Schemas.
//
//   for (const auto& record : described_records())
//     for (const auto& field : record.fields) std::cout << record.name << '.' << field.name << ": " << field.kind;
//   // Campaign.priority: integer
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rabatt {

struct Field {
  std::string_view name;
  // `text`, `identifier`, `boolean`, `integer`, `decimal`, `date`, `one of a, b, c`, the name of a record, or
  // `list of` or `map of` one of these.
  std::string kind;
};

struct Record {
  std::string_view name;  // "Campaign"
  std::vector<Field> fields;
};

// Of a book and of a request; a record stands before the records that hold it.
std::vector<Record> described_records();

}  // namespace rabatt
