import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { type InitializerName, initializer } from './by-name.ts';

const fanIn = 300;
const fanOut = 200;

function draw(name: InitializerName, options: Readonly<Record<string, number | string>> = {}): Float32Array {
  const weights = new Float32Array(fanIn * fanOut);
  initializer(name as string, options).weights(weights, fanIn, fanOut, random(1).stream(name));
  return weights;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float32Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Fourth moment over the squared variance. */
const kurtosis = { normal: 3, uniform: 1.8 };

describe('the variance that an initialiser aims at', () => {
  // For fanIn 300 and fanOut 200, from the papers' formulas; slope 0.5 gives 2 / (1 + 0.25) = 1.6.
  it.each<[InitializerName, Record<string, number | string>, number]>([
    ['zeros', {}, 0],
    ['constant', { value: 7 }, 0],
    ['uniform', { low: -1, high: 2 }, 9 / 12],
    ['normal', { deviation: 0.5 }, 0.25],
    ['xavier-normal', {}, 2 / 500],
    ['xavier-uniform', {}, 2 / 500],
    ['xavier-uniform', { gain: 5 / 3 }, (2 / 500) * (25 / 9)],
    ['xavier-normal', { mode: 'fan-out' }, 1 / 200],
    ['he-normal', {}, 2 / 300],
    ['he-uniform', {}, 2 / 300],
    ['he-normal', { slope: 0.5 }, 1.6 / 300],
    ['he-uniform', { gain: 3 }, 9 / 300],
    ['he-normal', { mode: 'fan-out' }, 2 / 200],
    ['he-uniform', { mode: 'fan-average' }, 2 / 250],
    ['lecun-normal', {}, 1 / 300],
    ['lecun-uniform', {}, 1 / 300],
    ['lecun-normal', { gain: 2, mode: 'fan-out' }, 4 / 200],
    ['orthogonal', { gain: 2 }, 4 / 300],
    ['pytorch-default', {}, 1 / 900],
    ['keras-default', {}, 2 / 500],
    ['lsuv', {}, 1 / 300],
  ])('of %s %j is %s for fanIn 300 and fanOut 200', (name, options, expected) => {
    expect(initializer(name as string, options).variance(fanIn, fanOut)).toBeCloseTo(expected, 15);
  });

  // The sample variance of n numbers has deviation σ² √((kurtosis − 1) / n), the mean σ / √n. The bounds are 4 deviations:
  // a right draw fails one at a random seed with chance 6·10⁻⁵.
  it.each<[InitializerName, Record<string, number | string>, keyof typeof kurtosis]>([
    ['uniform', { low: -1, high: 1 }, 'uniform'],
    ['normal', { deviation: 0.5 }, 'normal'],
    ['truncated-normal', { deviation: 0.5 }, 'normal'],
    ['xavier-normal', {}, 'normal'],
    ['xavier-uniform', { gain: 2 }, 'uniform'],
    ['he-normal', { slope: 0.2 }, 'normal'],
    ['he-uniform', {}, 'uniform'],
    ['he-normal', { mode: 'fan-out' }, 'normal'],
    ['lecun-normal', {}, 'normal'],
    ['lecun-uniform', { mode: 'fan-average' }, 'uniform'],
    ['pytorch-default', {}, 'uniform'],
    ['keras-default', {}, 'uniform'],
  ])('of %s %j is that of the numbers drawn', (name, options, shape) => {
    const weights = draw(name, options);
    const aim = initializer(name as string, options).variance(fanIn, fanOut);
    expect(Math.abs(mean(weights))).toBeLessThan(4 * Math.sqrt(aim / weights.length));
    const bound = 4 * Math.sqrt((kurtosis[shape] - 1) / weights.length);
    expect(Math.abs(variance(weights) / aim - 1)).toBeLessThan(bound);
  });
});

describe('zeros and constant', () => {
  it('fill with one value', () => {
    expect(new Set(draw('zeros'))).toEqual(new Set([0]));
    expect(new Set(draw('constant', { value: 0.5 }))).toEqual(new Set([0.5]));
  });
});

describe('normal', () => {
  it('has the mean asked for', () => {
    expect(Math.abs(mean(draw('normal', { mean: 3, deviation: 0.5 })) - 3)).toBeLessThan(4 * (0.5 / Math.sqrt(60_000)));
  });
});

describe('truncated-normal', () => {
  it('stays within two deviations of its mean, and comes near them', () => {
    const weights = draw('truncated-normal', { mean: 1, deviation: 0.5 });
    const distance = largest(weights.map((weight) => weight - 1));
    expect(distance).toBeLessThanOrEqual(1);
    expect(distance).toBeGreaterThan(0.99);
  });

  it('aims at the variance after the cut, found here by integrating x² φ(x) over [−2, 2]', () => {
    const steps = 2000;
    let mass = 0;
    let second = 0;
    for (let i = 0; i <= steps; i++) {
      const x = -2 + (4 * i) / steps;
      const simpson = i === 0 || i === steps ? 1 : i % 2 === 0 ? 2 : 4;
      const density = simpson * Math.exp(-0.5 * x * x);
      mass += density;
      second += density * x * x;
    }
    expect(initializer('truncated-normal', { deviation: 1 }).variance(1, 1)).toBeCloseTo(second / mass, 12);
  });
});

describe('pytorch-default', () => {
  it('stays within ±1/√fanIn, the biases too, and comes near', () => {
    const limit = 1 / Math.sqrt(fanIn);
    const biases = new Float32Array(20_000);
    initializer('pytorch-default').biases(biases, fanIn, 20_000, random(1));
    for (const numbers of [draw('pytorch-default'), biases]) {
      expect(largest(numbers)).toBeLessThanOrEqual(Math.fround(limit));
      expect(largest(numbers)).toBeGreaterThan(0.999 * limit);
    }
  });

  it('has biases of variance 1/(3 fanIn), and is the only one whose biases are not 0', () => {
    const rule = initializer('pytorch-default');
    expect(rule.biasVariance(fanIn, fanOut)).toBeCloseTo(1 / 900, 15);
    const biases = new Float32Array(20_000);
    rule.biases(biases, fanIn, 20_000, random(2));
    expect(Math.abs(variance(biases) * 900 - 1)).toBeLessThan(4 * Math.sqrt(0.8 / 20_000));
  });
});

describe('keras-default', () => {
  it('stays within Glorot’s ±√(6 / (fanIn + fanOut)), and comes near; its biases are 0', () => {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    expect(largest(draw('keras-default'))).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest(draw('keras-default'))).toBeGreaterThan(0.999 * limit);
    const biases = new Float32Array(4).fill(NaN);
    initializer('keras-default').biases(biases, 3, 4, random(1));
    expect([...biases]).toEqual([0, 0, 0, 0]);
    expect(initializer('keras-default').biasVariance(3, 4)).toBe(0);
  });
});
