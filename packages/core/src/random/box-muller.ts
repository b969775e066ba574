/*
 * Logarithm, sine and cosine are written out here, in additions, multiplications, divisions and square roots alone: these
 * round in one way on every machine, and `Math.log` and its kin do not. So a seed gives the same bits in Node, in any
 * browser, and in a vectorised generator. Polynomials and constants: fdlibm 5.3 (Sun Microsystems 1993, freely usable),
 * https://www.netlib.org/fdlibm/ (`e_log.c`, `k_sin.c`, `k_cos.c`); errors below 1 ulp.
 */

const float64 = new Float64Array(1);
/** The same eight bytes as 32-bit words; the upper one is second on every machine that runs JavaScript today. */
const words = new Int32Array(float64.buffer);

/** Natural logarithm of a normal positive float64. */
export function logarithm(x: number): number {
  float64[0] = x;
  const high = words[1];
  // x = 2^exponent (1 + f), with 1 + f between √½ and √2.
  let exponent = (high >> 20) - 1023;
  const fraction = high & 0x000fffff;
  const carry = (fraction + 0x95f64) & 0x100000;
  words[1] = fraction | (carry ^ 0x3ff00000);
  exponent += carry >> 20;
  const f = float64[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const half = 0.5 * f * f;
  return (
    exponent * 6.9314718036912381649e-1 - (half - (s * (half + odd + even) + exponent * 1.90821492927058770002e-10) - f)
  );
}

/** sin x for |x| ≤ π/4. */
export function sine(x: number): number {
  const z = x * x;
  const tail =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x + z * x * (-1.66666666666666324348e-1 + z * tail);
}

/** cos x for |x| ≤ π/4. */
export function cosine(x: number): number {
  const z = x * x;
  const tail =
    4.16666666666666019037e-2 +
    z *
      (-1.38888888888741095749e-3 +
        z *
          (2.48015872894767294178e-5 +
            z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 - z * 1.13596475577881948265e-11))));
  const half = 0.5 * z;
  const leading = 1 - half;
  // 1 − half loses low bits; they are added back.
  return leading + (1 - leading - half + z * z * tail);
}

/**
 * Two independent standard normal numbers from two independent uniform ones: `√(−2 ln(1 − u)) · (cos 2πv, sin 2πv)`.
 *
 * `u` and `v` are multiples of 2⁻⁵³ in [0, 1). Then 1 − u ≥ 2⁻⁵³ is exact, so that the largest number is
 * √(106 ln 2) = 8.57: never infinite, and the tails are right as far as 2⁻⁵³ reaches.
 *
 * @see Box & Muller 1958, https://doi.org/10.1214/aoms/1177706645
 */
export function boxMuller(u: number, v: number, out: Float64Array, offset = 0): void {
  const radius = Math.sqrt(-2 * logarithm(1 - u));
  // 2πv = (quarter + rest) π/2 with |rest| ≤ ½.
  const quarters = 4 * v;
  const quarter = Math.floor(quarters + 0.5);
  const angle = (quarters - quarter) * (Math.PI / 2);
  const s = radius * sine(angle);
  const c = radius * cosine(angle);
  const turned = (quarter & 1) === 0;
  const x = turned ? c : s;
  const y = turned ? s : c;
  // (cos, sin) of a sum with quarter × π/2: (c, s), (−s, c), (−c, −s), (s, −c).
  out[offset] = ((quarter + 1) & 2) === 0 ? x : -x;
  out[offset + 1] = (quarter & 2) === 0 ? y : -y;
}
