// Eight floats at a time. What every header of lanes defines is described in lanes-portable.h.
#define NAME(name) name##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define BUILD "avx2"
#define LANES 8
#define TILE_ROWS 6
#define V __m256
#define VI __m256i
#define VD __m256d
#define MASK __m256

#define splat(x) _mm256_set1_ps(x)
#define splat_wide(x) _mm256_set1_pd(x)
#define splat_bits(x) _mm256_set1_epi32(x)
#define load(p) _mm256_loadu_ps(p)
#define store(p, v) _mm256_storeu_ps(p, v)
#define first_lanes(count) \
  _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))
#define load_some(p, count) _mm256_maskload_ps(p, first_lanes(count))
#define store_some(p, v, count) _mm256_maskstore_ps(p, first_lanes(count), v)
#define madd(a, b, c) _mm256_fmadd_ps(a, b, c)
#define madd_wide(a, b, c) _mm256_fmadd_pd(a, b, c)
#define lesser(a, b) _mm256_min_ps(a, b)
#define greater(a, b) _mm256_max_ps(a, b)
#define at_or_above(a, b) _mm256_cmp_ps(a, b, _CMP_GE_OQ)
#define choose(mask, a, b) _mm256_blendv_ps(b, a, mask)
#define bits_of(v) _mm256_castps_si256(v)
#define of_bits(v) _mm256_castsi256_ps(v)
#define and_bits(a, b) _mm256_and_si256(a, b)
#define or_bits(a, b) _mm256_or_si256(a, b)
#define and_not_bits(not, a) _mm256_andnot_si256(not, a)
#define add_bits(a, b) _mm256_add_epi32(a, b)
#define shift_bits(v, count) _mm256_slli_epi32(v, count)
#define widen_low(v) _mm256_cvtps_pd(_mm256_castps256_ps128(v))
#define widen_high(v) _mm256_cvtps_pd(_mm256_extractf128_ps(v, 1))
#define narrow(low, high) \
  _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high), 1)
#define power_bits_low(v) _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_cvtepi32_epi64(_mm256_castsi256_si128(v)), 32))
#define power_bits_high(v) \
  _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_cvtepi32_epi64(_mm256_extracti128_si256(v, 1)), 32))
