import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { power } from './power.ts';

const error = (base: number, exponent: number, exact: number): number => Math.abs(power(base, exponent) / exact - 1);

describe('power', () => {
  it.each([
    // Exact in decimal, by integer arithmetic.
    [3, 33, 5559060566555523],
    [7, 18, 1628413597910449],
    [-3, 31, -617673396283947],
    [10, -3, 0.001],
    [10, 22, 1e22],
    [1.5, 10, 57.6650390625],
    [-0.5, -5, -32],
    [5, 0, 1],
  ])('%d to the power of %d is exact', (base, exponent, exact) => {
    expect(power(base, exponent)).toBe(exact);
  });

  it.each([
    // mpmath 1.2, 60 digits, of the float64 numbers.
    [2, 0.5, 1.4142135623730951],
    [10, 0.1, 1.2589254117941673],
    [0.05, 0.01, 0.9704869503929601],
    [0.999, 20000, 2.0406311867621007e-9],
    [0.9, 1000, 1.7478712517226947e-46],
    [1.01, -500, 0.0069073761812894555],
    [-1.1, 101, -15158.67357380462],
  ])('%d to the power of %d errs by some units in the last place', (base, exponent, exact) => {
    const digits = 2e-16 * Math.max(4, Math.abs(Math.log(Math.abs(exact))) * 2);
    expect(error(base, exponent, exact)).toBeLessThan(digits);
  });

  it('undoes itself, and adds exponents', () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, fc.integer({ min: 1, max: 40 }), (base, n) => {
        expect(power(power(base, 1 / n), n) / base).toBeCloseTo(1, 12);
      }),
    );
    fc.assert(
      fc.property(positive, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (base, m, n) => {
        expect(power(base, m) * power(base, n)).toBeCloseTo(power(base, m + n), -Math.log10(power(base, m + n)) + 12);
      }),
    );
  });

  it('goes to the limits at 0 and infinity, and is NaN where there is no real power', () => {
    expect([power(0, 3), power(0, 0.5), power(0, -1), power(0, 100), power(-0, -3)]).toEqual([
      0,
      0,
      Infinity,
      0,
      -Infinity,
    ]);
    expect([power(Infinity, 2), power(Infinity, -0.5), power(2, 5000), power(2, -5000)]).toEqual([
      Infinity,
      0,
      Infinity,
      0,
    ]);
    expect([power(-2, 0.5), power(NaN, 2), power(2, NaN), power(NaN, 100)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(power(NaN, 0)).toBe(1);
  });
});
