// Company: what the settings say to the verbs of the store.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "records/text_order.h"

namespace rabatt {

struct Company {
  TextOrder order;
  std::string currency;
  std::set<std::string, std::less<>> added_currencies;

  bool knows_currency(std::string_view code) const;
};

}  // namespace rabatt
