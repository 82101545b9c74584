#include "order_cells.h"

#include <absl/strings/str_join.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rabatt/error.h"

namespace rabatt {

constexpr std::array<std::string_view, Known::count> Known::names = {
    "order", "date",         "currency",           "item", "quantity",   "customer",     "organisation",    "campaign",
    "code",  "payment_term", "prices_include_tax", "unit", "list_price", "manual_price", "manual_discount", "tax_rate",
};

OrderCells::Places OrderCells::find(const std::vector<std::string_view>& names) {
  Places places;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto* known = std::find(Known::names.begin(), Known::names.end(), names[i]);
    if (known == Known::names.end()) continue;
    columns_.push_back(static_cast<std::size_t>(known - Known::names.begin()));
    places[columns_.back()] = i;
  }
  std::vector<std::string> missing;
  for (std::size_t column = 0; column < Known::required; ++column) {
    if (!places[column]) missing.emplace_back(Known::names[column]);
  }
  if (!missing.empty()) throw Error(Code::missing_field, absl::StrJoin(missing, ", "));
  return places;
}

}  // namespace rabatt
