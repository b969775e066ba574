import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import { pairedEffect, superiority } from '../index.ts';

const { heavy, other, tied, tiedOther } = recorded.samples;

/** `pairs` differences with mean d and standard deviation 1: half on each side, and one in the middle of an odd number. */
function differences(d: number, pairs: number): number[] {
  const half = Math.floor(pairs / 2);
  const step = Math.sqrt((pairs - 1) / (2 * half));
  return Array.from({ length: pairs }, (_, i) => d + (i < half ? -step : i < 2 * half ? step : 0));
}

describe('pairedEffect', () => {
  it.each(recorded.effect)(
    'of d = $d with $pairs pairs has the interval of the non-central t, as by SciPy',
    ({ d, pairs, interval }) => {
      const first = differences(d, pairs);
      const found = pairedEffect(
        first,
        first.map(() => 0),
      );
      expect(found.d).toBeCloseTo(d, 10);
      expect(found.interval?.[0]).toBeCloseTo(interval[0], 5);
      expect(found.interval?.[1]).toBeCloseTo(interval[1], 5);
    },
  );

  // ∫ Φ(t u − δ) f(u) du over the density f of u = √(χ²/ν), to 30 digits with mpmath: effects and pairs that are beyond series from e^(−δ²/2).
  it.each([
    { d: 1, pairs: 1000, interval: [0.92391040569, 1.07574733869] },
    { d: 8, pairs: 5, interval: [2.69432248559, 13.4133585363] },
    { d: -8, pairs: 5, interval: [-13.4133585363, -2.69432248559] },
  ])('of d = $d with $pairs pairs has the interval of the non-central t, by quadrature', ({ d, pairs, interval }) => {
    const first = differences(d, pairs);
    const found = pairedEffect(
      first,
      first.map(() => 0),
    );
    expect(found.interval?.[0]).toBeCloseTo(interval[0], 6);
    expect(found.interval?.[1]).toBeCloseTo(interval[1], 6);
  });

  it('has an interval around d for any effect and number of pairs', () => {
    for (const d of [0, 0.1, 1, 10, 1000]) {
      for (const pairs of [2, 3, 10, 100, 3000]) {
        const first = differences(d, pairs);
        const { interval } = pairedEffect(
          first,
          first.map(() => 0),
        );
        // Of large samples it is d ± 1.96 √(1/n + d²/2n).
        const half = 1.96 * Math.sqrt((1 + d ** 2 / 2) / pairs);
        expect(interval?.[0]).toBeLessThan(d);
        expect(interval?.[1]).toBeGreaterThan(d);
        if (pairs < 100) continue;
        expect(Math.abs((interval?.[0] ?? NaN) - d + half)).toBeLessThan(0.06 * half);
        expect(Math.abs((interval?.[1] ?? NaN) - d - half)).toBeLessThan(0.06 * half);
      }
    }
  });

  it('corrects for few pairs with J, 0.9227 for ten', () => {
    // Γ(9/2) / (√(9/2) Γ(4)) = (105 √π / 16) / (6 √4.5).
    const first = differences(1.3, 10);
    const found = pairedEffect(
      first,
      first.map(() => 0),
    );
    expect(found.g).toBeCloseTo((1.3 * (105 * Math.sqrt(Math.PI))) / 16 / (6 * Math.sqrt(4.5)), 10);
    expect((found.gInterval?.[0] ?? NaN) / (found.interval?.[0] ?? NaN)).toBeCloseTo(0.91387, 4);
  });

  it('does not exist without spread', () => {
    expect(pairedEffect([1], [2])).toMatchObject({
      d: null,
      interval: null,
      reason: expect.stringContaining('at least 2'),
    });
    expect(pairedEffect([3, 2], [2, 1])).toMatchObject({ d: null, reason: expect.stringContaining('equal') });
    expect(pairedEffect([3, 2, 'diverged'], [2, 0, 1])).toMatchObject({ pairs: 2, g: null, diverged: { first: 1 } });
  });
});

describe('superiority', () => {
  it('is the share of wins, with half of the ties, as U/(n m) by SciPy', () => {
    expect(superiority(heavy, other).a).toBeCloseTo(recorded.superiority.a, 12);
    expect(superiority(tied, tiedOther).a).toBeCloseTo(recorded.superiority.tied, 12);
  });

  it('gives Cliff’s δ = −0.25 in (−0.7266, 0.3890) for the example of the R package effsize', () => {
    const treatment = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50];
    const control = [10, 20, 30, 40, 40, 50];
    const { delta, deltaInterval, a, interval } = superiority(treatment, control);
    expect(delta).toBeCloseTo(-0.25, 12);
    expect(deltaInterval?.[0]).toBeCloseTo(-0.7265846, 6);
    expect(deltaInterval?.[1]).toBeCloseTo(0.3890062, 6);
    expect(a).toBeCloseTo(0.375, 12);
    expect(interval?.[1]).toBeCloseTo(1.3890062 / 2, 6);
  });

  it('turns round with the conditions', () => {
    const [one, two] = [superiority(heavy, other), superiority(other, heavy)];
    expect(two.delta).toBeCloseTo(-(one.delta ?? NaN), 12);
    expect(two.deltaInterval?.[0]).toBeCloseTo(-(one.deltaInterval?.[1] ?? NaN), 10);
  });

  it('has an interval also where no run reaches one of the other condition', () => {
    // (5 − t²)/(5 + t²), t(0.975; 8) = 2.306004.
    const { a, delta, deltaInterval } = superiority([6, 7, 8, 9, 10], [1, 2, 3, 4, 5]);
    expect([a, delta]).toEqual([1, 1]);
    expect(deltaInterval?.[0]).toBeCloseTo((5 - 2.306004 ** 2) / (5 + 2.306004 ** 2), 5);
    expect(deltaInterval?.[1]).toBe(1);
  });

  it('counts diverged runs by condition', () => {
    expect(superiority([1, 'diverged'], ['diverged', NaN])).toMatchObject({ a: null, runs: [1, 0], diverged: [1, 2] });
  });
});
