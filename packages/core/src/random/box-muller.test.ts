import { describe, expect, it } from 'vitest';
import { boxMuller, cosine, logarithm, sine } from './box-muller.ts';

/** Distance in units of the last place of `expected`. */
function ulps(actual: number, expected: number): number {
  if (actual === expected) return 0;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(expected))), -1022);
  return Math.abs(actual - expected) / 2 ** (exponent - 52);
}

/** 0 … 1 in steps that share no factor with any power of two. */
const shares = Array.from({ length: 5_001 }, (_, i) => i / 5_000);

describe('the functions of the Box–Muller transform', () => {
  // The engine's own functions are correct to within 1 ulp; two that are may differ by 2.
  it('logarithm agrees with Math.log to 2 ulp from 2⁻⁵³ to 1', () => {
    for (const share of shares) {
      const x = 2 ** (-53 * share);
      expect(ulps(logarithm(x), Math.log(x))).toBeLessThanOrEqual(2);
    }
    expect(logarithm(1)).toBe(0);
    expect(logarithm(1 - 2 ** -53)).toBe(-(2 ** -53) - 2 ** -107);
  });

  it('sine and cosine agree with Math.sin and Math.cos to 2 ulp up to π/4 either side', () => {
    for (const share of shares) {
      const x = (share - 0.5) * (Math.PI / 2);
      expect(ulps(sine(x), Math.sin(x))).toBeLessThanOrEqual(2);
      expect(ulps(cosine(x), Math.cos(x))).toBeLessThanOrEqual(2);
    }
  });
});

describe('boxMuller', () => {
  it('gives √(−2 ln(1 − u)) (cos 2πv, sin 2πv) all round the circle', () => {
    const pair = new Float64Array(2);
    for (const v of shares.slice(0, -1)) {
      for (const u of [0.001, 0.5, 0.97]) {
        boxMuller(u, v, pair);
        const radius = Math.sqrt(-2 * Math.log(1 - u));
        expect(pair[0]).toBeCloseTo(radius * Math.cos(2 * Math.PI * v), 14);
        expect(pair[1]).toBeCloseTo(radius * Math.sin(2 * Math.PI * v), 14);
      }
    }
  });

  it('is finite at both ends of u: 0 at u = 0, √(106 ln 2) at the largest u', () => {
    const pair = new Float64Array(2);
    boxMuller(0, 0.3, pair);
    expect(Math.abs(pair[0]) + Math.abs(pair[1])).toBe(0);
    boxMuller(1 - 2 ** -53, 0, pair);
    expect(pair[0]).toBeCloseTo(Math.sqrt(106 * Math.LN2), 14);
    expect(pair[1]).toBe(0);
    boxMuller(1 - 2 ** -53, 1 - 2 ** -53, pair);
    expect(pair[0]).toBeCloseTo(Math.sqrt(106 * Math.LN2), 14);
    expect(pair[1]).toBeLessThan(0);
  });
});
