import { describe, expect, it } from 'vitest';
import { bySeed, compareAll, measurement, medianMeasurement, seedShare, share, shareWon } from './measurements.ts';

const values = (...list: readonly number[]) => new Map(list.map((value, seed) => [seed, value]));

describe('measurement', () => {
  it('leaves seeds without a value out, and counts the others', () => {
    const rows = [0.5, null, 0.7].map((testAccuracy, seed) => ({ kind: 'run', seed, testAccuracy }));
    const { estimate, seeds } = measurement(bySeed(rows, {}, 'testAccuracy'));
    expect(estimate).toBeCloseTo(0.6, 12);
    expect(seeds).toBe(2);
    expect(measurement(values(NaN))).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });

  it('cuts the interval of a share at 0 and 1, and no other', () => {
    // Mean 1/2 and deviation 1/√2 of two values: t(0.975; 1) = 12.7062, half the interval 6.3531.
    expect(measurement(values(0, 1)).interval?.[0]).toBeCloseTo(0.5 - 6.3531, 3);
    expect(measurement(values(0, 1)).interval?.[1]).toBeCloseTo(0.5 + 6.3531, 3);
    expect(measurement(values(0, 1), share)).toEqual({ estimate: 0.5, interval: [0, 1], seeds: 2 });
    expect(measurement(values(0.01, 1), { ...share, scale: 'log' }).interval?.[1]).toBe(1);
    const inside = values(0.5, 0.51, 0.52);
    expect(measurement(inside, share)).toEqual(measurement(inside));
    expect(measurement(values(0.4), share).interval).toBeNull();
  });
});

describe('medianMeasurement', () => {
  it('gives the whole range of six values, which covers the median with 1 − 2⁻⁵, and no interval for fewer', () => {
    expect(medianMeasurement(values(6, 1, 2, NaN, 3, 4, 5))).toEqual({ estimate: 3.5, interval: [1, 6], seeds: 6 });
    expect(medianMeasurement(values(1, 2, 9))).toEqual({ estimate: 2, interval: null, seeds: 3 });
    expect(medianMeasurement(values(NaN))).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});

describe('seedShare', () => {
  it('keeps an interval where all seeds agree: Wilson’s for 10 of 10 begins at n / (n + z²)', () => {
    const { estimate, interval, seeds } = seedShare(values(...Array<number>(10).fill(1), NaN));
    expect([estimate, seeds]).toEqual([1, 10]);
    expect(interval?.[0]).toBeCloseTo(10 / (10 + 1.959964 ** 2), 6);
    expect(seedShare(values(NaN))).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});

describe('compareAll', () => {
  const ten = (value: number) => values(...Array<number>(10).fill(value));
  const zigzag = values(...[1, -1, 1, -1, 1, -1, 1, -1, 1, -1]);

  it('multiplies the sign-flip test’s 2 · 2⁻¹⁰ of ten equal signs with the number of comparisons', () => {
    const [less, greater, none] = compareAll([
      { first: ten(1), second: ten(2) },
      { first: ten(3), second: ten(2) },
      { first: zigzag, second: ten(0) },
    ]);
    expect(less).toMatchObject({ outcome: 'less', difference: -1, pairs: 10 });
    expect(less.pValue).toBeCloseTo(3 * 2 ** -9, 12);
    expect(greater.outcome).toBe('greater');
    expect(none).toMatchObject({ outcome: 'undecided', pValue: 1 });
  });

  it('finds nothing in many comparisons that would each by itself be beyond chance', () => {
    // Six equal signs: p = 2⁻⁵ = 0.031 once, 0.16 among five.
    const six = { first: values(1, 1, 1, 1, 1, 1), second: values(2, 2, 2, 2, 2, 2) };
    expect(compareAll([six])[0].outcome).toBe('less');
    expect(compareAll(Array.from({ length: 5 }, () => six)).map(({ outcome }) => outcome)).toEqual(
      Array(5).fill('undecided'),
    );
  });

  it('leaves pairs out of which one diverged', () => {
    const [found] = compareAll([{ first: values(NaN, ...ten(1).values()), second: values(0, ...ten(2).values()) }]);
    expect(found).toMatchObject({ outcome: 'less', pairs: 10 });
    expect(compareAll([{ first: values(), second: ten(1) }])[0]).toMatchObject({ outcome: 'undecided', pairs: 0 });
  });
});

describe('shareWon', () => {
  it('counts undecided comparisons neither way', () => {
    const won = { first: values(...Array<number>(10).fill(1)), second: values(...Array<number>(10).fill(2)) };
    const lost = { first: won.second, second: won.first };
    const undecided = { first: values(1, 2), second: values(2, 1) };
    expect(shareWon([won, won])).toMatchObject({ estimate: 1, interval: [1, 1], seeds: 10 });
    expect(shareWon([won, undecided])).toMatchObject({ estimate: 0.5, interval: [0.5, 1], seeds: 2 });
    expect(shareWon([won, lost])).toMatchObject({ estimate: 0.5, interval: [0.5, 0.5] });
    expect(shareWon([])).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});
