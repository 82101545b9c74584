// Which orders of a long table have rows that are not adjacent: whoever reads it in pieces has to gather those.
//
//   ScatteredOrders scattered(rows);
//   scattered.note(orders);                   // of each piece, from the first to the last
//   scattered.finish();
//   scattered.groups(orders, 16, groups);     // of each piece again: −1, or the group in which the order is whole
//
// Its memory is bounded: a filter of at most 32 MiB says which orders may have been there before, and a temporary file
// of 8 bytes for each time that the order changes says which were. Orders are told apart by hashes of 64 bits; two that
// share one are taken for scattered, which costs time, and no answer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "rabatt/arrow_abi.h"

namespace rabatt {

class ScatteredOrders {
 public:
  // Beyond so many orders all of them are taken for scattered.
  static constexpr std::size_t most_known = std::size_t{1} << 20U;

  // A table of about so many rows. Throws file_not_writable where there is no temporary file.
  explicit ScatteredOrders(std::uint64_t rows);
  // What finished() gave.
  explicit ScatteredOrders(std::string_view finished);
  ~ScatteredOrders();
  ScatteredOrders(ScatteredOrders&&) noexcept;
  ScatteredOrders& operator=(ScatteredOrders&&) noexcept;

  // The orders of the next rows: an array of large_utf8. A null or empty text is no order. Throws invalid_value for an
  // array that is not well-formed, file_not_writable.
  void note(const ArrowArray& orders);

  // After the last row. Throws file_not_readable.
  void finish();

  bool any() const noexcept { return all_ || !known_.empty(); }

  // Of each row the group of its order, 0 … count − 1, or −1 where the order's rows are adjacent or there is none.
  void groups(const ArrowArray& orders, int count, std::int32_t* groups) const;

  // Bytes that say the same to another process on the same kind of machine.
  std::vector<char> finished() const;

 private:
  class Changes;
  std::unique_ptr<Changes> changes_;  // until it is finished
  std::vector<std::uint64_t> known_;  // hashes of scattered orders, ascending
  bool all_ = false;
};

}  // namespace rabatt
