// Blocks of lines priced from a day plane: each stage goes over the whole block, so that what one fetches is there when
// the next one wants it, and vectors do what is the same for all lines.
#pragma once

#include <span>
#include <vector>

#include "block_kernel.h"
#include "plane_line.h"
#include "result_scales.h"

namespace rabatt {

class BlockPricer {
 public:
  static constexpr std::size_t size = block_size;

  BlockPricer(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, const ResultScales& scales,
              const LineColumns& lines, const PricedColumns& priced, Instructions instructions);

  // Prices lines, one behind the other or those in `rows`; appends those that are left to price() to `left`.
  void price(std::size_t begin, std::size_t end, std::vector<std::uint32_t>* left);
  void price(std::span<const std::uint32_t> rows, std::vector<std::uint32_t>* left);

 private:
  void note_what_is_the_same_for_all();
  template <class Rows>
  void price_blocks(const Rows& rows, std::vector<std::uint32_t>* left);
  template <class RowAt>
  void price_block(RowAt row_at, std::vector<std::uint32_t>* left);
  template <class RowAt>
  void read_ahead(RowAt row_at, std::size_t count);
  template <class RowAt>
  void read(RowAt row_at);
  template <class RowAt>
  void leave_what_only_price_knows(RowAt row_at);
  template <class RowAt>
  void read_quantities(RowAt row_at);
  template <class RowAt>
  void read_wide_quantities(RowAt row_at);
  void look_up();
  void fetch_offers(std::uint32_t at) const;
  void attend(std::uint32_t at);
  void look_up_price(std::uint32_t at);
  void compute();
  void compute_alone(std::uint32_t at);
  void note_sources();
  template <class RowAt>
  void write(RowAt row_at) const;
  PlaneLine line_at(std::uint32_t at) const;

  const CompiledPlane& plane_;
  const PlaneArithmetic& arithmetic_;
  const ResultScales& scales_;
  const LineColumns& lines_;
  const PricedColumns& priced_;
  PlanePricer pricer_;
  BlockKernel kernel_;
  bool all_left_ = false;  // something that is the same for all lines is for price() alone
  bool all_plain_ = false;  // no column has what may be
  bool wants_more_ = false;  // than nets and campaigns

  std::size_t count_ = 0;
  std::array<BlockIds, 2> ids_;  // of this block and the one after it, in turn
  BlockIds* now_ = ids_.data();
  BlockIds* ahead_ = ids_.data() + 1;
  BlockColumns columns_{};
  LineBits left_;  // to price()
  LineBits alone_;  // goes its own way through the plane
  LineBits no_price_;
  LineBits no_list_price_;
  BlockValues<Source> source_{};
  bool past_caches_ = false;
  bool narrow_ = true;  // every number of the block has 32 bits
};

}  // namespace rabatt
