// Custom fields: what their definitions allow in them. A field without a definition takes any text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/records/base.h"
#include "records/read_cell.h"

namespace rabatt {

class Session;

struct CustomField {
  CustomKind kind = CustomKind::text;
  std::vector<std::string> choices;
};

// The fields that are defined of one kind of record, by the key of their name.
using CustomFields = std::map<std::string, CustomField>;

const CustomFields& custom_fields(Session& session, const RecordType& type);

// The value as its kind spells it: 1.50 is 1.5; or what is wrong with it.
ReadCell read_custom(const CustomField& field, std::string_view text);

// Reads the values of a record's custom fields; what stands in `before` stays as it is.
void check_custom(Session& session, const RecordType& type, const Values* before, Values* values,
                  std::vector<Problem>* problems);

// unknown_record, duplicate_name.
void verify_custom_field(Session& session, std::int64_t id);

}  // namespace rabatt
