// Four floats at a time, in the vector extension that GCC and Clang have for every processor. The other headers of lanes
// define the same names for one instruction set each:
//
//   NAME, TARGET      the suffix and the attribute of functions; BUILD is the name of the build
//   V, VI, VD, MASK   vectors of LANES floats, of as many 32-bit integers, of half as many doubles; a comparison's result
//   load, store       LANES floats at any address; load_some and store_some touch the first 1 to LANES − 1 alone
//   madd              a b + c, rounded once where the instruction set can
//   lesser, greater   a < b ? a : b and a > b ? a : b, lane by lane: b where one of them is NaN
//   choose            a where the mask holds, b elsewhere
//   power_bits_*      doubles whose upper 32 bits are the integers of the lower or upper half of a vector
#define NAME(name) name##_portable
#define TARGET
#define BUILD "portable"
#define LANES 4
#define TILE_ROWS 4
#define V portable_floats
#define VI portable_integers
#define VD portable_doubles
#define MASK portable_integers

typedef float portable_floats __attribute__((vector_size(16)));
typedef int32_t portable_integers __attribute__((vector_size(16)));
typedef double portable_doubles __attribute__((vector_size(16)));
typedef int64_t portable_longs __attribute__((vector_size(16)));

static INLINE V load_portable(const float *p) {
  V v;
  memcpy(&v, p, sizeof v);
  return v;
}

static INLINE void store_portable(float *p, V v) {
  memcpy(p, &v, sizeof v);
}

static INLINE V load_some_portable(const float *p, size_t count) {
  V v = {0};
  for (size_t i = 0; i < count; i++) v[i] = p[i];
  return v;
}

static INLINE void store_some_portable(float *p, V v, size_t count) {
  for (size_t i = 0; i < count; i++) p[i] = v[i];
}

static INLINE V choose_portable(MASK mask, V a, V b) {
  return (V)(((VI)a & mask) | ((VI)b & ~mask));
}

#define splat(x) ((V){(x), (x), (x), (x)})
#define splat_wide(x) ((VD){(x), (x)})
#define splat_bits(x) ((VI){(x), (x), (x), (x)})
#define load(p) load_portable(p)
#define store(p, v) store_portable(p, v)
#define load_some(p, count) load_some_portable(p, count)
#define store_some(p, v, count) store_some_portable(p, v, count)
#define madd(a, b, c) ((a) * (b) + (c))
#define madd_wide(a, b, c) ((a) * (b) + (c))
#define lesser(a, b) choose_portable((a) < (b), a, b)
#define greater(a, b) choose_portable((a) > (b), a, b)
#define at_or_above(a, b) ((a) >= (b))
#define choose(mask, a, b) choose_portable(mask, a, b)
#define bits_of(v) ((VI)(v))
#define of_bits(v) ((V)(v))
#define and_bits(a, b) ((a) & (b))
#define or_bits(a, b) ((a) | (b))
#define and_not_bits(not, a) (~(not) & (a))
#define add_bits(a, b) ((a) + (b))
#define shift_bits(v, count) ((v) << (count))
#define widen_low(v) ((VD){(v)[0], (v)[1]})
#define widen_high(v) ((VD){(v)[2], (v)[3]})
#define narrow(low, high) ((V){(float)(low)[0], (float)(low)[1], (float)(high)[0], (float)(high)[1]})
#define power_bits_low(v) ((VD)((portable_longs){(v)[0], (v)[1]} << 32))
#define power_bits_high(v) ((VD)((portable_longs){(v)[2], (v)[3]} << 32))
