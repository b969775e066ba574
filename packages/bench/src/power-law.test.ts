import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPowerLaw } from './power-law.ts';

describe('fitPowerLaw', () => {
  it('finds the law that points follow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        (exponent, factor) => {
          const fit = fitPowerLaw([16, 32, 64, 128].map((x) => ({ x, y: factor * x ** exponent })));
          expect(fit.exponent).toBeCloseTo(exponent, 9);
          expect(fit.factor / factor).toBeCloseTo(1, 7);
          expect(fit.interval?.[0]).toBeCloseTo(exponent, 6);
        },
      ),
    );
  });

  it('has the interval of a linear regression on logarithms', () => {
    // scipy.stats.linregress(log([1, 2, 4, 8]), log([1, 3, 10, 20])): slope 1.4703, stderr 0.1118; t(0.975, 2) = 4.3027
    const fit = fitPowerLaw([
      { x: 1, y: 1 },
      { x: 2, y: 3 },
      { x: 4, y: 10 },
      { x: 8, y: 20 },
    ]);
    expect(fit.exponent).toBeCloseTo(1.470275, 6);
    expect(fit.interval?.[0]).toBeCloseTo(0.9891111, 5);
    expect(fit.interval?.[1]).toBeCloseTo(1.9514388, 5);
  });

  it('has no interval from two points, and refuses less, or what has no logarithm', () => {
    expect(
      fitPowerLaw([
        { x: 1, y: 2 },
        { x: 2, y: 8 },
      ]),
    ).toMatchObject({ exponent: 2, interval: null });
    expect(() => fitPowerLaw([{ x: 2, y: 8 }])).toThrow(RangeError);
    expect(() =>
      fitPowerLaw([
        { x: 2, y: 8 },
        { x: 2, y: 9 },
      ]),
    ).toThrow(/two different x/);
    expect(() =>
      fitPowerLaw([
        { x: 1, y: 0 },
        { x: 2, y: 9 },
      ]),
    ).toThrow(/above 0/);
  });
});
