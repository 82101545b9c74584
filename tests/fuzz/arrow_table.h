// A table in Arrow's structs, built from a fuzzer's input with types, lengths, offsets, nulls and dictionaries of any
// kind.
//
// Arrow's structs say no sizes of buffers, so a reader must believe in them: they have the bytes that their array's
// length and offset ask for, and not one more, as long as these are small; nothing is behind those of huge or
// negative ones. Offsets of texts stay within the bytes of their texts, or are below 0, or fall.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/arrow_abi.h"

namespace rabatt {

// The input, byte by byte; zeros behind its end.
class Input {
 public:
  explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const auto first = bytes_[0];
    bytes_ = bytes_.subspan(1);
    return first;
  }
  bool one_in(int count) { return byte() % count == count - 1; }
  std::uint64_t word() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8U | byte();
    return value;
  }
  template <class List>
  auto pick(const List& list) {
    return list[byte() % std::size(list)];
  }
  // Mostly `usual`, now and then whatever.
  std::int64_t about(std::int64_t usual) {
    const auto choice = byte();
    if (choice < 240) return usual;
    if (choice < 250) return usual + choice % 5 - 2;
    return static_cast<std::int64_t>(word());
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

class Table {
 public:
  using Names = std::span<const char* const>;

  // Mostly with all the required columns, and some of the others.
  Table(Input* input, Names required, Names others) : input_(*input) {
    rows_ = input_.byte() % 20;
    first_ = input_.one_in(8) ? input_.byte() % 8 : 0;
    for (const char* name : required) {
      if (!input_.one_in(30)) add_column(name);
    }
    for (int more = input_.byte() % 6; more > 0; --more) add_column(input_.pick(others));
    fill_struct();
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  const ArrowSchema& schema() const { return schema_; }
  const ArrowArray& array() const { return array_; }

 private:
  static constexpr std::int64_t most_rows = 64;

  static void release(ArrowSchema* schema) { schema->release = nullptr; }
  static void release(ArrowArray* array) { array->release = nullptr; }

  // In a block of its own, so that reading behind it is seen.
  void* block(std::size_t bytes) {
    blocks_.push_back(std::make_unique<std::uint8_t[]>(bytes));
    return blocks_.back().get();
  }
  std::uint8_t* random_block(std::size_t bytes) {
    auto* at = static_cast<std::uint8_t*>(block(bytes));
    for (std::size_t i = 0; i < bytes; ++i) at[i] = input_.byte();
    return at;
  }

  void add_column(const char* name) {
    add(name, rows_ + first_, true, &schemas_.emplace_back(), &arrays_.emplace_back());
    schema_children_.push_back(&schemas_.back());
    children_.push_back(&arrays_.back());
  }

  void add(const char* name, std::int64_t rows, bool may_have_dictionary, ArrowSchema* schema, ArrowArray* array) {
    constexpr const char* texts[] = {"u", "U", "vu"};
    constexpr const char* integers[] = {"c", "C", "s", "S", "i", "I", "l", "L"};
    constexpr const char* others[] = {
        "d:38,2", "d:38,-3", "d:9,2,32",        "d:18,4,64", "d:76,2,256", "tdD", "tdm",     "tss:", "tsm:",
        "tsu:",   "tsn:",    "tss:UTC",         "b",         "n",          "g",   "z",       "+s",   "w:5",
        "d:",     "d:1",     "d:9,99999999999", "ts",        "tsx:",       "",    "d:38,39", "td",   "vz"};
    const bool is_text = std::string_view(name) != "quantity" && std::string_view(name) != "date";
    const auto kind = input_.byte();
    const char* format = kind < 140   ? (is_text ? input_.pick(texts) : input_.pick(integers))
                         : kind < 200 ? input_.pick(integers)
                         : kind < 215 ? input_.pick(texts)
                                      : input_.pick(others);
    if (std::string_view(name) == "date" && kind < 140) format = kind < 100 ? "tdD" : input_.pick(texts);
    const bool has_dictionary = may_have_dictionary && input_.one_in(3);
    if (has_dictionary) format = input_.pick(integers);
    *schema = {.format = format,
               .name = name,
               .metadata = nullptr,
               .flags = ARROW_FLAG_NULLABLE,
               .n_children = 0,
               .children = nullptr,
               .dictionary = nullptr,
               .release = release,
               .private_data = nullptr};
    const std::int64_t offset = input_.one_in(6) ? input_.byte() % 9 : 0;
    *array = {.length = input_.about(rows),
              .null_count = input_.one_in(3) ? -1 : 0,
              .offset = input_.about(offset),
              .n_buffers = 0,
              .n_children = 0,
              .buffers = nullptr,
              .children = nullptr,
              .dictionary = nullptr,
              .release = input_.one_in(200) ? nullptr : static_cast<void (*)(ArrowArray*)>(release),
              .private_data = nullptr};
    fill_buffers(name, format, has_dictionary, array);
    if (has_dictionary) {
      add(name, input_.byte() % 6, false, &dictionary_schemas_.emplace_back(), &dictionary_arrays_.emplace_back());
      schema->dictionary = &dictionary_schemas_.back();
      if (!input_.one_in(50)) array->dictionary = &dictionary_arrays_.back();
    }
  }

  // As many values as the array says it has; none behind counts that nothing can have.
  void fill_buffers(std::string_view column, std::string_view format, bool is_index, ArrowArray* array) {
    auto& pointers = pointers_.emplace_back();
    const bool is_small =
        array->length >= 0 && array->length <= most_rows && array->offset >= 0 && array->offset <= most_rows;
    const auto count = is_small ? static_cast<std::size_t>(array->length + array->offset) : 0;
    if (format != "n") pointers.push_back(array->null_count == 0 ? nullptr : random_block((count + 7) / 8));
    if (format == "u" || format == "U") {
      add_texts(column, format == "u" ? 4 : 8, count, &pointers);
    } else if (format == "vu") {
      add_views(column, count, &pointers);
    } else if (format == "b") {
      pointers.push_back(random_block((count + 7) / 8));
    } else if (format != "n") {
      pointers.push_back(values(format, is_index, count));
    }
    if (!is_small) {
      for (auto& pointer : pointers) pointer = nullptr;
    }
    if (input_.one_in(100) && !pointers.empty()) pointers[input_.byte() % pointers.size()] = nullptr;
    array->n_buffers = static_cast<std::int64_t>(pointers.size());
    if (input_.one_in(100)) array->n_buffers = input_.byte() % (array->n_buffers + 1);
    array->buffers = input_.one_in(200) ? nullptr : pointers.data();
  }

  const void* values(std::string_view format, bool is_index, std::size_t count) {
    std::size_t bytes = 8;
    if (format == "c" || format == "C") bytes = 1;
    if (format == "s" || format == "S") bytes = 2;
    if (format == "i" || format == "I" || format == "tdD" || format == "d:9,2,32") bytes = 4;
    if (format.starts_with("d:38") || format == "w:5") bytes = 16;
    if (format == "d:76,2,256") bytes = 32;
    auto* at = static_cast<std::uint8_t*>(block(bytes * count));
    const bool is_wild = input_.one_in(6);
    for (std::size_t row = 0; row < count; ++row) {
      // days about 2026, indexes into what is there mostly
      std::uint64_t value = is_wild ? input_.word() : input_.byte() % (is_index ? 6U : 256U);
      if (format == "tdD" && !is_wild) value += 20'400;
      for (std::size_t i = 0; i < bytes; ++i)
        at[row * bytes + i] = i < 8 ? static_cast<std::uint8_t>(value >> 8U * i) : 0;
      if (is_wild && input_.one_in(2)) {
        for (std::size_t i = 8; i < bytes; ++i) at[row * bytes + i] = input_.byte();
      }
    }
    return at;
  }

  // Mostly what the column may have, now and then what others have, or anything.
  std::string text(std::string_view column) {
    constexpr struct {
      const char* column;
      const char* text;
    } usual[] = {{"item", "TEA"},
                 {"item", "CUP"},
                 {"quantity", "12.5"},
                 {"date", "2026-03-10"},
                 {"date", "2026-03-10T09:30"},
                 {"currency", "EUR"},
                 {"customer", "C1"},
                 {"organisation", "O2"},
                 {"campaign", "K2"},
                 {"code", "spring"},
                 {"order", "1"},
                 {"order", "2"},
                 {"payment_term", "NET30"},
                 {"prices_include_tax", "true"},
                 {"unit", "PCS"},
                 {"list_price", "12.345"},
                 {"manual_price", "0.05"},
                 {"manual_discount", "33.3"},
                 {"tax_rate", "20"},
                 {"", ""},
                 {"", "-3"},
                 {"", "USD"},
                 {"", "a text of more than twelve bytes"}};
    std::string text;
    const auto choice = input_.byte();
    if (choice < 200) {
      const auto wanted = choice % 2U;
      for (const auto& word : usual) {
        if (word.column == column && (text.empty() || wanted == 1)) text = word.text;
      }
    } else if (choice < 235) {
      text = input_.pick(usual).text;
    } else {
      for (int size = input_.byte() % 24; size > 0; --size) text.push_back(static_cast<char>(input_.byte()));
    }
    return text;
  }

  void add_texts(std::string_view column, std::size_t bytes, std::size_t count, std::vector<const void*>* pointers) {
    std::string all;
    auto* offsets = static_cast<std::uint8_t*>(block(bytes * (count + 1)));
    const auto put = [&](std::size_t row, std::int64_t offset) {
      for (std::size_t i = 0; i < bytes; ++i) {
        offsets[row * bytes + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(offset) >> 8U * i);
      }
    };
    for (std::size_t row = 0; row < count; ++row) {
      all += text(column);
      put(row + 1, static_cast<std::int64_t>(all.size()));
    }
    if (input_.one_in(10)) put(input_.byte() % (count + 1), input_.byte() % static_cast<std::int64_t>(all.size() + 1));
    if (input_.one_in(10)) put(input_.byte() % (count + 1), -std::int64_t{input_.byte()});
    pointers->push_back(offsets);
    auto* letters = static_cast<std::uint8_t*>(block(all.size()));
    std::copy(all.begin(), all.end(), letters);
    pointers->push_back(letters);
  }

  void add_views(std::string_view column, std::size_t count, std::vector<const void*>* pointers) {
    constexpr std::size_t bytes = 16;
    auto* views = random_block(bytes * count);
    const std::int64_t part_size = input_.byte();
    const std::size_t parts = input_.byte() % 3U;
    for (std::size_t row = 0; row < count && !input_.one_in(10); ++row) {  // the others stay as they come
      const auto word = text(column).substr(0, 12);
      std::fill_n(views + row * bytes, bytes, std::uint8_t{0});
      views[row * bytes] = static_cast<std::uint8_t>(word.size());
      std::copy(word.begin(), word.end(), views + row * bytes + 4);
    }
    pointers->push_back(views);
    auto* sizes = static_cast<std::uint8_t*>(block(8 * parts));
    for (std::size_t part = 0; part < parts; ++part) {
      pointers->push_back(random_block(static_cast<std::size_t>(part_size)));
      sizes[8 * part] = static_cast<std::uint8_t>(part_size);
    }
    pointers->push_back(sizes);
  }

  void fill_struct() {
    schema_.format = input_.one_in(100) ? "+l" : "+s";
    schema_.name = "";
    schema_.n_children = static_cast<std::int64_t>(schema_children_.size());
    schema_.children = schema_children_.data();
    schema_.release = release;
    array_.length = input_.about(rows_);
    array_.offset = input_.about(first_);
    array_.null_count = 0;
    array_.n_buffers = 1;
    array_.buffers = &no_buffer_;
    array_.n_children = input_.one_in(50) ? input_.byte() % (schema_.n_children + 1) : schema_.n_children;
    array_.children = children_.data();
    array_.release = release;
  }

  Input& input_;
  std::int64_t rows_ = 0, first_ = 0;
  std::deque<ArrowSchema> schemas_, dictionary_schemas_;
  std::deque<ArrowArray> arrays_, dictionary_arrays_;
  std::deque<std::vector<const void*>> pointers_;
  std::vector<std::unique_ptr<std::uint8_t[]>> blocks_;
  std::vector<ArrowSchema*> schema_children_;
  std::vector<ArrowArray*> children_;
  const void* no_buffer_ = nullptr;
  ArrowSchema schema_{};
  ArrowArray array_{};
};

}  // namespace rabatt
