// rekey: another alphabet in the settings gives every text another key.
#pragma once

#include "records/text_order.h"
#include "session.h"

namespace rabatt {

// Writes the keys of all texts, and of the numbers that are taken, anew. Stamps and revisions stay: what people wrote
// is as it was.
void rekey(Session& session, const TextOrder& before, const TextOrder& after);

}  // namespace rabatt
