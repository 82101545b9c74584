#include "arrow_columns.h"

#include "rabatt/hash_map.h"

namespace rabatt {
namespace {

const ArrowArray& child_of(const ArrowArray& table, std::size_t child, std::string_view name) {
  const bool is_there = table.n_children > static_cast<std::int64_t>(child) && table.children &&
                        table.children[child] && table.children[child]->release;
  if (!is_there) throw Error(Code::invalid_value, name);
  return *table.children[child];
}

ArrowValues values_of(const ArrowArray& column, const ArrowField& field, std::size_t first, std::size_t count,
                      std::string_view name) {
  if (!field.index) return {column, field.type, first, count, name};
  if (!column.dictionary || column.dictionary->length < 0) throw Error(Code::invalid_value, name);
  return {*column.dictionary, field.type, 0, static_cast<std::size_t>(column.dictionary->length), name};
}

}  // namespace

std::vector<std::string> column_names(const ArrowSchema& table, std::string_view subject) {
  const bool is_struct = table.release && table.format && std::string_view(table.format) == "+s" &&
                         table.n_children >= 0 && (table.n_children == 0 || table.children);
  if (!is_struct) throw Error(Code::invalid_value, subject);
  HashSet<std::string> seen;
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < table.n_children; ++i) {
    const auto* child = table.children[i];
    if (!child || !child->release || !child->format) throw Error(Code::invalid_value, subject);
    names.emplace_back(child->name ? child->name : "");
    if (!seen.insert(names.back()).second) throw Error(Code::duplicate_field, subject_of({}, names.back()));
  }
  return names;
}

ArrowField arrow_field(const ArrowSchema& table, std::size_t child, std::string_view name) {
  const auto& column = *table.children[child];
  ArrowField field{.child = child, .type = arrow_type_of(column.format)};
  if (!column.dictionary) return field;
  const auto& values = *column.dictionary;
  if (field.type.kind != ArrowType::integer || !values.format || values.dictionary) {
    throw Error(Code::invalid_value, name);
  }
  field.index = field.type;
  field.type = arrow_type_of(values.format);
  return field;
}

std::pair<std::size_t, std::size_t> rows_of(const ArrowArray& table, std::string_view subject) {
  constexpr std::int64_t most = std::int64_t{1} << 48U;
  const bool counts = table.length >= 0 && table.offset >= 0 && table.length < most && table.offset < most;
  if (!counts || !table.release) throw Error(Code::invalid_value, subject);
  const auto first = static_cast<std::size_t>(table.offset);
  const auto count = static_cast<std::size_t>(table.length);
  if (table.null_count != 0 && table.n_buffers > 0 && table.buffers && table.buffers[0]) {
    const Validity valid{static_cast<const std::uint8_t*>(table.buffers[0]), first};
    for (std::size_t row = 0; row < count; ++row) {
      if (!valid[row]) throw Error(Code::invalid_value, subject);
    }
  }
  return {first, count};
}

ArrowColumn::ArrowColumn(const ArrowArray& table, const ArrowField& field, std::size_t first, std::size_t count,
                         std::string_view name)
    : values_(values_of(child_of(table, field.child, name), field, first, count, name)) {
  if (field.index) indexes_.emplace(*table.children[field.child], *field.index, first, count, name);
}

std::optional<std::size_t> ArrowColumn::place(std::size_t row) const {
  std::size_t place = row;
  if (indexes_) {
    if (!indexes_->has(row)) return std::nullopt;
    const Int128 index = indexes_->integer(row);
    if (index < 0 || index >= static_cast<Int128>(values_.count())) values_.refuse();
    place = static_cast<std::size_t>(index);
  }
  return values_.has(place) ? std::optional(place) : std::nullopt;
}

}  // namespace rabatt
