// The policy of a book: as its content has it, as a record, and as pricing wants it.
#pragma once

#include "compiled_book.h"

namespace rabatt {

PolicyRecord policy_record(const Policy& policy);

PolicyRules rules_of(const PolicyRecord& record);

}  // namespace rabatt
