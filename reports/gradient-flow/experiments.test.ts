import { initializer } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { select } from '../measurements.ts';
import { measureStart } from './at-the-start.ts';
import { drawn } from './deep-network.ts';
import { trainDeep } from './training.ts';

const context = { signal: new AbortController().signal, onProgress: () => {} };
const net = { activation: 'relu', depth: 12, width: 48 } as const;

describe('drawn', () => {
  it('draws the same weights for all activations and rules, up to the scale of the rule', () => {
    const weights = (rule: 'he-normal' | 'lecun-normal', activation: 'relu' | 'tanh') =>
      drawn({ ...net, activation, initializer: rule }, 1).parameterValues('dense2.weight');
    const [he, lecun] = [weights('he-normal', 'relu'), weights('lecun-normal', 'tanh')];
    const scale = Math.sqrt(initializer('he-normal').variance(48, 48) / initializer('lecun-normal').variance(48, 48));
    he.forEach((weight, i) => expect(weight).toBeCloseTo(scale * lecun[i], 6));
  });
});

describe('measureStart', () => {
  it('finds half of the squared gradient gone with each ReLU layer under Xavier', async () => {
    const rows = await measureStart({ ...net, initializer: 'xavier-normal', gradientDigits: 64 }, 1);
    const [flow] = select(rows, { kind: 'flow' });
    // ln growth over ten hops of 48 units strays by √(5/48/10) = 0.10 about ln ½; four of them.
    expect(Math.abs(Math.log(2 * Number(flow.growth)))).toBeLessThan(0.4);
    const layers = select(rows, { kind: 'layer' });
    expect(layers).toHaveLength(11);
    expect(layers[10].size).toBe(1);
    expect(layers[0].size).toBeCloseTo(Number(flow.change), 12);
    expect(Number(flow.change)).toBeCloseTo(Number(flow.growth) ** 5, 6);
    // ln of the mean square strays as that of gradients does.
    expect(Math.abs(Math.log(2 * Number(flow.signalGrowth)))).toBeLessThan(0.4);
    expect(layers[0].signal).toBe(1);
    expect(Number(layers[10].signal)).toBeCloseTo(Number(flow.signalGrowth) ** 10, 9);
    expect(Number(flow.expectedChange)).toBeCloseTo(Number(flow.expectedGrowth) ** 5, 6);
  });
});

describe('trainDeep', () => {
  const how = { trainingDigits: 300, testDigits: 100, epochs: 1, batchSize: 30, momentum: 0.9, width: 16, depth: 3 };

  it('looks at the saturation of each hidden layer where it is asked to', async () => {
    const rows = await trainDeep(
      { ...how, activation: 'tanh', initializer: 'xavier-normal', learningRate: 0.01, saturation: true },
      1,
      context,
    );
    expect(select(rows, { kind: 'saturation' }).map(({ layer }) => layer)).toEqual([1, 2]);
    expect(select(rows, { kind: 'run' })).toHaveLength(1);
  });

  it('counts a run that diverged as a guess', async () => {
    const rows = await trainDeep(
      { ...how, activation: 'relu', initializer: 'he-normal', learningRate: 1e9, saturation: true },
      1,
      context,
    );
    expect(rows).toMatchObject([{ kind: 'run', status: 'diverged', trainingLoss: null, accuracy: 0.1 }]);
  });
});
