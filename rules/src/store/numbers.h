// Numbers: given by numerators, or typed, and never given twice.
#pragma once

#include <string>
#include <string_view>

#include "session.h"

namespace rabatt {

// Sets the number of a record that is being stored. `typed` is what somebody typed: it is taken as it is, and the
// numerator goes on from it. Otherwise the numerator gives the next free one: that of the record's field `numerator`,
// or else the default one of its kind, which the field then has; where a kind has none, what is in books must be given
// a number (field_required), and others keep none. Throws number_taken, number_too_long, permission_denied.
void assign_number(Session& session, const RecordType& type, Values* values, bool typed);

// invalid_value where the numerator that the record names is for another kind.
void verify_kind_of_numerator(Session& session, const RecordType& type, const Values& values);

// Where the numerator is the default one of its kind, it is the only one from now on.
void keep_one_default(Session& session, std::int64_t id);

// Beyond it there are no numbers: what follows has 18 digits still.
inline constexpr std::int64_t most_next = 1'000'000'000'000'000'000;

// Writes the numerators that this transaction has used.
void save_numerators(Session& session);

}  // namespace rabatt
