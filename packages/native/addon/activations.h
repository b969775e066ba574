// The activations that are made of exponentials, with the formulas and polynomials of packages/core/assembly (where they are
// explained), in wider vectors and with fused multiplication and addition. `a0` is the activation's first argument.

static INLINE TARGET V NAME(negative)(V x) {
  return of_bits(add_bits(bits_of(x), splat_bits(INT32_MIN)));
}

static INLINE TARGET V NAME(magnitude)(V x) {
  return of_bits(and_bits(bits_of(x), splat_bits(INT32_MAX)));
}

/** The smaller of x and `bound`; NaN where x is NaN. */
static INLINE TARGET V NAME(at_most)(V x, float bound) {
  return lesser(splat(bound), x);
}

/** The larger of x and `bound`; NaN where x is NaN. */
static INLINE TARGET V NAME(at_least)(V x, float bound) {
  return greater(splat(bound), x);
}

/** 1.5 × 2²³ + round(x / ln 2). */
static INLINE TARGET V NAME(octaves)(V x) {
  return madd(x, splat(1.44269504f), splat(ROUNDER));
}

/** x − n ln 2, with ln 2 in two parts. */
static INLINE TARGET V NAME(remainder)(V x, V rounded) {
  const V n = rounded - splat(ROUNDER);
  return madd(n, splat(2.12194440e-4f), madd(n, splat(-0.693359375f), x));
}

/** eʳ − 1, beside a 1. */
static INLINE TARGET V NAME(excess)(V r) {
  V q = madd(r, splat(0.0013813144760206342f), splat(0.008369418792426586f));
  q = madd(r, q, splat(0.04166845604777336f));
  q = madd(r, q, splat(0.16666515171527863f));
  q = madd(r, q, splat(0.4999999403953552f));
  return madd(r * r, q, r);
}

/** eʳ − 1, with its own accuracy. */
static INLINE TARGET V NAME(mantissa_minus_one)(V r) {
  V q = madd(r, splat(0.0013882395578548312f), splat(0.008367180824279785f));
  q = madd(r, q, splat(0.04166722297668457f));
  q = madd(r, q, splat(0.16666539013385773f));
  q = madd(r, q, splat(0.4999999701976776f));
  return madd(r * r, q, r);
}

/** 2ⁿ x by way of 2ⁿ⁺⁶⁴ x, so that it rounds into the subnormal numbers once. */
static INLINE TARGET V NAME(scaled)(V x, V rounded) {
  const V power = of_bits(add_bits(shift_bits(bits_of(rounded), 23), bits_of(splat(18446744073709551616.0f))));
  return x * power * splat(5.421010862427522e-20f);
}

/** eˣ for −131 ≤ x ≤ 43. */
static INLINE TARGET V NAME(exponential)(V x) {
  const V rounded = NAME(octaves)(x);
  return NAME(scaled)(splat(1.0f) + NAME(excess)(NAME(remainder)(x, rounded)), rounded);
}

/** eˣ − 1 for −80 ≤ x ≤ 0. */
static INLINE TARGET V NAME(minus_one)(V x) {
  const V rounded = NAME(octaves)(x);
  const V less = NAME(mantissa_minus_one)(NAME(remainder)(x, rounded));
  const V power = of_bits(add_bits(shift_bits(bits_of(rounded), 23), bits_of(splat(1.0f))));
  return madd(power, less, power - splat(1.0f));
}

static INLINE TARGET V NAME(left_branch)(V x) {
  return NAME(minus_one)(NAME(at_least)(x, -18.0f));
}

static INLINE TARGET V NAME(elu)(V x, V alpha) {
  return choose(at_or_above(x, splat(0.0f)), x, alpha * NAME(left_branch)(x));
}

static INLINE TARGET V NAME(celu)(V x, V alpha) {
  return choose(at_or_above(x, splat(0.0f)), x, alpha * NAME(left_branch)(x / alpha));
}

static INLINE TARGET V NAME(selu)(V x, V unused) {
  (void)unused;
  const V right = splat(1.0507009873554805f) * x;
  return choose(at_or_above(x, splat(0.0f)), right, splat(1.7580993408473769f) * NAME(left_branch)(x));
}

/** e^−|x|. */
static INLINE TARGET V NAME(decay)(V x) {
  return NAME(exponential)(NAME(negative)(NAME(at_most)(NAME(magnitude)(x), 105.0f)));
}

static INLINE TARGET V NAME(sigmoid)(V x, V unused) {
  (void)unused;
  const V e = NAME(decay)(x);
  return choose(at_or_above(x, splat(0.0f)), splat(1.0f), e) / (splat(1.0f) + e);
}

static INLINE TARGET V NAME(softplus)(V x, V unused) {
  (void)unused;
  const V u = NAME(decay)(x);
  const V s = u / (splat(2.0f) + u);
  const V square = s * s;
  V w = madd(square, splat(0.28178334236145f), splat(0.27960601449012756f));
  w = madd(square, w, splat(0.40024909377098083f));
  w = madd(square, w, splat(0.6666631698608398f));
  return NAME(at_least)(x, 0.0f) + (u - s * (u - square * w));
}

static INLINE TARGET V NAME(tanh)(V x, V unused) {
  (void)unused;
  const V m = NAME(minus_one)(NAME(at_most)(NAME(magnitude)(x), 10.0f) * splat(-2.0f));
  const V size = NAME(magnitude)(m / (splat(2.0f) + m));
  return of_bits(or_bits(bits_of(size), and_bits(bits_of(x), splat_bits(INT32_MIN))));
}

/** e^(−t²/2) `factor`, with t² in two parts. */
static INLINE TARGET V NAME(times_bell)(V factor, V t) {
  const V coarse = of_bits(and_bits(bits_of(t), splat_bits((int32_t)0xfffff000)));
  const V high = coarse * coarse * splat(-0.5f);
  const V low = (t - coarse) * (t + coarse) * splat(-0.5f);
  const V rounded = NAME(octaves)(high + low);
  const V p = NAME(excess)(NAME(remainder)(high, rounded) + low);
  return NAME(scaled)(madd(factor, p, factor), rounded);
}

static INLINE TARGET V NAME(gelu)(V x, V unused) {
  (void)unused;
  const V t = NAME(at_most)(NAME(magnitude)(x), 15.0f);
  const V z = t / (t + splat(2.5f));
  const V v = z - splat(0.25f);
  V p = madd(v, splat(-0.08074362576007843f), splat(0.1018977090716362f));
  p = madd(v, p, splat(0.06548257917165756f));
  p = madd(v, p, splat(-0.025407804176211357f));
  p = madd(v, p, splat(-0.14848023653030396f));
  p = madd(v, p, splat(-0.10649704188108444f));
  p = madd(v, p, splat(0.2682547867298126f));
  p = madd(v, p, splat(0.38951992988586426f));
  p = madd(v, p, splat(-1.1028873920440674f));
  p = madd(v, p, splat(0.9544039964675903f));
  const V start = choose(at_or_above(x, splat(0.0f)), x, splat(-0.0f));
  return start - NAME(times_bell)(z * p, t);
}

static INLINE TARGET V NAME(gelu_slope)(V x, V unused) {
  (void)unused;
  const V t = NAME(at_most)(NAME(magnitude)(x), 15.0f);
  const V from_root = t - splat(0.7517915368080139f) - splat(-1.211444945855772e-8f);
  const V v = t / (t + splat(2.5f)) - splat(0.25f);
  V q = madd(v, splat(-0.009541371837258339f), splat(0.01655995100736618f));
  q = madd(v, q, splat(0.010069535113871098f));
  q = madd(v, q, splat(-0.013915637508034706f));
  q = madd(v, q, splat(-0.04203297942876816f));
  q = madd(v, q, splat(0.009785689413547516f));
  q = madd(v, q, splat(0.18878737092018127f));
  q = madd(v, q, splat(-0.35140112042427063f));
  q = madd(v, q, splat(0.5657306909561157f));
  const V d = NAME(times_bell)(from_root * q, t);
  return choose(at_or_above(x, splat(0.0f)), splat(1.0f) + d, NAME(negative)(d));
}

// SiLU and Mish are quotients of polynomials in e = eˣ and x, and φ' cancels where it is 0: after the exponential they run
// in float64. `QUOTIENT` makes a function of both halves of a vector from one of doubles.

static INLINE TARGET VD NAME(silu_quotient)(VD x, VD e) {
  return x * e / (splat_wide(1.0) + e);
}

static INLINE TARGET VD NAME(silu_slope_quotient)(VD x, VD e) {
  const VD d = splat_wide(1.0) + e;
  return e * (d + x) / (d * d);
}

static INLINE TARGET VD NAME(mish_quotient)(VD x, VD e) {
  const VD w = e * (e + splat_wide(2.0));
  return x * w / (w + splat_wide(2.0));
}

static INLINE TARGET VD NAME(mish_slope_quotient)(VD x, VD e) {
  const VD two = e + splat_wide(2.0);
  const VD d = madd_wide(e, two, splat_wide(2.0));
  const VD steep = splat_wide(4.0) * x * (e + splat_wide(1.0));
  return e * madd_wide(two, d, steep) / (d * d);
}

/** `start` is what x is taken for: at least −112, where both gates are 0; the exponent is at most 112 besides. */
#define QUOTIENT(name, start_of) \
  static INLINE TARGET V NAME(name)(V x, V unused) { \
    (void)unused; \
    const V bounded = NAME(at_least)(x, -112.0f); \
    const V exponent = NAME(at_most)(bounded, 112.0f); \
    const V start = start_of; \
    const V rounded = NAME(octaves)(exponent); \
    const V p = NAME(excess)(NAME(remainder)(exponent, rounded)); \
    const VI powers = add_bits(shift_bits(bits_of(rounded), 20), splat_bits(0x3ff00000)); \
    const VD low = power_bits_low(powers); \
    const VD high = power_bits_high(powers); \
    return narrow( \
      NAME(name##_quotient)(widen_low(start), madd_wide(low, widen_low(p), low)), \
      NAME(name##_quotient)(widen_high(start), madd_wide(high, widen_high(p), high)) \
    ); \
  }

QUOTIENT(silu, bounded)
QUOTIENT(silu_slope, exponent)
QUOTIENT(mish, bounded)
QUOTIENT(mish_slope, exponent)
#undef QUOTIENT

// The last elements of an array go through the same code in the same lanes: a result does not depend on where in an array
// its element stands.

#define FORWARD(name) \
  static TARGET void NAME(name##_forward)(const float *x, float *y, size_t n, float a0) { \
    const V argument = splat(a0); \
    size_t i = 0; \
    for (; i + LANES <= n; i += LANES) store(y + i, NAME(name)(load(x + i), argument)); \
    if (i < n) store_some(y + i, NAME(name)(load_some(x + i, n - i), argument), n - i); \
  }

#define BACKWARD(name, slope) \
  static TARGET void NAME(name##_backward)(const float *x, const float *upstream, float *out, size_t n) { \
    const V none = splat(0.0f); \
    size_t i = 0; \
    for (; i + LANES <= n; i += LANES) store(out + i, NAME(slope)(load(x + i), none) * load(upstream + i)); \
    if (i < n) { \
      const V last = NAME(slope)(load_some(x + i, n - i), none) * load_some(upstream + i, n - i); \
      store_some(out + i, last, n - i); \
    } \
  }

FORWARD(elu)
FORWARD(celu)
FORWARD(selu)
FORWARD(sigmoid)
FORWARD(softplus)
FORWARD(tanh)
FORWARD(gelu)
FORWARD(silu)
FORWARD(mish)
BACKWARD(softplus, sigmoid)
BACKWARD(gelu, gelu_slope)
BACKWARD(silu, silu_slope)
BACKWARD(mish, mish_slope)
#undef FORWARD
#undef BACKWARD
