import { ParameterError } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../index.ts';

/** By the principle of closed testing: the largest Bonferroni p value of all sets of hypotheses that hold the one in question. */
function closedTesting(pValues: readonly number[]): number[] {
  return pValues.map((_, index) => {
    let largest = 0;
    for (let set = 0; set < 2 ** pValues.length; set++) {
      if ((set & (1 << index)) === 0) continue;
      const members = pValues.filter((__, i) => set & (1 << i));
      largest = Math.max(largest, Math.min(1, members.length * Math.min(...members)));
    }
    return largest;
  });
}

describe('holm', () => {
  it('multiplies the k-th smallest of m with m − k + 1, and never falls below the one before', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  it('is closed testing with Bonferroni’s bound', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(pValues, (values) => {
        const expected = closedTesting(values);
        holm(values).forEach((p, i) => expect(Math.abs(p - expected[i])).toBeLessThan(1e-12));
      }),
    );
  });

  it('refuses what is no p value', () => {
    expect(() => holm([0.1, 1.2])).toThrow(/1.2 \(at 1\)/);
    expect(() => holm([NaN])).toThrow(ParameterError);
  });
});
