#include "line_tables.h"

#include <algorithm>

namespace rabatt {
namespace {

std::shared_ptr<const IdTable> looked_up(const ArrowValues& values, const LineField& field, const BookIds& ids) {
  auto table = std::make_shared<IdTable>();
  table->values.assign(values.count() + 1, no_id);
  table->is_bad.assign(values.count() + 1, 0);
  for (std::size_t row = 0; row < values.count(); ++row) {
    if (!values.has(row)) continue;
    const auto cell = id_cell(values, row, field, ids);
    table->values[row] = cell.value.value_or(no_id);
    table->is_bad[row] = cell.fault ? 1 : 0;
    table->any_bad |= cell.fault.has_value();
  }
  return table;
}

}  // namespace

std::shared_ptr<const IdTable> IdTables::table(const ArrowValues& values, const LineField& field) {
  const auto memory = values.memory();
  auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& entry) { return entry.first == &field; });
  if (found == kept_.end()) {
    found = kept_.insert(kept_.end(), {&field, {}});
  } else if (found->second.count == values.count() && std::ranges::equal(memory, found->second.memory)) {
    return found->second.table;
  }
  found->second = {values.count(), {memory.begin(), memory.end()}, looked_up(values, field, ids_)};
  return found->second.table;
}

}  // namespace rabatt
