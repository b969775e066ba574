// Sixteen floats at a time. What every header of lanes defines is described in lanes-portable.h.
#define NAME(name) name##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define BUILD "avx512"
#define LANES 16
#define TILE_ROWS 8
#define V __m512
#define VI __m512i
#define VD __m512d
#define MASK __mmask16

#define splat(x) _mm512_set1_ps(x)
#define splat_wide(x) _mm512_set1_pd(x)
#define splat_bits(x) _mm512_set1_epi32(x)
#define load(p) _mm512_loadu_ps(p)
#define store(p, v) _mm512_storeu_ps(p, v)
#define first_lanes(count) ((__mmask16)((1u << (count)) - 1))
#define load_some(p, count) _mm512_maskz_loadu_ps(first_lanes(count), p)
#define store_some(p, v, count) _mm512_mask_storeu_ps(p, first_lanes(count), v)
#define madd(a, b, c) _mm512_fmadd_ps(a, b, c)
#define madd_wide(a, b, c) _mm512_fmadd_pd(a, b, c)
#define lesser(a, b) _mm512_min_ps(a, b)
#define greater(a, b) _mm512_max_ps(a, b)
#define at_or_above(a, b) _mm512_cmp_ps_mask(a, b, _CMP_GE_OQ)
#define choose(mask, a, b) _mm512_mask_blend_ps(mask, b, a)
#define bits_of(v) _mm512_castps_si512(v)
#define of_bits(v) _mm512_castsi512_ps(v)
#define and_bits(a, b) _mm512_and_si512(a, b)
#define or_bits(a, b) _mm512_or_si512(a, b)
#define and_not_bits(not, a) _mm512_andnot_si512(not, a)
#define add_bits(a, b) _mm512_add_epi32(a, b)
#define shift_bits(v, count) _mm512_slli_epi32(v, count)
#define widen_low(v) _mm512_cvtps_pd(_mm512_castps512_ps256(v))
#define widen_high(v) _mm512_cvtps_pd(_mm512_extractf32x8_ps(v, 1))
#define narrow(low, high) _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high), 1)
#define power_bits_low(v) _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_cvtepi32_epi64(_mm512_castsi512_si256(v)), 32))
#define power_bits_high(v) \
  _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(v, 1)), 32))
