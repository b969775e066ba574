import { describe, expect, it } from 'vitest';
import { gaussKronrod } from './gauss-kronrod.ts';

/** ∫ x^n over [−1, 2]. */
const power = (n: number): number => (2 ** (n + 1) - (-1) ** (n + 1)) / (n + 1);

describe('gaussKronrod', () => {
  it('is exact for polynomials up to degree 31', () => {
    for (let n = 0; n <= 31; n++) {
      const { integral } = gaussKronrod((x, out) => (out[0] = x ** n), new Float64Array(1), -1, 2);
      expect(Math.abs(integral[0] / power(n) - 1), `degree ${n}`).toBeLessThan(4e-15);
    }
  });

  it('holds a Gauss rule that is exact up to degree 19, and no further', () => {
    const error = (n: number): number =>
      gaussKronrod((x, out) => (out[0] = x ** n), new Float64Array(1), -1, 2).error[0];
    expect(error(19)).toBeLessThan(1e-15);
    expect(error(24)).toBeGreaterThan(1e-15);
  });

  it('integrates several functions at once, and their absolute values', () => {
    const { integral, magnitude } = gaussKronrod(
      (x, out) => {
        out[0] = Math.sin(x);
        out[1] = x;
      },
      new Float64Array(2),
      0,
      2,
    );
    expect(integral[0]).toBeCloseTo(1 - Math.cos(2), 14);
    expect(integral[1]).toBeCloseTo(2, 14);
    expect(magnitude[1]).toBeCloseTo(2, 14);
  });
});
