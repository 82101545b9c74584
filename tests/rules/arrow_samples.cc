#include "arrow_samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace rabatt {
namespace {

template <class T>
void append(std::vector<std::uint8_t>* buffer, const T& value, std::size_t bytes = sizeof(T)) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(&value);  // little-endian: the low bytes first
  buffer->insert(buffer->end(), from, from + bytes);
}

void append_bit(std::vector<std::uint8_t>* bits, std::size_t index, bool value) {
  if (index % 8 == 0) bits->push_back(0);
  if (value) bits->back() = static_cast<std::uint8_t>(bits->back() | 1U << (index % 8));
}

// A bitmap whose first `offset` bits are set.
template <class Cells>
std::vector<std::uint8_t> validity(const Cells& cells, std::size_t offset) {
  std::vector<std::uint8_t> bits;
  for (std::size_t i = 0; i < offset + cells.size(); ++i) {
    append_bit(&bits, i, i < offset || cells[i - offset].has_value());
  }
  return bits;
}

template <class Cells>
SampleColumn started(const std::string& name, const std::string& format, const Cells& cells, std::size_t offset) {
  SampleColumn column{name, format, cells.size(), offset, 0, {}, nullptr};
  column.nulls = std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return !cell; });
  column.buffers.push_back(column.nulls == 0 ? std::vector<std::uint8_t>() : validity(cells, offset));
  return column;
}

SampleColumn view_column(const std::string& name, const TextCells& cells, std::size_t offset) {
  auto column = started(name, "vu", cells, offset);
  std::vector<std::uint8_t> views, bytes, sizes;
  for (std::size_t i = 0; i < offset + cells.size(); ++i) {
    const std::string text = i < offset ? "rubbish" : cells[i - offset].value_or("");
    const auto size = static_cast<std::int32_t>(text.size());
    append(&views, size);
    if (size <= 12) {
      char inlined[12] = {};
      std::copy(text.begin(), text.end(), inlined);
      append(&views, inlined);
      continue;
    }
    views.insert(views.end(), text.begin(), text.begin() + 4);
    append(&views, std::int32_t{0});
    append(&views, static_cast<std::int32_t>(bytes.size()));
    bytes.insert(bytes.end(), text.begin(), text.end());
  }
  append(&sizes, static_cast<std::int64_t>(bytes.size()));
  for (auto* buffer : {&views, &bytes, &sizes}) column.buffers.push_back(*buffer);
  return column;
}

// The cells of a result column as text; numbers with all their places.
TextCells cells_of(const ArrowSchema& schema, const ArrowArray& array, std::size_t column) {
  const auto& values = *array.children[column];
  const std::string format = schema.children[column]->format;
  const auto* valid = static_cast<const std::uint8_t*>(values.buffers[0]);
  TextCells cells;
  for (std::size_t row = 0; row < static_cast<std::size_t>(array.length); ++row) {
    if (!Validity{valid, 0}[row]) {
      cells.emplace_back();
      continue;
    }
    if (format.starts_with("d:")) {
      Int128 mantissa = 0;
      std::memcpy(&mantissa, static_cast<const char*>(values.buffers[1]) + row * sizeof(mantissa), sizeof(mantissa));
      cells.emplace_back(Decimal::scaled(mantissa, std::stoi(format.substr(5))).text());
      continue;
    }
    const auto index = format == "c" ? static_cast<const std::int8_t*>(values.buffers[1])[row]
                                     : static_cast<const std::int32_t*>(values.buffers[1])[row];
    const auto* offsets = static_cast<const std::int32_t*>(values.dictionary->buffers[1]) + index;
    const auto* bytes = static_cast<const char*>(values.dictionary->buffers[2]);
    cells.emplace_back(std::string(bytes + offsets[0], bytes + offsets[1]));
  }
  return cells;
}

}  // namespace

SampleColumn text_column(const std::string& name, const TextCells& cells, const std::string& format,
                         std::size_t offset) {
  if (format == "vu") return view_column(name, cells, offset);
  auto column = started(name, format, cells, offset);
  std::vector<std::uint8_t> offsets, bytes;
  const auto end = [&] { append(&offsets, static_cast<std::int64_t>(bytes.size()), format == "u" ? 4 : 8); };
  end();
  for (std::size_t i = 0; i < offset + cells.size(); ++i) {
    const std::string text = i < offset ? "rubbish" : cells[i - offset].value_or("");
    bytes.insert(bytes.end(), text.begin(), text.end());
    end();
  }
  column.buffers.push_back(offsets);
  column.buffers.push_back(bytes);
  return column;
}

SampleColumn number_column(const std::string& name, const std::vector<std::optional<Int128>>& values,
                           const std::string& format, std::size_t bytes, std::size_t offset) {
  auto column = started(name, format, values, offset);
  std::vector<std::uint8_t> buffer;
  for (std::size_t i = 0; i < offset + values.size(); ++i) {
    append(&buffer, i < offset ? Int128{-1} : values[i - offset].value_or(-1), bytes);
  }
  column.buffers.push_back(buffer);
  return column;
}

SampleColumn flag_column(const std::string& name, const std::vector<std::optional<bool>>& values, std::size_t offset) {
  auto column = started(name, "b", values, offset);
  std::vector<std::uint8_t> bits;
  for (std::size_t i = 0; i < offset + values.size(); ++i) {
    append_bit(&bits, i, i >= offset && values[i - offset].value_or(true));
  }
  column.buffers.push_back(bits);
  return column;
}

SampleColumn null_column(const std::string& name, std::size_t count) {
  return {name, "n", count, 0, static_cast<std::int64_t>(count), {}, nullptr};
}

SampleColumn dictionary_column(const std::string& name, const TextCells& cells, const std::string& format,
                               std::size_t bytes, std::size_t offset) {
  TextCells values = {std::nullopt, "unused"};
  std::vector<std::optional<Int128>> indexes;
  for (const auto& cell : cells) {
    // a null is one of the indexes, or one of the values
    if (!cell && indexes.size() % 2 == 0) {
      indexes.emplace_back(std::nullopt);
      continue;
    }
    const auto found = std::find(values.begin(), values.end(), cell);
    indexes.emplace_back(found - values.begin());
    if (found == values.end()) values.push_back(cell);
  }
  auto column = number_column(name, indexes, format, bytes, offset);
  column.dictionary = std::make_shared<SampleColumn>(text_column("", values));
  return column;
}

SampleTable::SampleTable(std::vector<SampleColumn> columns, std::size_t offset) : columns_(std::move(columns)) {
  for (auto& column : columns_) {
    fill(column, &schemas_.emplace_back(), &arrays_.emplace_back());
    arrays_.back().offset -= static_cast<std::int64_t>(offset);  // the struct's rows begin at its own offset
    arrays_.back().length += static_cast<std::int64_t>(offset);
    schema_children_.push_back(&schemas_.back());
    children_.push_back(&arrays_.back());
  }
  schema_.format = "+s";
  schema_.name = "";
  schema_.n_children = static_cast<std::int64_t>(columns_.size());
  schema_.children = schema_children_.data();
  schema_.release = [](ArrowSchema* schema) { schema->release = nullptr; };
  array_.length = columns_.empty() ? 0 : static_cast<std::int64_t>(columns_[0].count);
  array_.offset = static_cast<std::int64_t>(offset);
  array_.n_buffers = 1;
  array_.buffers = &no_buffer_;
  array_.n_children = schema_.n_children;
  array_.children = children_.data();
  array_.release = [](ArrowArray* array) { array->release = nullptr; };
}

void SampleTable::fill(SampleColumn& column, ArrowSchema* schema, ArrowArray* array) {
  auto& pointers = pointers_.emplace_back();
  for (const auto& buffer : column.buffers) pointers.push_back(buffer.empty() ? nullptr : buffer.data());
  schema->format = column.format.c_str();
  schema->name = column.name.c_str();
  schema->flags = ARROW_FLAG_NULLABLE;
  schema->release = [](ArrowSchema* released) { released->release = nullptr; };
  array->length = static_cast<std::int64_t>(column.count);
  array->offset = static_cast<std::int64_t>(column.offset);
  array->null_count = column.nulls;
  array->n_buffers = static_cast<std::int64_t>(pointers.size());
  array->buffers = pointers.data();
  array->release = [](ArrowArray* released) { released->release = nullptr; };
  if (!column.dictionary) return;
  schema->dictionary = &dictionary_schemas_.emplace_back();
  array->dictionary = &dictionary_arrays_.emplace_back();
  fill(*column.dictionary, schema->dictionary, array->dictionary);
}

std::shared_ptr<const BatchPricer> pricer_of(const Book& book) { return std::make_shared<BatchPricer>(book); }

TextTable priced(ArrowPricer* pricer, const ArrowArray& lines) {
  ArrowSchema schema;
  ArrowArray array;
  pricer->price(lines, &array);
  pricer->schema(&schema);
  EXPECT_EQ(array.length, lines.length);
  TextTable table;
  for (std::int64_t column = 0; column < array.n_children; ++column) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(array.children[column]->buffers[1]) % 64, 0U);
    table.push_back({schema.children[column]->name, cells_of(schema, array, static_cast<std::size_t>(column))});
  }
  array.release(&array);
  schema.release(&schema);
  EXPECT_EQ(array.release, nullptr);
  return table;
}

}  // namespace rabatt
