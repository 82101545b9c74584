// Arrow arrays and schemas by hand, without a library: columns of any type from cells of text.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/arrow_lines.h"
#include "rabatt/orders.h"

namespace rabatt {

using TextCells = std::vector<std::optional<std::string>>;

// A column: format, buffers and, where it is dictionary-encoded, the values. Rows before `offset` are rubbish.
struct SampleColumn {
  std::string name, format;
  std::size_t count = 0, offset = 0;
  std::int64_t nulls = 0;
  std::vector<std::vector<std::uint8_t>> buffers;  // validity first; an empty one is null
  std::shared_ptr<SampleColumn> dictionary;
};

SampleColumn text_column(const std::string& name, const TextCells& cells, const std::string& format = "u",
                         std::size_t offset = 0);
SampleColumn number_column(const std::string& name, const std::vector<std::optional<Int128>>& values,
                           const std::string& format, std::size_t bytes, std::size_t offset = 0);
SampleColumn flag_column(const std::string& name, const std::vector<std::optional<bool>>& values,
                         std::size_t offset = 0);
SampleColumn null_column(const std::string& name, std::size_t count);
// With an index of each value that differs; `format` of the indexes.
SampleColumn dictionary_column(const std::string& name, const TextCells& cells, const std::string& format,
                               std::size_t bytes, std::size_t offset = 0);

// A table of them as a struct, with its schema. Lives as long as both are used; releases are counted.
class SampleTable {
 public:
  explicit SampleTable(std::vector<SampleColumn> columns, std::size_t offset = 0);
  SampleTable(const SampleTable&) = delete;
  SampleTable& operator=(const SampleTable&) = delete;

  ArrowSchema& schema() { return schema_; }
  ArrowArray& array() { return array_; }
  ArrowArray& child(std::size_t column) { return arrays_.at(column); }
  SampleColumn& column(std::size_t column) { return columns_.at(column); }

 private:
  void fill(SampleColumn& column, ArrowSchema* schema, ArrowArray* array);

  std::vector<SampleColumn> columns_;
  std::deque<ArrowSchema> schemas_, dictionary_schemas_;
  std::deque<ArrowArray> arrays_, dictionary_arrays_;
  std::deque<std::vector<const void*>> pointers_;
  std::vector<ArrowSchema*> schema_children_;
  std::vector<ArrowArray*> children_;
  const void* no_buffer_ = nullptr;
  ArrowSchema schema_{};
  ArrowArray array_{};
};

std::shared_ptr<const BatchPricer> pricer_of(const Book& book);

// The results for an array as a table of texts; numbers with as few places as hold them.
TextTable priced(ArrowPricer* pricer, const ArrowArray& lines);

}  // namespace rabatt
