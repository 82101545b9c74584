// The parts of a batch that vectors do, for a block of lines at once: what the plane knows of items and customers, the
// arithmetic from there to amounts, and writing them.
#pragma once

#include <array>
#include <cstdint>

#include "plane_arithmetic.h"
#include "rabatt/batch.h"

namespace rabatt {

// What a line needs besides vectors; what depends on its item alone, as PlaneItem::flags have it.
namespace attention {
inline constexpr std::uint32_t customer_price = 1;  // its customer may have a price for it
inline constexpr std::uint32_t several_books = 2;   // its customer has
inline constexpr std::uint32_t left = PlaneItem::left_to_exact;
inline constexpr std::uint32_t overriding = PlaneItem::has_overriding;  // before what its customer's book has
inline constexpr std::uint32_t list = PlaneItem::has_list;
inline constexpr std::uint32_t exceptions = PlaneItem::has_exceptions;
inline constexpr std::uint32_t no_price = 128;  // or a price of 0, at which all discounts are the same
}  // namespace attention

// One column per field, padded so that whole vectors can be read and written.
struct BlockColumns {
  static constexpr std::size_t size = 128;
  template <class T>
  using Values = std::array<T, size>;

  // of the lines
  alignas(64) Values<Id> item;      // in the plane
  alignas(64) Values<Id> customer;  // in the plane
  alignas(64) Values<std::uint64_t> quantity;
  alignas(64) Values<std::uint64_t> negative;  // all bits, or 0
  // hashed
  alignas(64) Values<std::uint64_t> pair;  // pair_hash() of the customer's price book and the item
  // looked up
  alignas(64) Values<std::uint64_t> list_price;
  alignas(64) Values<std::uint64_t> set_price;       // all bits: none
  alignas(64) Values<std::uint32_t> discount_given;  // the customer's percent, of PlaneArithmetic::hundred
  alignas(64) Values<std::uint32_t> added;           // what of it is added to the set price: all or nothing
  alignas(64) Values<std::uint32_t> greater;         // the same for campaigns; no_percent: none
  alignas(64) Values<std::uint32_t> add;
  alignas(64) Values<std::uint32_t> compound;
  alignas(64) Values<std::uint32_t> ranks;  // PlaneItem::ranks
  alignas(64) Values<Id> price_book;
  alignas(64) Values<std::uint32_t> attention;
  // computed
  alignas(64) Values<std::uint64_t> price;     // u
  alignas(64) Values<std::uint64_t> discount;  // of PlaneArithmetic::full
  alignas(64) Values<std::uint64_t> gross;     // steps
  alignas(64) Values<std::uint64_t> net;
  alignas(64) Values<std::uint64_t> unit_net;  // unit steps
  alignas(64) Values<std::uint64_t> list_amount;
  alignas(64) Values<std::uint32_t> winner;  // OfferKind of the offer that is taken
  alignas(64) Values<std::uint32_t> fits;  // 0: a number is too large, or nets are too close to tell which is lower
};

// The items and customers of the block after this one: fetched while this one is computed.
struct BlockAhead {
  alignas(64) BlockColumns::Values<Id> item{};
  alignas(64) BlockColumns::Values<Id> customer{};
  std::size_t count = 0;

  // Those behind the end are old ones.
  void fetch(const CompiledPlane& plane, std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      __builtin_prefetch(plane.items.data() + item[at]);
      __builtin_prefetch(plane.customers.data() + customer[at]);
    }
  }
};

// The same work by each set of instructions. Each goes over the first `count` lines, and perhaps some behind them.
struct BlockKernel {
  // From `item` and `customer` to `pair`.
  void (*hash)(const CompiledPlane& plane, std::size_t count, BlockColumns* columns);
  // From there to all that is looked up, customers' price books apart.
  void (*look_up)(const CompiledPlane& plane, std::size_t count, BlockColumns* columns);
  // From there to what is computed: `net`, `winner` and `fits`, and the rest if it is `wanted`. Null where these scales
  // are not for vectors: then every line goes its own way.
  void (*compute)(const PlaneArithmetic& arithmetic, bool wanted, std::size_t count, BlockColumns* columns,
                  const CompiledPlane& plane, const BlockAhead& ahead);
  // `count` steps, signed where `negative` is given, times `factor`; steps below 2^32, the factor below 2^31.
  // `past_caches`: nobody reads them soon, and they are more than caches hold; finish_writing() must follow.
  void (*write)(const std::uint64_t* steps, const std::uint64_t* negative, std::uint64_t factor, std::size_t count,
                bool past_caches, Int128* results);
};

// Lets others see what was written past the caches.
inline void finish_writing() {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#endif
}

BlockKernel block_kernel(const PlaneArithmetic& arithmetic, Instructions instructions);

namespace portable {
extern const BlockKernel kernel;
}
#if defined(__x86_64__)
namespace avx2 {
extern const BlockKernel kernel;
}
namespace avx512 {
extern const BlockKernel kernel;
}
#endif

}  // namespace rabatt
