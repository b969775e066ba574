import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { integrate } from './integrate.ts';

const one = (f: (x: number) => number, ...breaks: number[]): number =>
  integrate((x, out) => (out[0] = f(x)), 1, { breaks }).integral[0];

describe('integrate', () => {
  it('finds integrals that are known', () => {
    expect(one(Math.exp, 0, 1)).toBeCloseTo(Math.E - 1, 14);
    expect(one((x) => 1 / (1 + x * x), -50, 50)).toBeCloseTo(2 * Math.atan(50), 12);
  });

  it('finds a kink and a jump that nobody named', () => {
    expect(one((x) => Math.abs(x - 0.123), 0, 1)).toBeCloseTo((0.123 ** 2 + 0.877 ** 2) / 2, 12);
    expect(one((x) => (x > 0.123 ? 1 : 0), 0, 1)).toBeCloseTo(0.877, 12);
  });

  it('integrates a singularity that has an integral', () => {
    expect(one((x) => 1 / Math.sqrt(x), 0, 1)).toBeCloseTo(2, 5);
  });

  it('does not chase rounding', () => {
    let calls = 0;
    const noisy = (x: number): number => {
      calls++;
      return 1e9 + Math.sin(x) - 1e9;
    };
    expect(one(noisy, 0, 3)).toBeCloseTo(1 - Math.cos(3), 6);
    expect(calls).toBeLessThan(4000);
  });

  it('is infinite for an integrand that overflows', () => {
    expect(one((x) => Math.exp(x * x), 0, 40)).toBe(Infinity);
  });

  it('says where an integral does not converge', () => {
    expect(() => one((x) => 1 / x, -1, 2)).toThrow(ParameterError);
    expect(() => one((x) => 1 / x, -1, 2)).toThrow('does not converge near');
  });
});
