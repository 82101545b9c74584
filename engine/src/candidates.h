// Candidates: the campaigns that list an item, and why most of them do not apply.
#pragma once

#include <optional>
#include <vector>

#include "document.h"
#include "list_price.h"
#include "rabatt/quote.h"

namespace rabatt {

struct Candidate {
  Id campaign;
  const TierRecord* tier;
};

// A campaign that lists the item and does not apply.
struct Rejected {
  Id campaign;
  Reason reason;
};

struct Candidates {
  std::vector<Candidate> staying;  // by rising id
  std::vector<Rejected> rejected;  // all of them if asked for, else at most the one the request names
};

// `all_reasons` lists every campaign of the item; without it only those that admit the date are looked at.
Candidates candidates_of(const Document& document, Id item, const LineQuantity& quantity, bool all_reasons);

}  // namespace rabatt
