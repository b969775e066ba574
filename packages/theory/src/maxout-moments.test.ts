import { ParameterError, maxout } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { reference } from '../test/reference.ts';
import { maxoutMoments, orderStatistic } from './maxout-moments.ts';

describe('maxoutMoments', () => {
  it('of two pieces are 1/√π and 1', () => {
    const { mean, secondMoment, variance, forwardGain } = maxoutMoments({ pieces: 2 });
    expect(mean).toBe(1 / Math.sqrt(Math.PI));
    expect(secondMoment).toBe(1);
    expect(variance).toBeCloseTo(1 - 1 / Math.PI, 15);
    expect(forwardGain).toBe(1);
  });

  it.each([1, 2, 3])('in closed form for %d pieces agree with quadrature', (pieces) => {
    const [mean, secondMoment] = orderStatistic(pieces);
    expect(maxoutMoments({ pieces }).mean).toBeCloseTo(mean, 13);
    expect(maxoutMoments({ pieces }).secondMoment).toBeCloseTo(secondMoment, 13);
  });

  it.each(reference.maxout)('agree with mpmath for $pieces pieces', ({ pieces, mean, secondMoment }) => {
    expectRelative(maxoutMoments({ pieces }).mean, mean, 1e-12, 1);
    expectRelative(maxoutMoments({ pieces }).secondMoment, secondMoment, 1e-12);
  });

  it('grow like 2 ln k', () => {
    const { secondMoment } = maxoutMoments({ pieces: 1e9 });
    expect(secondMoment / (2 * Math.log(1e9))).toBeGreaterThan(0.85);
    expect(secondMoment).toBeLessThan(2 * Math.log(1e9));
  });

  it('refuse a number of pieces that is no whole number of at least 1', () => {
    for (const pieces of [0, -1, 1.5, NaN]) expect(() => maxoutMoments({ pieces })).toThrow(ParameterError);
    expect(() => maxoutMoments({} as never)).toThrow('maxoutMoments needs pieces');
    expect(() => maxoutMoments(maxout() as never)).toThrow(ParameterError);
  });
});
