// Cells: the value of a field as text in the one spelling that databases, the log and comparisons use.
// Decimals are reduced, booleans are 1 and 0, days 2026-03-01, instants 2026-03-01T09:30:00.000Z, choices their word,
// references the digits of an id, or "=" and the number or code that is still to be looked up. Blank is nothing.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/names.h"
#include "rabatt/records/field_types.h"

namespace rabatt {

using Cell = std::optional<std::string>;
using CellView = std::optional<std::string_view>;
using Cells = std::vector<Cell>;

std::string text_of(Instant instant);  // "2026-03-01T09:30:00.000Z"

// `YYYY-MM-DDTHH:MM[:SS[.mmm]]` and `Z`, or an offset such as +02:00; years 0001–9999. Nothing if the text is none.
std::optional<Instant> instant_of(std::string_view text) noexcept;

// `YYYY-MM-DD`, years 0001–9999.
std::optional<Day> day_of(std::string_view text) noexcept;

inline std::optional<std::int64_t> integer_of(std::string_view text) noexcept {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A copy of what stands elsewhere.
inline Cell owned(CellView cell) { return cell ? Cell(std::string(*cell)) : Cell(); }

// ---- values to cells ----

inline Cell cell_of(const std::string& text) { return text.empty() ? Cell() : Cell(text); }
inline Cell cell_of(bool value) { return Cell(value ? "1" : "0"); }
template <std::integral Integer>
  requires(!std::same_as<Integer, bool>)
Cell cell_of(Integer value) {
  return std::to_string(value);
}
inline Cell cell_of(const Decimal& value) { return value.text(); }
inline Cell cell_of(const Day& day) { return text_of(day); }
inline Cell cell_of(const Instant& instant) { return text_of(instant); }
template <class Enum>
  requires std::is_enum_v<Enum>
Cell cell_of(Enum value) {
  return Cell(name_of(value));
}
template <class T>
Cell cell_of(const std::optional<T>& value) {
  return value ? cell_of(*value) : Cell();
}
template <class Target>
Cell cell_of(const Reference<Target>& reference) {
  if (!reference.name.empty()) return "=" + reference.name;
  return reference.id == 0 ? Cell() : Cell(std::to_string(reference.id));
}
template <class T>
  requires(!std::is_class_v<T>)
Cell cell_of(const Wrapped<T, false>& wrapped) {
  return cell_of(wrapped.value);
}

// ---- cells to values; a cell that was read well ----

inline void from_cell(CellView cell, std::string* text) { *text = cell.value_or(""); }
inline void from_cell(CellView cell, bool* value) { *value = cell == "1"; }
template <std::integral Integer>
  requires(!std::same_as<Integer, bool>)
void from_cell(CellView cell, Integer* value) {
  *value = static_cast<Integer>(cell ? integer_of(*cell).value_or(0) : 0);
}
inline void from_cell(CellView cell, Decimal* value) { *value = cell ? Decimal(*cell) : Decimal(); }
template <class Enum>
  requires std::is_enum_v<Enum>
void from_cell(CellView cell, Enum* value) {
  if (cell) *value = value_named<Enum>(*cell).value_or(Enum());
}
inline void from_cell(CellView cell, Day* day) { *day = day_of(*cell).value_or(Day()); }
inline void from_cell(CellView cell, Instant* instant) { *instant = instant_of(*cell).value_or(Instant()); }
template <class T>
void from_cell(CellView cell, std::optional<T>* value) {
  value->reset();
  if (cell) from_cell(cell, &value->emplace());
}
template <class Target>
void from_cell(CellView cell, Reference<Target>* reference) {
  *reference = {};
  if (!cell) return;
  if (cell->starts_with('=')) {
    reference->name = cell->substr(1);
  } else {
    reference->id = integer_of(*cell).value_or(0);
  }
}
template <class T>
  requires(!std::is_class_v<T>)
void from_cell(CellView cell, Wrapped<T, false>* wrapped) {
  from_cell(cell, &wrapped->value);
}

}  // namespace rabatt
