import { forward, maxout } from '@relu-lab/core';
import { seluMap } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { networkOf, parametersOf, reference, variants, widthOfEqualParameters } from './contestants.ts';
import { measureContraction } from './contraction.ts';
import { measureElu } from './elu-by-numbers.ts';
import { flatnessOf, idleShare, outputsOf, trainOnDigits } from './on-digits.ts';
import { trainOnToySet } from './on-toy-sets.ts';
import { followSignals, signalConditions } from './self-normalising.ts';
import { watchSilentUnits } from './silent-units.ts';
import { convexCurve, followCurves, oneUnit, randomWaves, twoUnits } from './two-maxout-units.ts';

const context = { signal: new AbortController().signal, onProgress: () => {} };
const maxoutAt = (equalParameters: boolean) => {
  const found = variants.find(
    (variant) => variant.activation === 'maxout' && !!variant.equalParameters === equalParameters,
  );
  if (!found) throw new Error('There is no maxout');
  return found;
};

describe('contestants', () => {
  const shape = { inputs: 784, hiddenLayers: 4, width: 128, outputs: 10 };

  it('have the parameters that the formula says', () => {
    expect(networkOf(reference, shape, 1).parameterCount).toBe(parametersOf(shape, 1));
    expect(networkOf(maxoutAt(false), shape, 1).parameterCount).toBe(parametersOf(shape, 2));
  });

  it('are as wide as equal parameters allow, and no wider', () => {
    const width = widthOfEqualParameters(shape);
    expect(networkOf(maxoutAt(true), shape, 1).parameterCount).toBeLessThanOrEqual(parametersOf(shape, 1));
    expect(parametersOf({ ...shape, width: width + 1 }, 2)).toBeGreaterThan(parametersOf(shape, 1));
  });
});

describe('trainOnDigits', () => {
  const condition = {
    hiddenLayers: 2,
    width: 24,
    trainingDigits: 1_000,
    testDigits: 200,
    epochs: 3,
    batchSize: 25,
    learningRate: 0.02,
    momentum: 0.9,
  };

  it('gives a run and both moments of each layer, the same for the same seed', async () => {
    const contestant = { name: 'prelu', activation: 'prelu' } as const;
    const rows = await trainOnDigits({ ...condition, contestant }, 3, context);
    expect(rows.map(({ kind, moment, layer }) => [kind, moment, layer])).toEqual([
      ['run', undefined, undefined],
      ...['start', 'end'].flatMap((moment) => [1, 2].map((layer) => ['layer', moment, layer])),
    ]);
    expect(rows[0].accuracy).toBeGreaterThan(0.6);
    expect(rows[1].slope).toBeCloseTo(0.25, 6);
    expect(rows[3].slope).not.toBeCloseTo(0.25, 4);
    expect(await trainOnDigits({ ...condition, contestant }, 3, context)).toEqual(rows);
  });

  it('says that a run diverged, and nothing of its end', async () => {
    const rows = await trainOnDigits({ ...condition, contestant: reference, learningRate: 1e30 }, 3, context);
    expect(rows[0]).toMatchObject({ status: 'diverged', accuracy: null });
    expect(rows.some(({ moment }) => moment === 'end')).toBe(false);
  });

  it('makes leaky ReLU of slope 0 the very same as ReLU', async () => {
    const leaky = { name: 'slope 0', activation: 'leaky-relu', alpha: 0 } as const;
    const [[own], [relu]] = await Promise.all(
      [leaky, reference].map((contestant) => trainOnDigits({ ...condition, contestant }, 5, context)),
    );
    expect(own.accuracy).toBe(relu.accuracy);
  });
});

describe('what is read off a layer', () => {
  it('is the mean, the variance, and how far units are from 0', () => {
    // Two units, three samples: unit 1 has 1, 2, 3, unit 2 has −1, −1, −4.
    const { mean, variance, unitMean, relativeMean } = outputsOf([1, -1, 2, -1, 3, -4], 2);
    expect([mean, unitMean]).toEqual([0, 2]);
    expect(variance).toBeCloseTo(32 / 6, 12);
    expect(relativeMean).toBeCloseTo(2 / Math.sqrt(32 / 6), 12);
  });

  it('is the share of pieces that never win, and of outputs that have lost their gradient', () => {
    // One unit of three pieces: the first wins, then the third.
    expect(idleShare([3, 1, 2, 0, 1, 2], 1, 3)).toBeCloseTo(1 / 3, 12);
    expect(forward(maxout({ pieces: 3 }), Float32Array.of(3, 1, 2, 0, 1, 2))).toEqual(Float32Array.of(3, 2));
    // Two units, three samples: the second is flat on all of them.
    expect(flatnessOf([-1, -1, -0.5, -1, 2, -1], 2)).toEqual({ flat: 0.8, flatUnits: 0.5 });
  });
});

describe('watchSilentUnits', () => {
  const condition = { width: 32, digits: 200, epochs: 8, batchSize: 20, learningRate: 0.1, depth: 0.5 };
  const last = async (alpha: number) => (await watchSilentUnits({ ...condition, alpha }, 1, context)).at(-1)?.silent;

  it('starts with all of them silent, and passes the share α of the gradient', async () => {
    const rows = await watchSilentUnits({ ...condition, alpha: 0.1 }, 1, context);
    expect(rows[0]).toMatchObject({ kind: 'silent', epoch: 0, silent: 1 });
    expect(rows.filter(({ kind }) => kind === 'silent')).toHaveLength(9);
    expect(Number(rows.find(({ kind }) => kind === 'passed')?.passed)).toBeCloseTo(0.1, 6);
  });

  it('brings none back without a slope, and most with a large one', async () => {
    expect(await last(0)).toBe(1);
    expect(await last(0.5)).toBeLessThan(0.5);
  });
});

describe('measureElu', () => {
  const rows = measureElu();

  it('finds the slope to jump by |1 − α|, and the curvature by α', () => {
    for (const { alpha, slopeJump, curvatureJump } of rows.filter(({ kind }) => kind === 'smoothness')) {
      expect(Number(slopeJump)).toBeCloseTo(Math.abs(1 - Number(alpha)), 4);
      expect(Number(curvatureJump)).toBeCloseTo(Number(alpha), 1);
    }
  });

  it('finds an output of −1 and no gradient near −17 in float32', () => {
    const [float32] = rows.filter(({ kind }) => kind === 'float32');
    expect(float32.least).toBe(-1);
    expect(Number(float32.leastDerivativeAbove)).toBeGreaterThan(0);
    expect(float32.derivativeBelow).toBe(0);
    // 2⁻²⁵ and 2⁻²⁴ as powers of e.
    expect(Number(float32.derivativeEndsAt)).toBeGreaterThan(-17.33);
    expect(Number(float32.derivativeEndsAt)).toBeLessThan(-16.63);
  });
});

describe('SELU', () => {
  it('has the mean and variance behind a layer that theory’s map has', async () => {
    const sum = { mean: 0, variance: 0 };
    const seeds = [1, 2, 3, 4];
    for (const seed of seeds) {
      const rows = await followSignals({ ...signalConditions[0], depth: 8, width: 256, digits: 200 }, seed);
      expect(rows.map(({ layer }) => layer)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      sum.mean += Number(rows[8].mean) / seeds.length;
      sum.variance += Number(rows[8].variance) / seeds.length;
    }
    expect(Math.abs(sum.mean)).toBeLessThan(0.05);
    expect(Math.abs(sum.variance - 1)).toBeLessThan(0.15);
  });

  it('has pixels as they are asked for', async () => {
    const [, small, large] = signalConditions;
    const ofInput = async (condition: (typeof signalConditions)[number]) =>
      (await followSignals({ ...condition, depth: 1, width: 8, digits: 100 }, 1))[0];
    expect(Number((await ofInput(small)).mean)).toBeCloseTo(0.13, 1);
    expect(Number((await ofInput(large)).mean) / Number((await ofInput(small)).mean)).toBeCloseTo(255, 3);
  });

  it('forgets a difference of variances at the rate of theory’s Jacobian', () => {
    const rows = measureContraction({ depth: 4, width: 512, samples: 128 }, 2);
    const rate = (Number(rows[4].difference) / Number(rows[0].difference)) ** (1 / 4);
    expect(Math.abs(rate / seluMap().jacobian[1][1] - 1)).toBeLessThan(0.03);
  });
});

describe('maxout units set by hand', () => {
  it('meet a convex curve, and the difference of two any curve, at the knots', () => {
    const [convex, waves] = [convexCurve(1), randomWaves(1)];
    const knots = Float64Array.from({ length: 9 }, (_, i) => -1 + i / 4);
    const [one, two] = [oneUnit(convex, 8).forward(knots), twoUnits(waves, 8).forward(knots)];
    knots.forEach((x, i) => {
      expect(one[i]).toBeCloseTo(convex(x), 9);
      expect(two[i]).toBeCloseTo(waves(x), 9);
    });
  });

  it('lie above a convex curve between them', () => {
    const convex = convexCurve(2);
    const between = Float64Array.from({ length: 8 }, (_, i) => -0.9 + i / 4);
    oneUnit(convex, 8)
      .forward(between)
      .forEach((y, i) => {
        expect(y).toBeGreaterThan(convex(between[i]));
      });
  });

  it('come four times as close with twice as many pieces', () => {
    for (const units of [1, 2]) {
      const [coarse, fine] = followCurves({ pieces: [64, 128] }, 3).filter((row) => row.units === units);
      expect(Number(coarse.error) / Number(fine.error)).toBeCloseTo(4, 0);
    }
  });
});

describe('trainOnToySet', () => {
  it('learns two moons', async () => {
    const condition = { set: 'moons', hiddenLayers: 2, width: 8, samples: 200, testSamples: 500, epochs: 20 } as const;
    const [row] = await trainOnToySet({ ...condition, contestant: reference }, 1, context);
    expect(row).toMatchObject({ kind: 'toy', set: 'moons', contestant: 'relu', status: 'completed' });
    expect(row.accuracy).toBeGreaterThan(0.85);
  });
});
