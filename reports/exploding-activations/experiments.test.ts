import { describe, expect, it } from 'vitest';
import { select } from '../measurements.ts';
import { growthConditions } from './conditions.ts';
import { type GrowthCondition, measureGrowth } from './growth.ts';
import { trainNormalised } from './training.ts';

const context = { signal: new AbortController().signal, onProgress: () => {} };
const plain: GrowthCondition = {
  study: 'scale',
  activation: 'relu',
  normalization: 'none',
  residual: false,
  weightVariance: 3,
  depth: 10,
  width: 64,
  samples: 32,
};

describe('measureGrowth', () => {
  it('multiplies signals by σ_w²/2 a layer, and gradients by π/(π − 1) under batch norm', () => {
    const [free] = measureGrowth(plain, 1);
    // ln growth over nine layers of 64 units strays by √(5/64/9) = 0.09; four of them.
    expect(Math.abs(Math.log(Number(free.forward) / 1.5))).toBeLessThan(0.37);
    const [normed] = measureGrowth({ ...plain, normalization: 'batch' }, 1);
    expect(normed.expectedBackward).toBeCloseTo(Math.PI / (Math.PI - 1), 10);
    expect(Number(normed.backward)).toBeGreaterThan(1.2);
  });

  it('draws other networks for another seed, and says what theory expects of each layer', () => {
    const [first, second] = [1, 2].map((seed) => measureGrowth(plain, seed));
    expect(first[0].forward).not.toBe(second[0].forward);
    const layers = select(first, { kind: 'layer' });
    expect(layers).toHaveLength(10);
    layers.forEach(({ expectedForward }, i) => expect(expectedForward).toBeCloseTo(1.5 ** i, 9));
  });

  it('has null where signals overflow', () => {
    const [row] = measureGrowth({ ...plain, weightVariance: 1e12 }, 1);
    expect(row.forward).toBeNull();
  });
});

describe('growthConditions', () => {
  it('has the scales that claims are about, whatever is asked for', () => {
    const varied = { weightVariances: [1], depth: 10, blocks: 4, width: 8, samples: 8, batches: [4, 8], wider: 2 };
    const scales = growthConditions(varied).filter(({ study }) => study === 'scale');
    expect(scales.map(({ weightVariance }) => weightVariance)).toEqual([1, 2, 3]);
  });
});

describe('trainNormalised', () => {
  const how = {
    ...{ depth: 12, width: 16, trainingDigits: 200, testDigits: 50, epochs: 1, batchSize: 20, momentum: 0.9 },
    ...{ weightVariance: 100, learningRate: 0.01 },
  };

  it('counts a run whose activations exploded as a guess, and keeps a normalised one', async () => {
    const [exploded] = await trainNormalised({ ...how, normalization: 'none' }, 1, context);
    expect(exploded).toMatchObject({ status: 'diverged', accuracy: 0.1 });
    const [normed] = await trainNormalised({ ...how, normalization: 'layer' }, 1, context);
    expect(normed).toMatchObject({ status: 'completed' });
  });
});
