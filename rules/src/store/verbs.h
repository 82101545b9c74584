// What is done with records besides storing and finding them, by name.
#pragma once

#include <string>
#include <string_view>

#include "session.h"

namespace rabatt {

// Does the verb with its arguments, a JSON object, and answers with one; Transaction::perform() has the list. Throws
// unknown_field for a verb or argument that there is not, field_required for one that is missing.
std::string perform(Session& session, std::string_view verb, std::string_view arguments);

// load_rows() with its options and its answer as JSON.
std::string load_json_rows(Session& session, const RecordType& type, std::string_view rows, std::string_view options);

}  // namespace rabatt
