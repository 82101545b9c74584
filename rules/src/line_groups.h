// Lines of many dates and currencies, sorted by what one day plane admits.
#pragma once

#include <vector>

#include "rabatt/batch.h"

namespace rabatt {

struct LineGroup {
  Id currency;
  Period period;
  std::vector<std::uint32_t> rows;  // ascending
};

// Every line is in one group.
std::vector<LineGroup> groups_of(const LineColumns& lines, const Periods& periods);

}  // namespace rabatt
