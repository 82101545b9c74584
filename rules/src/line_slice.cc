#include "line_slice.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace rabatt {
namespace {

// The years 0001–9999.
constexpr std::int32_t first_day = -719'162;
constexpr std::int32_t last_day = 2'932'896;

template <class T>
bool is_aligned(const void* at) {
  return std::bit_cast<std::uintptr_t>(at) % alignof(T) == 0;
}

void set_bit(std::vector<std::uint8_t>* bits, std::size_t row) {
  (*bits)[row / 8] = static_cast<std::uint8_t>((*bits)[row / 8] | 1U << (row % 8));
}

// A column that can be priced where it lies.
std::optional<NumberColumn> in_place(const ArrowValues& values, std::size_t row) {
  const auto& type = values.type();
  const bool is_number = type.kind == ArrowType::integer ? type.is_signed : type.kind == ArrowType::decimal;
  if (!is_number || type.places < 0) return std::nullopt;
  NumberColumn column{.values = values.at(row), .places = type.places, .valid = values.valid(row)};
  switch (type.bytes) {
    case 4:
      column.width = NumberWidth::bits_32;
      return is_aligned<std::int32_t>(column.values) ? std::optional(column) : std::nullopt;
    case 8:
      column.width = NumberWidth::bits_64;
      return is_aligned<std::int64_t>(column.values) ? std::optional(column) : std::nullopt;
    case 16: column.width = NumberWidth::bits_128; return column;
    default: return std::nullopt;
  }
}

// How many places all values can have together: the most that one needs.
int common_places(const std::vector<std::optional<Decimal>>& values) {
  int places = 0;
  for (const auto& value : values) {
    if (value) places = std::max(places, value->places_needed());
  }
  return places;
}

std::optional<Int128> mantissa_at(const Decimal& value, int places) {
  Int128 mantissa = value.reduced().mantissa();
  constexpr Int128 most = std::numeric_limits<Int128>::max() / 100;  // above 10^36
  for (int zeros = places - value.places_needed(); zeros > 0; --zeros) {
    if (mantissa > most || mantissa < -most) return std::nullopt;
    mantissa *= 10;
  }
  return mantissa;
}

}  // namespace

void LineSlice::read(const LineChunk& chunk, std::size_t begin, std::size_t count) {
  begin_ = begin;
  count_ = count;
  ids_used_ = 0;
  numbers_used_ = 0;
  number_columns_.clear();
  bad_rows_.clear();
  odd_rows_.clear();
  lines_ = {};
  lines_.count = count;
  if (chunk.defaults().second) lines_.date.value = *chunk.defaults().second;
  lines_.currency.value = chunk.defaults().currency;
  for (std::size_t column = 0; column < chunk.columns().size(); ++column) {
    const auto& cells = chunk.columns()[column];
    const auto& field = cells.field();
    const bool is_of_day = field.kind == FieldKind::date || field.name == "currency";
    if (is_of_day && chunk.has_one_day()) continue;
    switch (field.kind) {
      case FieldKind::text: read_texts(cells, chunk.table(column), chunk.ids()); break;
      case FieldKind::number: read_numbers(cells); break;
      case FieldKind::date: read_dates(cells); break;
      case FieldKind::flag: read_flags(cells); break;
    }
  }
}

std::vector<Id>* LineSlice::room_for_ids() {
  if (ids_used_ == ids_.size()) ids_.emplace_back();
  auto* ids = &ids_[ids_used_++];
  ids->resize(count_);
  return ids;
}

template <class T>
void LineSlice::gather(const ArrowValues& indexes, const IdTable& table, std::vector<Id>* ids) {
  const auto* from = static_cast<const char*>(indexes.at(begin_));
  const std::uint64_t count = table.values.size() - 1;  // the last value is that of no index
  const Id* values = table.values.data();
  const bool has_nulls = indexes.has_nulls();
  bool out_of_range = false;
  for (std::size_t row = 0; row < count_; ++row) {
    if (has_nulls && !indexes.has(begin_ + row)) {
      (*ids)[row] = no_id;
      continue;
    }
    T index{};
    std::memcpy(&index, from + row * sizeof(T), sizeof(T));
    const auto wide = static_cast<std::uint64_t>(index);  // below 0 is above all others
    out_of_range |= wide >= count;
    const auto place = std::min(wide, count);
    (*ids)[row] = values[place];
    if (table.any_bad && table.is_bad[place]) note_bad(row);
  }
  if (out_of_range) indexes.refuse();
}

void LineSlice::gather_any(const ArrowValues& indexes, const IdTable& table, std::vector<Id>* ids) {
  const bool is_signed = indexes.type().is_signed;
  switch (indexes.type().bytes) {
    case 1: return is_signed ? gather<std::int8_t>(indexes, table, ids) : gather<std::uint8_t>(indexes, table, ids);
    case 2: return is_signed ? gather<std::int16_t>(indexes, table, ids) : gather<std::uint16_t>(indexes, table, ids);
    case 4: return is_signed ? gather<std::int32_t>(indexes, table, ids) : gather<std::uint32_t>(indexes, table, ids);
    default: return is_signed ? gather<std::int64_t>(indexes, table, ids) : gather<std::uint64_t>(indexes, table, ids);
  }
}

void LineSlice::read_texts(const LineCells& cells, const IdTable* table, const BookIds& book_ids) {
  auto* ids = room_for_ids();
  if (!table) {
    std::string_view last;
    Cell<Id> cell;
    for (std::size_t row = 0; row < count_; ++row) {
      const auto place = cells.place(begin_ + row);
      if (!place) {
        (*ids)[row] = no_id;
        continue;
      }
      // tables are often sorted by one of their texts
      const bool is_text = cells.values().type().is_text();
      const auto text = is_text ? cells.values().text(*place) : std::string_view();
      if (!is_text || text != last || text.empty()) cell = id_cell(cells.values(), *place, cells.field(), book_ids);
      last = text;
      (*ids)[row] = cell.value.value_or(no_id);
      if (cell.fault) note_bad(row);
    }
  } else {
    gather_any(*cells.indexes(), *table, ids);
  }
  (lines_.*cells.field().ids).values = ids->data();
}

void LineSlice::read_numbers(const LineCells& cells) {
  auto& column = lines_.*cells.field().numbers;
  if (cells.values().type().kind == ArrowType::null) return;
  if (!cells.indexes()) {
    if (const auto found = in_place(cells.values(), begin_)) {
      column = *found;
      return;
    }
  }
  auto& numbers = numbers_[numbers_used_++];
  number_columns_.push_back(cells.field().numbers);
  numbers.read.assign(count_, std::nullopt);
  for (std::size_t row = 0; row < count_; ++row) {
    const auto place = cells.place(begin_ + row);
    if (!place) continue;
    const auto cell = number_cell(cells.values(), *place, cells.field());
    numbers.read[row] = cell.value;
    if (cell.fault) note_bad(row);
  }
  const int places = common_places(numbers.read);
  numbers.mantissas.assign(count_, 0);
  numbers.bits.assign(count_ / 8 + 1, 0);
  for (std::size_t row = 0; row < count_; ++row) {
    if (!numbers.read[row]) continue;
    const auto mantissa = mantissa_at(*numbers.read[row], places);
    numbers.mantissas[row] = mantissa.value_or(0);
    set_bit(&numbers.bits, row);
    if (!mantissa) odd_rows_.push_back(static_cast<std::uint32_t>(row));
  }
  column = {numbers.mantissas.data(), NumberWidth::bits_128, places, {numbers.bits.data()}};
}

void LineSlice::read_dates(const LineCells& cells) {
  const auto& values = cells.values();
  const auto& type = values.type();
  if (!cells.indexes() && type.kind == ArrowType::days && is_aligned<std::int32_t>(values.at(begin_))) {
    lines_.date.days = static_cast<const std::int32_t*>(values.at(begin_));
    lines_.date.valid = values.valid(begin_);
    for (std::size_t row = 0; row < count_; ++row) {
      const bool is_date = lines_.date.days[row] >= first_day && lines_.date.days[row] <= last_day;
      if (!is_date && values.has(begin_ + row)) note_bad(row);
    }
    return;
  }
  seconds_.assign(count_, 0);
  date_bits_.assign(count_ / 8 + 1, 0);
  for (std::size_t row = 0; row < count_; ++row) {
    const auto place = cells.place(begin_ + row);
    if (!place) continue;
    const auto cell = date_cell(values, *place);
    if (cell.fault) note_bad(row);
    if (!cell.value) continue;
    seconds_[row] = *cell.value;
    set_bit(&date_bits_, row);
  }
  lines_.date.seconds = seconds_.data();
  lines_.date.valid = {date_bits_.data()};
}

void LineSlice::read_flags(const LineCells& cells) {
  constexpr std::uint8_t none = 2;
  flags_.assign(count_, none);
  for (std::size_t row = 0; row < count_; ++row) {
    const auto place = cells.place(begin_ + row);
    if (!place) continue;
    const auto cell = flag_cell(cells.values(), *place);
    flags_[row] = cell.value.value_or(none);
    if (cell.fault) note_bad(row);
  }
  lines_.prices_include_tax.values = flags_.data();
}

const LineColumns& LineSlice::alone(std::size_t row) {
  alone_ = lines_;
  alone_.count = 1;
  for (auto ids : {&LineColumns::item, &LineColumns::unit, &LineColumns::currency, &LineColumns::customer,
                   &LineColumns::organisation, &LineColumns::campaign, &LineColumns::code_campaign}) {
    if ((alone_.*ids).values) (alone_.*ids).values += row;
  }
  if (alone_.prices_include_tax.values) alone_.prices_include_tax.values += row;
  if (alone_.date.days) alone_.date.days += row;
  if (alone_.date.seconds) alone_.date.seconds += row;
  alone_.date.valid.offset += row;
  for (auto numbers :
       {&LineColumns::quantity, &LineColumns::list_price, &LineColumns::manual_price, &LineColumns::manual_discount}) {
    auto& column = alone_.*numbers;
    const std::size_t bytes = column.width == NumberWidth::bits_32 ? 4 : column.width == NumberWidth::bits_64 ? 8 : 16;
    if (column.values) column.values = static_cast<const char*>(column.values) + row * bytes;
    column.valid.offset += row;
  }
  for (std::size_t i = 0; i < number_columns_.size(); ++i) {
    auto& numbers = numbers_[i];
    if (!numbers.read[row]) continue;
    const auto value = numbers.read[row]->reduced();
    numbers.single = value.mantissa();
    alone_.*number_columns_[i] = {&numbers.single, NumberWidth::bits_128, value.places()};
  }
  return alone_;
}

}  // namespace rabatt
