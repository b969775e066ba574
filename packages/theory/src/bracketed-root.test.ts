import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketedRoot } from './bracketed-root.ts';

const solve = (f: (x: number) => number, a: number, b: number): number => bracketedRoot(f, a, b, f(a), f(b));

describe('bracketedRoot', () => {
  it('finds roots that are known', () => {
    expect(solve((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(solve(Math.cos, 3, 0)).toBeCloseTo(Math.PI / 2, 15);
    expect(solve((x) => x ** 9, -1, 1.5)).toBeCloseTo(0, 1);
    expect(solve((x) => Math.expm1(50 * (x - 0.3)), 0, 1)).toBeCloseTo(0.3, 14);
  });

  it('finds a jump, and copes with infinite values', () => {
    expect(solve((x) => (x < 0.7 ? -Infinity : 1), 0, 1)).toBeCloseTo(0.7, 14);
  });

  it('stays in the bracket and needs few steps, whatever the root', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (root, bend) => {
          let calls = 0;
          const found = solve(
            (x) => {
              calls++;
              expect(Math.abs(x)).toBeLessThanOrEqual(11);
              return Math.sinh(bend * (x - root)) + (x - root) ** 3;
            },
            -11,
            11,
          );
          expect(Math.abs(found - root)).toBeLessThan(1e-13);
          expect(calls).toBeLessThan(100);
        },
      ),
    );
  });
});
