import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { millsRatio, normalCumulative, normalDensity } from './normal-distribution.ts';

/** x, Φ(x), φ(x): mpmath 1.2, 40 digits, `ncdf` and `npdf`. */
const published: readonly (readonly [number, number, number])[] = [
  [-37.5, 4.605353009581955e-308, 1.7282337322841054e-306],
  [-37.1, 1.4047119663106221e-301, 5.215262198831984e-300],
  [-30.3, 5.731723503315496e-202, 1.7385997808349067e-200],
  [-20.7, 1.7318518790197378e-95, 3.5932612209698675e-94],
  [-12.9, 2.2504858934150635e-38, 2.9203687938681194e-37],
  [-8.1, 2.7479593923982286e-16, 2.2588094031543087e-15],
  [-5.03, 2.452399180653701e-7, 1.2790556404765738e-6],
  [-3.3, 0.0004834241423837775, 0.0017225689390536812],
  [-2, 0.02275013194817921, 0.05399096651318805],
  [-1.17, 0.12100048442101821, 0.20121354273519737],
  [-1, 0.15865525393145705, 0.24197072451914334],
  [-0.77, 0.22064994634264962, 0.2965947549938157],
  [-0.5, 0.3085375387259869, 0.35206532676429947],
  [-0.25, 0.4012936743170763, 0.3866681168028492],
  [-0.001, 0.49960105778608893, 0.39894208093034234],
  [0.25, 0.5987063256829237, 0.3866681168028492],
  [0.5, 0.6914624612740131, 0.35206532676429947],
  [1, 0.8413447460685429, 0.24197072451914334],
  [2, 0.9772498680518208, 0.05399096651318805],
  [4.4, 0.9999945874560923, 2.494247129005353e-5],
  [8, 0.9999999999999993, 5.052271083536892e-15],
];

const unit = 2 ** -53;

describe('the normal distribution', () => {
  it.each(published)('at %d is Φ = %d, φ = %d', (x, cumulative, density) => {
    expect(Math.abs(normalCumulative(x) / cumulative - 1)).toBeLessThanOrEqual(8 * unit);
    expect(Math.abs(normalDensity(x) / density - 1)).toBeLessThanOrEqual(5 * unit);
  });

  it('has Φ(0) = 1/2 exactly, and Φ(−x) + Φ(x) = 1', () => {
    expect(normalCumulative(0)).toBe(0.5);
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (x) => {
        expect(Math.abs(normalCumulative(x) + normalCumulative(-x) - 1)).toBeLessThanOrEqual(2 * unit);
      }),
    );
  });

  it('has Mills’s ratio between Gordon’s bounds, a / (1 + a²) and 1 / a', () => {
    // Gordon 1941, Annals of Mathematical Statistics 12, 364: for every a > 0.
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e150, noNaN: true }), (a) => {
        expect(millsRatio(a)).toBeGreaterThanOrEqual((a / (1 + a * a)) * (1 - 6 * unit));
        expect(millsRatio(a)).toBeLessThanOrEqual((1 / a) * (1 + 6 * unit));
      }),
    );
    expect(millsRatio(0)).toBeCloseTo(Math.sqrt(Math.PI / 2), 15);
    expect(millsRatio(Infinity)).toBe(0);
  });

  it('has its limits, and NaN for NaN', () => {
    expect([-Infinity, Infinity].map(normalCumulative)).toEqual([0, 1]);
    expect([-1e308, -Infinity, Infinity].map(normalDensity)).toEqual([0, 0, 0]);
    expect(normalCumulative(NaN)).toBeNaN();
    expect(normalDensity(NaN)).toBeNaN();
  });
});
