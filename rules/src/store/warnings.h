// Warnings: what is odd in a record, and may stay.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session.h"

namespace rabatt {

struct RecordWarning {
  std::string_view code;
  std::string path;     // as of a Problem: "lines[0].price"
  std::string message;  // a sentence for people
};

// organisation_number_checksum: the nine digits of a Norwegian number do not end with their check digit.
// Of campaigns responses_exceed_recipients, undeliverable_exceed_recipients (of the plan), unresolved_content_id and
// unused_content_id (of the e-mail template), and price_above_list where it is posted: the lower list price wins.
std::vector<RecordWarning> warnings_of(Session& session, const RecordType& type, std::int64_t id);

}  // namespace rabatt
