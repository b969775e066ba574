import { type Dataset, ParameterError, checkDataset, takeRows } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobs } from './blobs.ts';
import { checkerboard } from './checkerboard.ts';
import { circles } from './circles.ts';
import { spirals } from './spirals.ts';
import { twoMoons } from './two-moons.ts';
import type { ToyOptions } from './toy-options.ts';

const sets: readonly (readonly [string, (options?: ToyOptions) => Dataset])[] = [
  ['twoMoons', twoMoons],
  ['spirals', spirals],
  ['circles', circles],
  ['blobs', blobs],
  ['checkerboard', checkerboard],
];

/** Rows of a set in the plane, as [x, y, label]. */
function points(data: Dataset): (readonly [number, number, number])[] {
  return Array.from({ length: data.rows }, (_, i) => [data.inputs[2 * i], data.inputs[2 * i + 1], data.targets[i]]);
}

/** Float32 keeps a coordinate of about 1 to within 6·10⁻⁸. */
const single = 6;

describe.each(sets)('%s', (name, make) => {
  it('is a sound data set of 500 samples by default', () => {
    const data = make();
    checkDataset(data);
    expect(data.rows).toBe(500);
    expect(data.name.length).toBeGreaterThan(5);
  });

  it('shares the samples out equally, to within one, in every beginning of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 100 }), (samples) => {
        const data = make({ samples });
        checkDataset(data);
        const counts = new Array<number>(data.classes ?? 0).fill(0);
        for (const label of data.targets) counts[label]++;
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same for the same seed, another for another, and a smaller one is the beginning of a larger one', () => {
    expect(make({ seed: 5, samples: 60 })).toEqual(make({ seed: 5, samples: 60 }));
    expect(make({ seed: 6, samples: 60 }).inputs).not.toEqual(make({ seed: 5, samples: 60 }).inputs);
    expect(make({ seed: 5, samples: 60 }).inputs).toEqual(takeRows(make({ seed: 5, samples: 200 }), 60).inputs);
  });

  it('adds normal noise of the deviation asked for, to the same points', () => {
    const quiet = make({ samples: 20_000, noise: 0, seed: 2 });
    const loud = make({ samples: 20_000, noise: 0.25, seed: 2 });
    const noise = loud.inputs.map((value, i) => value - quiet.inputs[i]);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + value * value, 0) / noise.length;
    // 40 000 normal numbers: bounds of 4 deviations, a chance of 6·10⁻⁵ each.
    expect(Math.abs(mean)).toBeLessThan(4 * (0.25 / 200));
    expect(Math.abs(variance / 0.25 ** 2 - 1)).toBeLessThan(4 * (Math.SQRT2 / 200));
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no samples', { samples: 0 }, `samples of ${name} must be a whole number of at least`],
    ['half a sample', { samples: 2.5 }, 'not 2.5'],
    ['NaN samples', { samples: NaN }, 'not NaN'],
    ['negative noise', { noise: -0.1 }, `noise of ${name} must be a finite number of at least 0, not -0.1`],
    ['infinite noise', { noise: Infinity }, 'not Infinity'],
    ['a negative seed', { seed: -1 }, `seed of ${name} must be a whole number of at least 0, not -1`],
    ['text', { noise: '0.1' }, `noise of ${name} must be a finite number of at least 0, not 0.1`],
    ['an unknown option', { nois: 1 }, `not 'nois' (did you mean 'noise'?)`],
  ])('refuses %s', (_, options, message) => {
    expect(() => make(options)).toThrow(ParameterError);
    expect(() => make(options)).toThrow(message);
  });
});

describe('twoMoons without noise', () => {
  it('lies on the upper half of the unit circle, and on the lower half of the one about (1, ½)', () => {
    for (const [x, y, label] of points(twoMoons({ noise: 0, seed: 1 }))) {
      const [u, v] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
      expect(Math.hypot(u, v)).toBeCloseTo(1, single);
      expect(v).toBeGreaterThanOrEqual(-1e-6);
    }
  });

  it('spreads over the whole half circle, evenly in angle', () => {
    // cos t of a uniform angle has mean 0 and variance ½; 5 000 of them: 4 deviations.
    const upper = points(twoMoons({ samples: 10_000, noise: 0 })).filter(([, , label]) => label === 0);
    const cosines = upper.map(([x]) => x);
    expect(Math.abs(cosines.reduce((sum, x) => sum + x, 0) / 5000)).toBeLessThan(4 * Math.sqrt(0.5 / 5000));
    expect(Math.min(...cosines)).toBeLessThan(-0.99);
    expect(Math.max(...cosines)).toBeGreaterThan(0.99);
  });
});

describe('circles without noise', () => {
  it('lies on circles of radius 1 and innerRadius', () => {
    for (const [x, y, label] of points(circles({ noise: 0, innerRadius: 0.3 }))) {
      expect(Math.hypot(x, y)).toBeCloseTo(label === 0 ? 1 : 0.3, single);
    }
  });

  it.each([0, 1, 2, NaN])('refuses the inner radius %s', (innerRadius) => {
    expect(() => circles({ innerRadius })).toThrow(ParameterError);
    expect(() => circles({ innerRadius })).toThrow('innerRadius of circles must be');
  });
});

describe('spirals without noise', () => {
  it('has the angle that belongs to the radius and the arm', () => {
    const turns = 2.25;
    const arms = 3;
    const rows = points(spirals({ noise: 0, turns, arms, samples: 600 }));
    for (const [x, y, label] of rows) {
      const radius = Math.hypot(x, y);
      const offset = Math.atan2(y, x) / (2 * Math.PI) - turns * radius - label / arms;
      expect(Math.abs(offset - Math.round(offset))).toBeLessThan(1e-5);
      expect(radius).toBeGreaterThan(0.1 - 1e-6);
      expect(radius).toBeLessThan(1 + 1e-6);
    }
    const radii = rows.map(([x, y]) => Math.hypot(x, y));
    expect(Math.min(...radii)).toBeLessThan(0.2);
    expect(Math.max(...radii)).toBeGreaterThan(0.99);
  });

  it('refuses one arm, no turns, and fewer samples than arms', () => {
    expect(() => spirals({ arms: 1 })).toThrow('arms of spirals must be a whole number of at least 2, not 1');
    expect(() => spirals({ turns: 0 })).toThrow('turns of spirals must be a finite number above 0, not 0');
    expect(() => spirals({ arms: 5, samples: 4 })).toThrow('got 4 samples for 5 arms');
  });
});

describe('blobs', () => {
  it('without noise is one point a class, within [−1, 1]', () => {
    const data = blobs({ noise: 0, classes: 4, features: 3, samples: 40 });
    for (let row = 4; row < 40; row++) {
      const first = row % 4;
      expect([...data.inputs.subarray(3 * row, 3 * row + 3)]).toEqual([
        ...data.inputs.subarray(3 * first, 3 * first + 3),
      ]);
    }
    expect(data.inputs.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(new Set(data.inputs).size).toBe(12);
  });

  it('keeps its centres when more samples are drawn or the noise changes', () => {
    const near = blobs({ samples: 3, noise: 0, seed: 4 });
    const far = blobs({ samples: 3000, noise: 0.3, seed: 4 });
    for (let label = 0; label < 3; label++) {
      let sum = 0;
      for (let row = label; row < 3000; row += 3) sum += far.inputs[2 * row];
      expect(Math.abs(sum / 1000 - near.inputs[2 * label])).toBeLessThan(4 * (0.3 / Math.sqrt(1000)));
    }
  });

  it('refuses no classes, no features, and fewer samples than classes', () => {
    expect(() => blobs({ classes: 0 })).toThrow('classes of blobs must be a whole number of at least 1, not 0');
    expect(() => blobs({ features: 0 })).toThrow('features of blobs must be a whole number of at least 1, not 0');
    expect(() => blobs({ classes: 3, samples: 2 })).toThrow('got 2 samples for 3 classes');
  });
});

describe('checkerboard without noise', () => {
  it.each([2, 3, 4, 7])(
    'has the class of its field on a board of %s fields a side, and reaches all fields',
    (cells) => {
      const seen = new Set<number>();
      for (const [x, y, label] of points(checkerboard({ cells, samples: 4000 }))) {
        const column = Math.min(Math.floor(((x + 1) / 2) * cells), cells - 1);
        const row = Math.min(Math.floor(((y + 1) / 2) * cells), cells - 1);
        expect((column + row) % 2).toBe(label);
        seen.add(column * cells + row);
      }
      expect(seen.size).toBe(cells * cells);
    },
  );

  it('refuses a board of one field', () => {
    expect(() => checkerboard({ cells: 1 })).toThrow(
      'cells of checkerboard must be a whole number of at least 2, not 1',
    );
  });
});
