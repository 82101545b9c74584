// The part of a batch that vectors do: for a block of lines at once, from quantity, list price, customer discount and
// one campaign's percentage to amounts.
#pragma once

#include <array>
#include <cstdint>

#include "plane_arithmetic.h"
#include "rabatt/batch.h"

namespace rabatt {

// One column per field, padded so that whole vectors can be read and written.
struct BlockColumns {
  static constexpr std::size_t size = 128;
  template <class T>
  using Values = std::array<T, size>;

  // in
  alignas(64) Values<std::uint64_t> quantity;
  alignas(64) Values<std::uint64_t> list_price;
  alignas(64) Values<std::uint64_t> set_price;  // all bits: none
  alignas(64) Values<std::uint32_t> customer;   // percent, of PlaneArithmetic::hundred
  alignas(64) Values<std::uint32_t> added;      // what of it is added to the set price: all or nothing
  alignas(64) Values<std::uint32_t> greater;    // the same for campaigns; no_percent: none
  alignas(64) Values<std::uint32_t> add;
  alignas(64) Values<std::uint32_t> compound;
  alignas(64) Values<std::uint32_t> ranks;  // PlaneItem::ranks
  // out
  alignas(64) Values<std::uint64_t> price;     // u
  alignas(64) Values<std::uint64_t> discount;  // of PlaneArithmetic::full
  alignas(64) Values<std::uint64_t> gross;     // steps
  alignas(64) Values<std::uint64_t> net;
  alignas(64) Values<std::uint64_t> unit_net;  // unit steps
  alignas(64) Values<std::uint64_t> list_amount;
  alignas(64) Values<std::uint32_t> winner;  // OfferKind of the offer that is taken
  alignas(64) Values<std::uint32_t> fits;  // 0: a number is too large, or nets are too close to tell which is lower
};

// Prices the first `count` lines, and perhaps some of what is behind them.
using BlockKernel = void (*)(const PlaneArithmetic& arithmetic, std::size_t count, BlockColumns* columns);

// Null where these scales are not for vectors: then every line goes its own way.
BlockKernel block_kernel(const PlaneArithmetic& arithmetic, Instructions instructions);

namespace portable {
void price_block(const PlaneArithmetic& arithmetic, std::size_t count, BlockColumns* columns);
}
#if defined(__x86_64__)
namespace avx2 {
void price_block(const PlaneArithmetic& arithmetic, std::size_t count, BlockColumns* columns);
}
namespace avx512 {
void price_block(const PlaneArithmetic& arithmetic, std::size_t count, BlockColumns* columns);
}
#endif

}  // namespace rabatt
