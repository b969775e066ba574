import { describe, expect, it } from 'vitest';
import { gaussianExpectation } from './gaussian-expectation.ts';

const one = (f: (z: number) => number, ...breaks: number[]): number =>
  gaussianExpectation((z, out) => (out[0] = f(z)), 1, breaks)[0];

describe('gaussianExpectation', () => {
  it('has the moments of the normal distribution', () => {
    expect(one(() => 1)).toBeCloseTo(1, 14);
    expect(one((z) => z ** 2)).toBeCloseTo(1, 14);
    expect(one((z) => z ** 4)).toBeCloseTo(3, 13);
    expect(one((z) => z ** 16) / 2027025).toBeCloseTo(1, 13);
    expect(one((z) => z)).toBeCloseTo(0, 14);
  });

  it.each([0.5, 2, 8, 12, 20])('follows e^(%d z) to where its mass is', (a) => {
    expect(Math.log(one((z) => Math.exp(a * z)))).toBeCloseTo((a * a) / 2, 11);
  });

  it('is infinite where the density does not quench the growth', () => {
    expect(one((z) => Math.exp(40 * z))).toBe(Infinity);
    expect(one((z) => -Math.exp(-40 * z))).toBe(-Infinity);
    expect(one((z) => Math.exp(z * z))).toBe(Infinity);
  });

  it('keeps a relative precision far in the tail', () => {
    // E[max(0, z − 12)] = density(12) − 12 Φ(−12), with mpmath.
    expect(one((z) => Math.max(0, z - 12), 12) / 1.4605201169845548e-34).toBeCloseTo(1, 9);
    expect(one((z) => Math.max(0, z - 30), 30)).toBeGreaterThan(0);
  });

  it('has closed forms to compare with', () => {
    expect(one(Math.cos)).toBeCloseTo(Math.exp(-0.5), 14);
    expect(one((z) => Math.sin(7 * z) ** 2)).toBeCloseTo((1 - Math.exp(-98)) / 2, 12);
    expect(one((z) => 1 / (1 + z * z))).toBeCloseTo(0.6556795424187985, 12);
  });
});
