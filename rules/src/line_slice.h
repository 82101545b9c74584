// Some lines of a chunk as the columns that are priced. Numbers and dates of the engine's widths are priced where they
// lie; ids, and all that has to be read, come to lie here. A slice is used again for the next lines.
#pragma once

#include <deque>
#include <vector>

#include "line_chunk.h"

namespace rabatt {

class LineSlice {
 public:
  // Lines `begin` to `begin + count` of the chunk, which lives as long as the columns are used.
  void read(const LineChunk& chunk, std::size_t begin, std::size_t count);

  const LineColumns& lines() const { return lines_; }

  // Rows with a cell that is none, whatever their price; a row may be there more than once.
  const std::vector<std::uint32_t>& bad_rows() const { return bad_rows_; }

  // Rows with a number that fits its column's places only if it is alone there: to be priced as `alone`.
  const std::vector<std::uint32_t>& odd_rows() const { return odd_rows_; }

  // The columns of one line; good until the next call.
  const LineColumns& alone(std::size_t row);

 private:
  struct Numbers {
    std::vector<std::optional<Decimal>> read;
    std::vector<Int128> mantissas;
    std::vector<std::uint8_t> bits;
    Int128 single = 0;
  };

  void read_texts(const LineCells& cells, const IdTable* table, const BookIds& ids);
  void read_numbers(const LineCells& cells);
  void read_dates(const LineCells& cells);
  void read_flags(const LineCells& cells);
  template <class T>
  void gather(const ArrowValues& indexes, const IdTable& table, std::vector<Id>* ids);
  void gather_any(const ArrowValues& indexes, const IdTable& table, std::vector<Id>* ids);
  std::vector<Id>* room_for_ids();
  void note_bad(std::size_t row) { bad_rows_.push_back(static_cast<std::uint32_t>(row)); }

  std::size_t begin_ = 0;
  std::size_t count_ = 0;
  LineColumns lines_;
  LineColumns alone_;
  std::deque<std::vector<Id>> ids_;  // a vector's values stay where they are
  std::size_t ids_used_ = 0;
  std::array<Numbers, 4> numbers_;
  std::size_t numbers_used_ = 0;
  std::vector<NumberColumn LineColumns::*> number_columns_;  // of numbers_
  std::vector<std::int64_t> seconds_;
  std::vector<std::uint8_t> date_bits_;
  std::vector<std::uint8_t> flags_;
  std::vector<std::uint32_t> bad_rows_;
  std::vector<std::uint32_t> odd_rows_;
};

}  // namespace rabatt
