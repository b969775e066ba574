import { describe, expect, it } from 'vitest';
import { type Sample, rootsOnGrid } from './roots-on-grid.ts';

function grid(f: (u: number) => number, noise = 0): readonly Sample[] {
  return Array.from({ length: 21 }, (_, i) => i / 2 - 5).map((u) => ({ u, f: f(u), resolved: Math.abs(f(u)) > noise }));
}

describe('rootsOnGrid', () => {
  it('finds all roots of a polynomial, and which way it goes through them', () => {
    const f = (u: number): number => (u + 3.3) * (u - 0.2) * (u - 4.1);
    const roots = rootsOnGrid(grid(f), f);
    expect(roots.map(({ rising }) => rising)).toEqual([true, false, true]);
    expect(roots.map(({ u }) => u)).toEqual([-3.3, 0.2, 4.1].map((u) => expect.closeTo(u, 12)));
  });

  it('finds two roots between neighbours', () => {
    const f = (u: number): number => (u - 1.21) * (u - 1.29);
    expect(rootsOnGrid(grid(f), f).map(({ u }) => u)).toEqual([expect.closeTo(1.21, 12), expect.closeTo(1.29, 12)]);
  });

  it('finds two on one side of the lowest sample, left or right of it', () => {
    for (const [low, high] of [
      [1.35, 1.42],
      [1.58, 1.65],
    ]) {
      const f = (u: number): number => (u - low) * (u - high);
      const roots = rootsOnGrid(grid(f), f);
      expect(roots).toEqual([
        { u: expect.closeTo(low, 12) as number, rising: false },
        { u: expect.closeTo(high, 12) as number, rising: true },
      ]);
    }
  });

  it('finds none where f only comes close to 0', () => {
    const f = (u: number): number => (u - 1.2) ** 2 + 1e-6;
    expect(rootsOnGrid(grid(f), f)).toEqual([]);
  });

  it('takes no sign from what is not resolved', () => {
    // Rounding of alternating sign around a function that falls to 0 and stays above.
    const f = (u: number): number => Math.exp(-10 * (u + 5)) + 1e-16 * Math.sign(Math.sin(20 * u));
    expect(rootsOnGrid(grid(f, 1e-13), f)).toEqual([]);
  });
});
