// What tables of priced orders need of their decimal columns, which have 38 digits.
#pragma once

#include <vector>

#include "rabatt/quote.h"

namespace rabatt {

// Of the amounts and prices of one row: how many places, and how many digits before the point.
struct Width {
  int places = 0;
  int integer_digits = 0;

  void hold(const Decimal& value);
  void hold(const QuoteLine& line);
  void hold(const Quote& quote);  // its totals and its first tier

  bool fits(int column_places) const;
};

// The fewest places with which the most rows fit: an odd row is left out, rather than that it leaves out others.
int column_places(const std::vector<Width>& rows);

}  // namespace rabatt
