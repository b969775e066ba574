import { random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { alongRandomDirections, classSelectivity, purityByChance, topPurity } from './selectivity.ts';

/** Made-up values with ties, as ReLU's zeros make them. */
const rows = 60;
const stream = random(1).stream('made up');
const labels = Int32Array.from({ length: rows }, () => stream.integer(3));
const values = Float32Array.from({ length: rows * 2 }, () => Math.max(0, Math.round(stream.normal() * 3)));
const made = { values, units: 2, labels, classes: 3 };

describe('classSelectivity', () => {
  it('is |2 A − 1| of the class that stands out most, with A counted over all pairs', () => {
    const counted = [0, 1].map((unit) => {
      const areas = [0, 1, 2].map((label) => {
        let [wins, pairs] = [0, 0];
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < rows; j++) {
            if (labels[i] !== label || labels[j] === label) continue;
            const [own, other] = [values[2 * i + unit], values[2 * j + unit]];
            wins += own > other ? 1 : own === other ? 0.5 : 0;
            pairs++;
          }
        }
        return Math.abs((2 * wins) / pairs - 1);
      });
      return Math.max(...areas);
    });
    classSelectivity(made).forEach((selectivity, unit) => expect(selectivity).toBeCloseTo(counted[unit], 12));
  });

  it('is 1 for a unit that separates a class, below or above, and 0 for one that always says the same', () => {
    const own = Int32Array.of(0, 0, 1, 1, 2, 2);
    const three = Float32Array.of(0, 1, 7, 0, 2, 7, 5, 1, 7, 6, 2, 7, 5, -1, 7, 6, -3, 7);
    expect([...classSelectivity({ values: three, units: 3, labels: own, classes: 3 })]).toEqual([1, 1, 0]);
  });

  it('refuses values that are not those of the labels', () => {
    expect(() => classSelectivity({ ...made, units: 3 })).toThrow(/60 labelled rows/);
    expect(() => topPurity({ ...made, units: 3 }, 2)).toThrow(/60 labelled rows/);
  });
});

describe('topPurity', () => {
  const own = Int32Array.of(0, 1, 1, 2, 1);

  it('is the share of the commonest class among the samples of the largest values', () => {
    const unit = { values: Float32Array.of(9, 8, 7, 0, 0), units: 1, labels: own, classes: 3 };
    expect(topPurity(unit, 3)[0]).toBeCloseTo(2 / 3, 12);
    expect(topPurity(unit, 1)[0]).toBe(1);
  });

  it('has none for a unit that says nothing more of any samples than of others', () => {
    expect(topPurity({ values: new Float32Array(5), units: 1, labels: own, classes: 3 }, 2)[0]).toBeNaN();
  });
});

describe('purityByChance', () => {
  it('is what counting and drawing say', () => {
    // Of two draws from two classes half are alike: (1 + 1/2)/2; of three from two, 3 in a quarter and 2 else.
    expect(purityByChance(2, 2)).toBeCloseTo(0.75, 12);
    expect(purityByChance(3, 2)).toBeCloseTo((0.25 * 3 + 0.75 * 2) / 3, 12);
    const draws = random(3).stream('labels');
    const drawn = Array.from({ length: 5000 }, () => {
      const counts = new Array<number>(10).fill(0);
      for (let i = 0; i < 20; i++) counts[draws.integer(10)]++;
      return Math.max(...counts) / 20;
    });
    // Purity deviates by 0.04: four standard errors of 5000 are 0.0023.
    expect(Math.abs(drawn.reduce((sum, x) => sum + x, 0) / 5000 - purityByChance(20, 10))).toBeLessThan(0.0023);
  });
});

describe('alongRandomDirections', () => {
  it('is linear, and the same for the same stream', () => {
    const along = (data: typeof made) => alongRandomDirections(data, 4, random(2).stream('directions')).values;
    const twice = along({ ...made, values: values.map((value) => 2 * value) });
    expect(twice).toHaveLength(rows * 4);
    along(made).forEach((value, i) => expect(twice[i]).toBeCloseTo(2 * value, 9));
  });
});
