// What tables of priced orders need of their decimal columns, which have 38 digits.
#pragma once

#include <array>
#include <cstdint>

#include "rabatt/quote.h"

namespace rabatt {

// Of the amounts and prices of one row: how many places, and how many digits before the point.
struct Width {
  std::int8_t places = 0;
  std::int8_t integer_digits = 0;

  void hold(const Decimal& value);
  void hold(const QuoteLine& line);
  void hold(const Quote& quote);  // its totals and its first tier
  void hold(const Width& other);

  bool fits(int column_places) const;
};

// How many rows there are of each width.
class Widths {
 public:
  void add(const Width& row);

  // The fewest places with which the most rows fit: an odd row is left out, rather than that it leaves out others.
  int column_places() const;

 private:
  std::array<std::array<std::size_t, Decimal::max_digits + 1>, Decimal::max_places + 1> rows_{};
};

}  // namespace rabatt
