import { ParameterError } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import { proportion } from '../index.ts';

describe('proportion', () => {
  // Newcombe 1998, table I, to its four digits.
  it.each([
    [81, 263, [0.2553, 0.3662], [0.2527, 0.3676]],
    [15, 148, [0.0624, 0.1605], [0.0578, 0.1617]],
    [0, 20, [0, 0.1611], [0, 0.1684]],
    [1, 29, [0.0061, 0.1718], [0.0009, 0.1776]],
  ])('of %s in %s has the intervals of Newcombe’s table', (successes, trials, wilson, exact) => {
    proportion(successes, trials).interval.forEach((end, i) => expect(end).toBeCloseTo(wilson[i], 4));
    const { interval } = proportion(successes, trials, { method: 'clopper-pearson' });
    interval.forEach((end, i) => expect(end).toBeCloseTo(exact[i], 4));
  });

  it.each(recorded.proportions)(
    'of $successes in $trials agrees with SciPy',
    ({ successes, trials, wilson, clopperPearson }) => {
      const found = proportion(successes, trials);
      expect(found.share).toBe(successes / trials);
      const exact = proportion(successes, trials, { method: 'clopper-pearson' });
      for (const end of [0, 1] as const) {
        expect(Math.abs(found.interval[end] - wilson[end])).toBeLessThan(1e-12);
        expect(Math.abs(exact.interval[end] - clopperPearson[end])).toBeLessThan(
          1e-7 * Math.max(clopperPearson[end], 1e-3),
        );
      }
    },
  );

  it('is the same for failures, turned round, holds the share, and is narrower at a lower level', () => {
    const counts = fc
      .integer({ min: 1, max: 500 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, fc.constantFrom('wilson', 'clopper-pearson'), ([k, n], method) => {
        const { interval, share } = proportion(k, n, { method });
        const turned = proportion(n - k, n, { method }).interval;
        expect(turned[0]).toBeCloseTo(1 - interval[1], 6);
        expect(interval[0]).toBeLessThanOrEqual(share + 1e-12);
        expect(interval[1]).toBeGreaterThanOrEqual(share - 1e-12);
        const half = proportion(k, n, { method, level: 0.5 }).interval;
        expect(half[1] - half[0]).toBeLessThan(interval[1] - interval[0]);
      }),
    );
  });

  it('refuses counts that are none', () => {
    expect(() => proportion(3, 2)).toThrow(/from 0 to 2, not 3/);
    expect(() => proportion(0, 0)).toThrow(ParameterError);
    expect(() => proportion(0.5, 2)).toThrow(ParameterError);
    expect(() => proportion(-1, 2)).toThrow(ParameterError);
    expect(() => proportion(1, 2, { method: 'wald' as 'wilson' })).toThrow(/'wilson' or 'clopper-pearson', not 'wald'/);
  });
});
