// The store that store_bench.cc measures: items, customers, posted campaigns of ten lines, recipients. The same records
// in every database, stored by the verbs that everybody has.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "rabatt/store.h"

namespace rabatt {

struct StoreSizes {
  std::int64_t campaigns = 100'000;
  std::int64_t customers = 100'000;
  std::int64_t recipients = 1'000'000;

  std::int64_t items() const { return campaigns / 10; }
  // Persons who are no customers: half of them have the e-mail address of one.
  std::int64_t contacts() const { return customers / 50; }
};

inline constexpr std::int64_t lines_per_campaign = 10;

// The bench's time goes by in minutes: the same for every database.
At at_minute(int minute);

// What was done and how long it took.
using Report = std::function<void(std::string_view what, std::int64_t nanoseconds)>;

// Fills an empty store. `progress` is told what comes next.
void fill(const Store& store, const StoreSizes& sizes, const std::function<void(std::string_view)>& progress,
          const Report& report);

}  // namespace rabatt
