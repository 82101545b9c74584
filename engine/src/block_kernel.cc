#include "block_kernel.h"

#include <algorithm>
#include <cstring>

namespace rabatt {
namespace portable {
namespace {

// One lane.
constexpr std::size_t lanes = 1;
using Vector = std::uint64_t;
using Mask = Vector;

Vector load(const std::uint64_t* from) { return *from; }
void store(std::uint64_t* to, Vector value) { *to = value; }
Vector load_32(const std::uint32_t* from) { return *from; }
void store_32(std::uint32_t* to, Vector value) { *to = static_cast<std::uint32_t>(value); }
Vector gather(const std::uint64_t* base, Vector index) {
  Vector word;
  std::memcpy(&word, base + index, sizeof(word));  // of records, which are no words
  return word;
}
Vector gather_32(const std::uint32_t* base, Vector index) {
  std::uint32_t word;
  std::memcpy(&word, base + index, sizeof(word));
  return word;
}
void gather_records(const std::uint64_t* base, const std::uint32_t* indexes, Vector* words) {
  for (Vector word = 0; word < 8; ++word) words[word] = gather(base, Vector{8} * *indexes + word);
}
void store_128(Int128* to, Vector value) { *to = static_cast<std::int64_t>(value); }
void stream_128(Int128* to, Vector value) { store_128(to, value); }
Vector bit(Vector number) { return Vector{1} << number; }
Vector differ(Vector a, Vector b) { return a ^ b; }
Vector all(std::uint64_t value) { return value; }
Vector add(Vector a, Vector b) { return a + b; }
Vector subtract(Vector a, Vector b) { return a - b; }
Vector minimum(Vector a, Vector b) { return std::min(a, b); }
Vector maximum(Vector a, Vector b) { return std::max(a, b); }
Vector multiply(Vector a, Vector b) { return a * b; }
Vector high(Vector a, Vector b) { return static_cast<Vector>((static_cast<UInt128>(a) * b) >> 64U); }
Vector shift_right(Vector value, unsigned bits) { return value >> bits; }
Vector shift_left(Vector value, unsigned bits) { return value << bits; }
Mask below(Vector a, Vector b) { return -static_cast<Mask>(a < b); }
Mask equal(Vector a, Vector b) { return -static_cast<Mask>(a == b); }
Mask unlike(Vector a, Vector b) { return -static_cast<Mask>(a != b); }
Vector both(Vector a, Vector b) { return a & b; }
Vector either(Vector a, Vector b) { return a | b; }
Vector signs(Vector value) { return static_cast<Vector>(static_cast<std::int64_t>(value) >> 63U); }
unsigned lanes_of(Mask mask) { return static_cast<unsigned>(mask & 1U); }
Vector select(Mask mask, Vector a, Vector b) { return b ^ ((a ^ b) & mask); }  // no jump: nobody could foresee it

}  // namespace

#define RABATT_TARGET
#include "block_kernel.inc"
#undef RABATT_TARGET

}  // namespace portable

Instructions best_instructions() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return Instructions::avx512;
  if (__builtin_cpu_supports("avx2")) return Instructions::avx2;
#endif
  return Instructions::portable;
}

BlockKernel block_kernel(const PlaneArithmetic& arithmetic, Instructions instructions) {
  BlockKernel kernel = portable::kernel;
#if defined(__x86_64__)
  switch (std::min(instructions, best_instructions())) {
    case Instructions::avx512: kernel = avx512::kernel; break;
    case Instructions::avx2: kernel = avx2::kernel; break;
    case Instructions::portable: break;
  }
#else
  (void)instructions;
#endif
  constexpr std::uint64_t limit = std::uint64_t{1} << 32U;
  for (const auto* rounding : {&arithmetic.to_amount, &arithmetic.percent_of_amount, &arithmetic.percent_to_amount,
                               &arithmetic.percent_to_unit, &arithmetic.unit_to_amount}) {
    if (rounding->factor != 1 || rounding->ties_to_even) kernel.compute = nullptr;
  }
  const bool large =
      arithmetic.full >= limit || arithmetic.price_factor >= limit || arithmetic.unit_step_factor >= limit;
  if (large) kernel.compute = nullptr;
  return kernel;
}

}  // namespace rabatt
