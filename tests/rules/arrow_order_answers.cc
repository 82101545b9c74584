#include "arrow_order_answers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "rabatt/batch.h"

namespace rabatt {
namespace {

std::string value_text(const ArrowArray& values, const std::string& format, std::size_t row) {
  if (format == "u") {
    const auto* offsets = static_cast<const std::int32_t*>(values.buffers[1]) + row;
    const auto* bytes = static_cast<const char*>(values.buffers[2]);
    return {bytes + offsets[0], bytes + offsets[1]};
  }
  if (format == "l") return std::to_string(static_cast<const std::int64_t*>(values.buffers[1])[row]);
  Int128 mantissa = 0;
  std::memcpy(&mantissa, static_cast<const char*>(values.buffers[1]) + row * sizeof(mantissa), sizeof(mantissa));
  const int places = std::stoi(format.substr(5));
  return Decimal::scaled(mantissa, places).text(places);
}

TextTable table_of(const ArrowSchema& schema, const ArrowArray& array) {
  EXPECT_EQ(schema.n_children, array.n_children);
  TextTable table;
  for (std::int64_t i = 0; i < array.n_children; ++i) {
    const auto& values = *array.children[i];
    const std::string format = schema.children[i]->format;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.buffers[1]) % 64, 0U);
    EXPECT_EQ(values.length, array.length);
    TextColumn column{schema.children[i]->name, {}};
    const Validity valid{static_cast<const std::uint8_t*>(values.buffers[0])};
    for (std::size_t row = 0; row < static_cast<std::size_t>(array.length); ++row) {
      column.cells.push_back(valid[row] ? std::optional(value_text(values, format, row)) : std::nullopt);
    }
    EXPECT_EQ(std::ranges::count_if(column.cells, [](const auto& cell) { return !cell; }), values.null_count)
        << column.name;
    table.push_back(std::move(column));
  }
  return table;
}

}  // namespace

bool operator==(const ArrowAnswer& a, const ArrowAnswer& b) {
  const auto same = [](const TextColumn& x, const TextColumn& y) { return x.name == y.name && x.cells == y.cells; };
  return std::ranges::equal(a.lines, b.lines, same) && std::ranges::equal(a.orders, b.orders, same) &&
         a.formats == b.formats && a.places == b.places;
}

ArrowAnswer priced(const Book& book, SampleTable& table, const ArrowOrderOptions& options) {
  auto priced = price_arrow_orders(book, table.schema(), table.array(), options);
  ArrowAnswer answer{table_of(priced.lines_schema, priced.lines), table_of(priced.orders_schema, priced.orders), "",
                     priced.places};
  for (auto* schema : {&priced.lines_schema, &priced.orders_schema}) {
    for (std::int64_t i = 0; i < schema->n_children; ++i)
      answer.formats += std::string(schema->children[i]->format) + " ";
    schema->release(schema);
    EXPECT_EQ(schema->release, nullptr);
  }
  for (auto* array : {&priced.lines, &priced.orders}) {
    array->release(array);
    EXPECT_EQ(array->release, nullptr);
  }
  return answer;
}

const TextCells& column(const TextTable& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &TextColumn::name);
  if (found == table.end()) throw std::runtime_error("no column " + std::string(name));
  return found->cells;
}

}  // namespace rabatt
