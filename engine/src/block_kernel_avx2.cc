// The kernel with AVX2: four lanes.
#if defined(__x86_64__)

#include <immintrin.h>

#include "block_kernel.h"

#define RABATT_TARGET __attribute__((target("avx2")))

namespace rabatt::avx2 {
namespace {

constexpr std::size_t lanes = 4;
using Vector = __m256i;
using Mask = Vector;

RABATT_TARGET inline Vector load(const std::uint64_t* from) {
  return _mm256_load_si256(reinterpret_cast<const Vector*>(from));
}
RABATT_TARGET inline void store(std::uint64_t* to, Vector value) {
  _mm256_store_si256(reinterpret_cast<Vector*>(to), value);
}
RABATT_TARGET inline Vector load_32(const std::uint32_t* from) {
  return _mm256_cvtepu32_epi64(_mm_load_si128(reinterpret_cast<const __m128i*>(from)));
}
RABATT_TARGET inline void store_32(std::uint32_t* to, Vector value) {
  const Vector even = _mm256_permutevar8x32_epi32(value, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
  _mm_store_si128(reinterpret_cast<__m128i*>(to), _mm256_castsi256_si128(even));
}
RABATT_TARGET inline Vector gather(const std::uint64_t* base, Vector index) {
  return _mm256_i64gather_epi64(reinterpret_cast<const long long*>(base), index, 8);
}
RABATT_TARGET inline Vector gather_32(const std::uint32_t* base, Vector index) {
  return _mm256_cvtepu32_epi64(_mm256_i64gather_epi32(reinterpret_cast<const int*>(base), index, 4));
}
// Half a record each: whole vectors, turned.
RABATT_TARGET inline void gather_halves(const std::uint64_t* base, const std::uint32_t* indexes, Vector* words) {
  const auto half = [&](std::size_t lane) RABATT_TARGET {
    return _mm256_loadu_si256(reinterpret_cast<const Vector*>(base + std::size_t{8} * indexes[lane]));
  };
  const Vector even_first = _mm256_unpacklo_epi64(half(0), half(1));
  const Vector odd_first = _mm256_unpackhi_epi64(half(0), half(1));
  const Vector even_last = _mm256_unpacklo_epi64(half(2), half(3));
  const Vector odd_last = _mm256_unpackhi_epi64(half(2), half(3));
  words[0] = _mm256_permute2x128_si256(even_first, even_last, 0x20);
  words[1] = _mm256_permute2x128_si256(odd_first, odd_last, 0x20);
  words[2] = _mm256_permute2x128_si256(even_first, even_last, 0x31);
  words[3] = _mm256_permute2x128_si256(odd_first, odd_last, 0x31);
}
RABATT_TARGET inline void gather_records(const std::uint64_t* base, const std::uint32_t* indexes, Vector* words) {
  gather_halves(base, indexes, words);
  gather_halves(base + 4, indexes, words + 4);
}
RABATT_TARGET inline void store_128(Int128* to, Vector value) {
  const Vector sign = _mm256_cmpgt_epi64(_mm256_setzero_si256(), value);
  const Vector even = _mm256_unpacklo_epi64(value, sign);
  const Vector odd = _mm256_unpackhi_epi64(value, sign);
  auto* results = reinterpret_cast<Vector*>(to);
  _mm256_storeu_si256(results, _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_storeu_si256(results + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}
RABATT_TARGET inline void stream_128(Int128* to, Vector value) {
  const Vector sign = _mm256_cmpgt_epi64(_mm256_setzero_si256(), value);
  const Vector even = _mm256_unpacklo_epi64(value, sign);
  const Vector odd = _mm256_unpackhi_epi64(value, sign);
  auto* results = reinterpret_cast<Vector*>(to);
  _mm256_stream_si256(results, _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_stream_si256(results + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}
RABATT_TARGET inline Vector bit(Vector number) { return _mm256_sllv_epi64(_mm256_set1_epi64x(1), number); }
RABATT_TARGET inline Vector differ(Vector a, Vector b) { return _mm256_xor_si256(a, b); }
RABATT_TARGET inline Vector all(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }
RABATT_TARGET inline Vector add(Vector a, Vector b) { return _mm256_add_epi64(a, b); }
RABATT_TARGET inline Vector subtract(Vector a, Vector b) { return _mm256_sub_epi64(a, b); }
RABATT_TARGET inline Vector multiply(Vector a, Vector b) { return _mm256_mul_epu32(a, b); }
RABATT_TARGET inline Vector shift_right(Vector value, unsigned bits) {
  return _mm256_srl_epi64(value, _mm_cvtsi32_si128(static_cast<int>(bits)));
}
RABATT_TARGET inline Vector shift_left(Vector value, unsigned bits) {
  return _mm256_sll_epi64(value, _mm_cvtsi32_si128(static_cast<int>(bits)));
}
RABATT_TARGET inline Vector both(Vector a, Vector b) { return _mm256_and_si256(a, b); }
RABATT_TARGET inline Vector either(Vector a, Vector b) { return _mm256_or_si256(a, b); }
RABATT_TARGET inline Mask equal(Vector a, Vector b) { return _mm256_cmpeq_epi64(a, b); }
RABATT_TARGET inline Mask unlike(Vector a, Vector b) { return _mm256_xor_si256(equal(a, b), all(~std::uint64_t{0})); }
RABATT_TARGET inline Vector signs(Vector value) { return _mm256_cmpgt_epi64(_mm256_setzero_si256(), value); }
RABATT_TARGET inline unsigned lanes_of(Mask mask) {
  return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(mask)));
}
RABATT_TARGET inline Vector select(Mask mask, Vector a, Vector b) { return _mm256_blendv_epi8(b, a, mask); }

// There is only a signed comparison.
RABATT_TARGET inline Mask below(Vector a, Vector b) {
  const Vector sign = all(std::uint64_t{1} << 63U);
  return _mm256_cmpgt_epi64(_mm256_xor_si256(b, sign), _mm256_xor_si256(a, sign));
}

RABATT_TARGET inline Vector minimum(Vector a, Vector b) { return select(below(a, b), a, b); }
RABATT_TARGET inline Vector maximum(Vector a, Vector b) { return select(below(a, b), b, a); }

// From four products of 32 by 32 bits.
RABATT_TARGET inline Vector high(Vector a, Vector b) {
  const Vector low_32 = all(0xFFFFFFFFU);
  const Vector a_high = _mm256_srli_epi64(a, 32);
  const Vector b_high = _mm256_srli_epi64(b, 32);
  const Vector low = multiply(a, b);
  const Vector middle = add(multiply(a_high, b), _mm256_srli_epi64(low, 32));
  const Vector other = add(multiply(a, b_high), both(middle, low_32));
  return add(multiply(a_high, b_high), add(_mm256_srli_epi64(middle, 32), _mm256_srli_epi64(other, 32)));
}

}  // namespace

#include "block_kernel.inc"

}  // namespace rabatt::avx2

#endif
