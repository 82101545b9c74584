// What comes out of orders as Arrow, as text.
#pragma once

#include <string>

#include "arrow_samples.h"
#include "rabatt/arrow_orders.h"

namespace rabatt {

struct ArrowAnswer {
  TextTable lines, orders;  // decimals with all their places
  std::string formats;
  int places = 0;
};

bool operator==(const ArrowAnswer& a, const ArrowAnswer& b);

// Releases what it has read.
ArrowAnswer priced(const Book& book, SampleTable& table, const ArrowOrderOptions& options = {});

const TextCells& column(const TextTable& table, std::string_view name);

}  // namespace rabatt
