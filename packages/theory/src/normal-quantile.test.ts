import { ParameterError, normalCumulative } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { reference } from '../test/reference.ts';
import { normalQuantile } from './normal-quantile.ts';

describe('normalQuantile', () => {
  it.each(reference.quantiles)('agrees with mpmath at $p', ({ p, x }) => {
    expectRelative(normalQuantile(p), x, 2e-15);
    expectRelative(normalQuantile(1 - p), -x, 1e-6);
  });

  it('has the ends and the middle', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 16);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  });

  it('is the inverse of Φ, far into the tail', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        expectRelative(normalQuantile(normalCumulative(x)), x, 1e-9, 1 + Math.abs(x));
      }),
    );
  });

  it('refuses what is no probability', () => {
    for (const p of [-0.1, 1.1, NaN]) expect(() => normalQuantile(p)).toThrow(ParameterError);
  });
});
