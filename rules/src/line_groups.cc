#include "line_groups.h"

#include "rabatt/hash_map.h"

namespace rabatt {

std::vector<LineGroup> groups_of(const LineColumns& lines, const Periods& periods) {
  std::vector<LineGroup> groups;
  HashMap<std::pair<std::int64_t, Id>, std::size_t> known;  // by the start of the period
  std::size_t last = 0;
  for (std::size_t row = 0; row < lines.count; ++row) {
    const auto second = lines.date[row];
    const auto currency = lines.currency[row];
    // lines of one day are often next to each other
    if (groups.empty() || currency != groups[last].currency || !groups[last].period.holds(second)) {
      const auto period = periods.of(second);
      const auto [entry, is_new] = known.try_emplace(std::pair(period.from, currency), groups.size());
      if (is_new) groups.push_back({currency, period, {}});
      last = entry->second;
    }
    groups[last].rows.push_back(static_cast<std::uint32_t>(row));
  }
  return groups;
}

}  // namespace rabatt
