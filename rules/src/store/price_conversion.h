// What happens to the prices of a price book that gets another currency.
#pragma once

#include <vector>

#include "records/draft.h"
#include "stored.h"

namespace rabatt {

// Converts the prices that the save leaves as they are, by the rates of the day where it happens. `given`: the lines
// that the save gives, among which a price other than before is one of the new currency; nothing: the lines stay.
// Throws no_rate.
void convert_prices(Session& session, const Stored& before, const Values& after,
                    std::optional<std::vector<Draft>>* given);

}  // namespace rabatt
