// The kernel with AVX-512: eight lanes.
#if defined(__x86_64__)

#include <immintrin.h>

#include "block_kernel.h"

#define RABATT_TARGET __attribute__((target("avx512f,avx512dq")))

namespace rabatt::avx512 {
namespace {

constexpr std::size_t lanes = 8;
using Vector = __m512i;
using Mask = __mmask8;

RABATT_TARGET inline Vector load(const std::uint64_t* from) {
  return _mm512_load_si512(reinterpret_cast<const Vector*>(from));
}
RABATT_TARGET inline void store(std::uint64_t* to, Vector value) {
  _mm512_store_si512(reinterpret_cast<Vector*>(to), value);
}
RABATT_TARGET inline Vector load_32(const std::uint32_t* from) {
  return _mm512_cvtepu32_epi64(_mm256_load_si256(reinterpret_cast<const __m256i*>(from)));
}
RABATT_TARGET inline void store_32(std::uint32_t* to, Vector value) {
  _mm256_store_si256(reinterpret_cast<__m256i*>(to), _mm512_cvtepi64_epi32(value));
}
RABATT_TARGET inline Vector gather(const std::uint64_t* base, Vector index) {
  return _mm512_i64gather_epi64(index, base, 8);
}
RABATT_TARGET inline Vector gather_32(const std::uint32_t* base, Vector index) {
  return _mm512_cvtepu32_epi64(_mm512_i64gather_epi32(index, base, 4));
}
// A record is a vector: eight of them, turned.
RABATT_TARGET inline void gather_records(const std::uint64_t* base, const std::uint32_t* indexes, Vector* words) {
  const auto record = [&](std::size_t lane)
                          RABATT_TARGET { return _mm512_loadu_si512(base + std::size_t{8} * indexes[lane]); };
  // words 0 and 4, 2 and 6 of the even ones, then 1 and 5, 3 and 7
  for (std::size_t odd = 0; odd < 2; ++odd) {
    const auto pair = [&](std::size_t lane) RABATT_TARGET {
      return odd != 0 ? _mm512_unpackhi_epi64(record(lane), record(lane + 1))
                      : _mm512_unpacklo_epi64(record(lane), record(lane + 1));
    };
    const Vector first = pair(0);
    const Vector second = pair(2);
    const Vector third = pair(4);
    const Vector fourth = pair(6);
    constexpr int even_parts = 0x88;  // of 128 bits
    constexpr int odd_parts = 0xDD;
    const Vector of_even = _mm512_shuffle_i64x2(first, second, even_parts);
    const Vector of_even_last = _mm512_shuffle_i64x2(third, fourth, even_parts);
    const Vector of_odd = _mm512_shuffle_i64x2(first, second, odd_parts);
    const Vector of_odd_last = _mm512_shuffle_i64x2(third, fourth, odd_parts);
    words[odd] = _mm512_shuffle_i64x2(of_even, of_even_last, even_parts);
    words[odd + 4] = _mm512_shuffle_i64x2(of_even, of_even_last, odd_parts);
    words[odd + 2] = _mm512_shuffle_i64x2(of_odd, of_odd_last, even_parts);
    words[odd + 6] = _mm512_shuffle_i64x2(of_odd, of_odd_last, odd_parts);
  }
}
RABATT_TARGET inline void store_128(Int128* to, Vector value) {
  const Vector sign = _mm512_srai_epi64(value, 63);
  const Vector first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
  const Vector second = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  _mm512_storeu_si512(to, _mm512_permutex2var_epi64(value, first, sign));
  _mm512_storeu_si512(to + 4, _mm512_permutex2var_epi64(value, second, sign));
}
RABATT_TARGET inline void stream_128(Int128* to, Vector value) {
  const Vector sign = _mm512_srai_epi64(value, 63);
  const Vector first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
  const Vector second = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  _mm512_stream_si512(reinterpret_cast<Vector*>(to), _mm512_permutex2var_epi64(value, first, sign));
  _mm512_stream_si512(reinterpret_cast<Vector*>(to + 4), _mm512_permutex2var_epi64(value, second, sign));
}
RABATT_TARGET inline Vector bit(Vector number) { return _mm512_sllv_epi64(_mm512_set1_epi64(1), number); }
RABATT_TARGET inline Vector differ(Vector a, Vector b) { return _mm512_xor_si512(a, b); }
RABATT_TARGET inline Vector all(std::uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }
RABATT_TARGET inline Vector add(Vector a, Vector b) { return _mm512_add_epi64(a, b); }
RABATT_TARGET inline Vector subtract(Vector a, Vector b) { return _mm512_sub_epi64(a, b); }
RABATT_TARGET inline Vector multiply(Vector a, Vector b) { return _mm512_mul_epu32(a, b); }
RABATT_TARGET inline Vector shift_right(Vector value, unsigned bits) {
  return _mm512_srl_epi64(value, _mm_cvtsi32_si128(static_cast<int>(bits)));
}
RABATT_TARGET inline Vector shift_left(Vector value, unsigned bits) {
  return _mm512_sll_epi64(value, _mm_cvtsi32_si128(static_cast<int>(bits)));
}
RABATT_TARGET inline Vector both(Vector a, Vector b) { return _mm512_and_si512(a, b); }
RABATT_TARGET inline Vector either(Vector a, Vector b) { return _mm512_or_si512(a, b); }
RABATT_TARGET inline Vector minimum(Vector a, Vector b) { return _mm512_min_epu64(a, b); }
RABATT_TARGET inline Vector maximum(Vector a, Vector b) { return _mm512_max_epu64(a, b); }
RABATT_TARGET inline Mask both(Mask a, Mask b) { return static_cast<Mask>(a & b); }
RABATT_TARGET inline Mask either(Mask a, Mask b) { return static_cast<Mask>(a | b); }
RABATT_TARGET inline Mask equal(Vector a, Vector b) { return _mm512_cmpeq_epu64_mask(a, b); }
RABATT_TARGET inline Mask unlike(Vector a, Vector b) { return _mm512_cmpneq_epu64_mask(a, b); }
RABATT_TARGET inline Mask below(Vector a, Vector b) { return _mm512_cmplt_epu64_mask(a, b); }
RABATT_TARGET inline Vector signs(Vector value) { return _mm512_srai_epi64(value, 63); }
RABATT_TARGET inline unsigned lanes_of(Mask mask) { return mask; }
RABATT_TARGET inline Vector select(Mask mask, Vector a, Vector b) { return _mm512_mask_blend_epi64(mask, b, a); }

// From four products of 32 by 32 bits.
RABATT_TARGET inline Vector high(Vector a, Vector b) {
  const Vector low_32 = all(0xFFFFFFFFU);
  const Vector a_high = _mm512_srli_epi64(a, 32);
  const Vector b_high = _mm512_srli_epi64(b, 32);
  const Vector low = multiply(a, b);
  const Vector middle = add(multiply(a_high, b), _mm512_srli_epi64(low, 32));
  const Vector other = add(multiply(a, b_high), both(middle, low_32));
  return add(multiply(a_high, b_high), add(_mm512_srli_epi64(middle, 32), _mm512_srli_epi64(other, 32)));
}

}  // namespace

#include "block_kernel.inc"

}  // namespace rabatt::avx512

#endif
