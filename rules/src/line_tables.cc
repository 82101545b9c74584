#include "line_tables.h"

#include <algorithm>

namespace rabatt {
namespace {

// All texts with their lengths; what has no value differs from what is empty.
std::string content_of(const ArrowValues& values) {
  std::string content;
  std::string room;
  for (std::size_t row = 0; row < values.count(); ++row) {
    const auto text = values.has(row) ? values.any_text(row, &room) : std::string_view();
    const std::uint64_t size = values.has(row) ? text.size() : ~std::uint64_t{0};
    content.append(reinterpret_cast<const char*>(&size), sizeof(size)).append(text);
  }
  return content;
}

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
  auto content = content_of(values);
  auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& entry) { return entry.first == &field; });
  if (found != kept_.end() && found->second.content == content) return found->second.table;
  if (found == kept_.end()) found = kept_.insert(kept_.end(), {&field, {}});
  found->second = {std::move(content), looked_up(values, field, ids_)};
  return found->second.table;
}

}  // namespace rabatt
