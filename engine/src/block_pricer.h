// Blocks of lines priced from a day plane: each stage goes over the whole block, so that what it fetches is there when
// the next one wants it, and the arithmetic is done by vectors.
#pragma once

#include <span>
#include <vector>

#include "block_kernel.h"
#include "plane_line.h"

namespace rabatt {

// From the counts of a plane to mantissas of the results.
struct ResultScales {
  // False where the results have fewer places than the plane, or too many.
  [[nodiscard]] bool make(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int places);

  std::int64_t price = 1;
  std::int64_t amount = 1;
  std::int64_t unit_price = 1;
  std::uint64_t percent = 1;
  bool narrow = false;  // what has 32 bits has 63 after scaling
};

class BlockPricer {
 public:
  static constexpr std::size_t size = BlockColumns::size;

  BlockPricer(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, const ResultScales& scales,
              const LineColumns& lines, const PricedColumns& priced, Instructions instructions);

  // Prices up to `size` lines; appends those that are left to price() to `left`.
  void price(std::span<const std::uint32_t> rows, std::vector<std::uint32_t>* left);

 private:
  void read(std::span<const std::uint32_t> rows);
  void read_quantities();
  template <class T>
  void read_quantities_of(const T* values);
  void fetch();
  void look_up();
  void set_exceptions_aside();
  void look_up_prices();
  void look_up_price(std::size_t at);
  void compute();
  PlaneLine line_at(std::size_t at) const;
  void compute_alone(std::size_t at);
  void note_sources();
  template <class RowAt>
  void write(RowAt row_at) const;

  // A line goes its own way through the plane, or leaves it.
  void set_aside(std::size_t at) { alone_[at] = 1; }
  void leave(std::size_t at) { left_[at] = 1; }

  const CompiledPlane& plane_;
  const PlaneArithmetic& arithmetic_;
  const ResultScales& scales_;
  const LineColumns& lines_;
  const PricedColumns& priced_;
  PlanePricer pricer_;
  BlockKernel kernel_;
  bool all_left_ = false;  // something that is the same for all lines

  std::size_t count_ = 0;
  template <class T>
  using Values = BlockColumns::Values<T>;
  BlockColumns columns_{};
  Values<std::uint32_t> row_;
  Values<Id> item_;
  Values<Id> customer_;
  Values<std::uint64_t> pair_;  // pair_hash() of the customer's price book and the item
  Values<Id> campaign_;
  Values<Id> price_book_;
  Values<std::uint8_t> has_list_price_;
  Values<Source> source_;
  Values<std::uint8_t> negative_;
  bool narrow_ = true;  // every result fits 64 bits
  Values<std::uint8_t> alone_;
  Values<std::uint8_t> left_;
  Values<std::uint8_t> no_price_;
};

}  // namespace rabatt
