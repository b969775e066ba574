import { describe, expect, it } from 'vitest';
import { extreme, holmMeasurements } from './holm-measurements.ts';

/** Differences of this mean and about this spread, for ten seeds. */
function differences(mean: number, spread: number): ReadonlyMap<number, number> {
  return new Map(Array.from({ length: 10 }, (_, i) => [i, mean + spread * Math.sin(7 * i + mean)]));
}

const family = new Map([
  ['clear', differences(1, 0.5)],
  ['plain', differences(0.45, 0.5)],
  ['faint', differences(0.31, 0.6)],
  ['none', differences(0.02, 0.5)],
]);

describe('holmMeasurements', () => {
  it('leaves 0 out of the intervals of exactly those whose adjusted p value is below 0.05', () => {
    const found = holmMeasurements(family);
    const decided = [...found].map(([name, { measurement, adjustedP }]) => {
      const [low, high] = measurement.interval ?? [NaN, NaN];
      expect(low > 0 || high < 0, name).toBe((adjustedP ?? 1) < 0.05);
      return [name, low > 0];
    });
    expect(decided).toEqual([
      ['clear', true],
      ['plain', true],
      ['faint', false],
      ['none', false],
    ]);
  });

  it('would have found one more, had each been alone', () => {
    const alone = holmMeasurements(new Map([['faint', differences(0.31, 0.6)]])).get('faint');
    expect(alone?.adjustedP).toBeLessThan(0.05);
    expect(alone?.measurement.interval?.[0]).toBeGreaterThan(0);
  });

  it('has Student’s interval at 1 − 0.05/m for the clearest of m', () => {
    // Mean ± t s/√n, with t(0.99375; 9) = 3.11093 by integration of the density.
    const values = [...differences(1, 0.5).values()];
    const mean = values.reduce((sum, x) => sum + x, 0) / 10;
    const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 9 / 10);
    const { measurement } = holmMeasurements(family).get('clear') ?? { measurement: null };
    expect(measurement?.estimate).toBeCloseTo(mean, 12);
    expect(((measurement?.interval?.[1] ?? NaN) - mean) / error).toBeCloseTo(3.11093, 3);
  });

  it('says nothing of what has no spread, and counts the seeds that are usable', () => {
    const found = holmMeasurements(
      new Map([
        [
          'same',
          new Map([
            [1, 0],
            [2, 0],
          ]),
        ],
        [
          'diverged',
          new Map([
            [1, NaN],
            [2, 1],
            [3, 2],
          ]),
        ],
        ['never', new Map([[1, NaN]])],
      ]),
    );
    expect(found.get('same')?.adjustedP).toBeNull();
    expect(found.get('diverged')?.measurement.seeds).toBe(2);
    expect(found.get('never')?.measurement).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});

describe('extreme', () => {
  it('is the clearest difference upwards or downwards, with its name', () => {
    const comparisons = holmMeasurements(
      new Map([
        ['up', differences(1, 0.5)],
        ['high but vague', differences(2, 20)],
        ['down', differences(-1, 0.5)],
      ]),
    );
    expect(extreme(comparisons, 'greatest').unit).toBe('(up)');
    expect(extreme(comparisons, 'least').unit).toBe('(down)');
    expect(extreme(new Map(), 'least').seeds).toBe(0);
  });
});
