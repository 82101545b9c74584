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

inline constexpr std::size_t block_size = 128;

// A value per line, padded so that whole vectors can be read and written.
template <class T>
using BlockValues = std::array<T, block_size>;

// A bit per line.
struct LineBits {
  std::array<std::uint64_t, block_size / 64> words{};

  bool operator[](std::size_t line) const { return ((words[line / 64] >> (line % 64)) & 1U) != 0; }
  void set(std::size_t line, bool value = true) { words[line / 64] |= std::uint64_t{value} << (line % 64); }
  void clear() { words.fill(0); }

  static LineBits of_first(std::size_t lines) {
    LineBits result;
    for (std::size_t i = 0; i < result.words.size() && i * 64 < lines; ++i) {
      const std::size_t there = lines - i * 64;
      result.words[i] = there < 64 ? (std::uint64_t{1} << there) - 1 : ~std::uint64_t{0};
    }
    return result;
  }

  friend LineBits operator|(LineBits a, const LineBits& b) {
    for (std::size_t i = 0; i < a.words.size(); ++i) a.words[i] |= b.words[i];
    return a;
  }
  friend LineBits operator&(LineBits a, const LineBits& b) {
    for (std::size_t i = 0; i < a.words.size(); ++i) a.words[i] &= b.words[i];
    return a;
  }
  friend LineBits operator~(LineBits bits) {
    for (auto& word : bits.words) word = ~word;
    return bits;
  }

  // Lines whose bit is set, ascending.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < words.size(); ++i) {
      for (auto left = words[i]; left != 0; left &= left - 1) {
        visit(static_cast<std::uint32_t>(i * 64) + static_cast<std::uint32_t>(__builtin_ctzll(left)));
      }
    }
  }
};

// The items and customers of a block, as the plane has them. So that all stages may go over all lines, lines with an id
// that the plane has not stand for its first item, without a customer.
struct BlockIds {
  alignas(64) BlockValues<Id> item{};
  alignas(64) BlockValues<Id> customer{};
  std::size_t count = 0;
  LineBits unknown;

  // Those behind the end are old ones.
  void fetch(const CompiledPlane& plane, std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      __builtin_prefetch(plane.items.data() + item[at]);
      __builtin_prefetch(plane.customers.data() + customer[at]);
    }
  }
};

// One column per field.
struct BlockColumns {
  template <class T>
  using Values = BlockValues<T>;

  // of the lines
  alignas(64) Values<std::uint64_t> quantity;  // signed until split_signs()
  alignas(64) Values<std::uint64_t> negative;  // all bits, or 0
  // hashed
  alignas(64) Values<std::uint64_t> pair;  // pair_hash() of the customer's price book and the item
  alignas(64) Values<std::uint64_t> customer;  // PlaneCustomer
  // looked up
  alignas(64) Values<std::uint64_t> list_price;
  alignas(64) Values<std::uint64_t> set_price;  // all bits: none
  alignas(64) Values<std::uint32_t> discount_given;  // the customer's percent, of PlaneArithmetic::hundred
  alignas(64) Values<std::uint32_t> added;  // what of it is added to the set price: all or nothing
  alignas(64) Values<std::uint32_t> greater;  // the same for campaigns; no_percent: none
  alignas(64) Values<std::uint32_t> add;
  alignas(64) Values<std::uint32_t> compound;
  alignas(64) Values<std::uint32_t> ranks;  // PlaneItem::ranks
  alignas(64) Values<Id> price_book;
  alignas(64) Values<std::uint32_t> attention;
  LineBits attentive;  // with any
  // computed
  alignas(64) Values<std::uint64_t> price;  // u
  alignas(64) Values<std::uint64_t> discount;  // of PlaneArithmetic::full
  alignas(64) Values<std::uint64_t> gross;  // steps
  alignas(64) Values<std::uint64_t> net;
  alignas(64) Values<std::uint64_t> unit_net;  // unit steps
  alignas(64) Values<std::uint64_t> list_amount;
  alignas(64) Values<std::uint32_t> winner;  // OfferKind of the offer that is taken
  alignas(64) Values<Id> campaign;  // that has it
  LineBits misfits;  // a number is too large, or nets are too close to tell which is lower
};

// The same work by each set of instructions. Each goes over all lines of a block, and perhaps some behind them.
struct BlockKernel {
  // From ids as lines have them to those of the plane.
  void (*check_ids)(const CompiledPlane& plane, BlockIds* ids);
  // From signed quantities to `quantity` and `negative`.
  void (*split_signs)(std::size_t count, BlockColumns* columns);
  // From ids to `pair` and `customer`.
  void (*hash)(const CompiledPlane& plane, const BlockIds& ids, BlockColumns* columns);
  // From there to all that is looked up, customers' price books apart.
  void (*look_up)(const CompiledPlane& plane, const BlockIds& ids, BlockColumns* columns);
  // From there to what is computed: `net`, `winner`, `campaign` and `misfits`, and the rest if it is `wanted`. What the
  // block after this one needs is fetched meanwhile. Null where these scales are not for vectors: then every line goes
  // its own way.
  void (*compute)(const PlaneArithmetic& arithmetic, bool wanted, const CompiledPlane& plane, const BlockIds& ids,
                  const BlockIds& ahead, BlockColumns* columns);
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
