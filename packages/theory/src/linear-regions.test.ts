import { ParameterError } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hyperplaneRegions, maxLinearRegions } from './linear-regions.ts';

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k;
}

/** The bound of Serra et al. as it is written: a sum over tuples. */
function overTuples(inputs: number, widths: readonly number[], least = inputs): number {
  if (widths.length === 0) return 1;
  const [width, ...deeper] = widths;
  let sum = 0;
  for (let j = 0; j <= Math.min(least, width); j++) {
    sum += binomial(width, j) * overTuples(inputs, deeper, Math.min(least, width - j));
  }
  return sum;
}

describe('hyperplaneRegions', () => {
  it('is 1 + n + C(n, 2) in the plane, n + 1 on the line, 2ⁿ in as many dimensions', () => {
    for (const hyperplanes of [0, 1, 3, 10, 57]) {
      expect(hyperplaneRegions({ hyperplanes, dimension: 1 })).toBe(hyperplanes + 1);
      expect(hyperplaneRegions({ hyperplanes, dimension: 2 })).toBe(
        1 + hyperplanes + (hyperplanes * (hyperplanes - 1)) / 2,
      );
      if (hyperplanes < 50) expect(hyperplaneRegions({ hyperplanes, dimension: 60 })).toBe(2 ** hyperplanes);
    }
    // Σ_{j≤3} C(100, j).
    expect(hyperplaneRegions({ hyperplanes: 100, dimension: 3 })).toBe(1 + 100 + 4950 + 161_700);
  });
});

describe('maxLinearRegions', () => {
  it('of one hidden layer is the number of regions of hyperplanes, and attained', () => {
    for (const [inputs, width] of [
      [2, 10],
      [3, 7],
      [5, 5],
    ]) {
      const regions = hyperplaneRegions({ hyperplanes: width, dimension: inputs });
      expect(maxLinearRegions({ inputs, widths: [width] })).toEqual({
        upperBound: regions,
        montufarLowerBound: regions,
      });
    }
  });

  it('of one input is Π (n + 1)', () => {
    expect(maxLinearRegions({ inputs: 1, widths: [4, 3, 6] }).upperBound).toBe(5 * 4 * 7);
    // A layer of one unit can be off, and then nothing is left to cut.
    expect(maxLinearRegions({ inputs: 1, widths: [1, 3] }).upperBound).toBe(4 + 1);
  });

  it('has Montúfar’s lower bound', () => {
    expect(maxLinearRegions({ inputs: 2, widths: [4, 4, 4] }).montufarLowerBound).toBe(4 * 4 * (1 + 4 + 6));
    expect(maxLinearRegions({ inputs: 1, widths: [2, 2, 2] }).montufarLowerBound).toBe(2 * 2 * 3);
    expect(maxLinearRegions({ inputs: 10, widths: [3, 5] }).montufarLowerBound).toBe(1 + 5 + 10 + 10);
  });

  it('counts more for the tent map than its 2ᵏ pieces', () => {
    for (const k of [1, 2, 5]) {
      const { upperBound, montufarLowerBound } = maxLinearRegions({ inputs: 1, widths: Array<number>(k).fill(2) });
      expect(upperBound).toBe(3 ** k);
      expect(montufarLowerBound).toBeGreaterThanOrEqual(2 ** k);
    }
  });

  it('is the sum over tuples of Serra et al., not below the lower bound, and at most 2 to the number of units', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 }),
        (inputs, widths) => {
          const { upperBound, montufarLowerBound } = maxLinearRegions({ inputs, widths });
          expect(upperBound).toBeCloseTo(overTuples(inputs, widths), 3);
          expect(montufarLowerBound).toBeLessThanOrEqual(upperBound);
          expect(montufarLowerBound).toBeGreaterThanOrEqual(1);
          expect(upperBound).toBeLessThanOrEqual(2 ** widths.reduce((sum, width) => sum + width, 0));
        },
      ),
    );
  });

  it('is infinite where float64 ends, not NaN', () => {
    expect(maxLinearRegions({ inputs: 784, widths: Array<number>(5).fill(1000) }).upperBound).toBe(Infinity);
  });

  it('refuses widths below 1', () => {
    for (const options of [
      { inputs: 0, widths: [3] },
      { inputs: 2, widths: [] },
      { inputs: 2, widths: [3, 0] },
      { inputs: 2 },
      { inputs: 2, widths: 3 },
    ]) {
      expect(() => maxLinearRegions(options as never)).toThrow(ParameterError);
    }
  });
});
