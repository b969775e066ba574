import {
  type Dataset,
  activation,
  activationNames,
  initializer,
  normalCumulative,
  random,
  relu,
  selu,
} from '@relu-lab/core';
import {
  Network,
  activate,
  alphaDropout,
  crossEntropy,
  dense,
  dropout,
  evaluate,
  meanSquaredError,
  mlp,
  sgd,
  train,
} from '@relu-lab/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadUnits } from '../dead-units.ts';
import { constantAnswer } from './constant-answer.ts';
import { foldConsequences } from './consequences.ts';
import { meanCosine, meanLikeness } from './cosine.ts';
import { featureMoments } from './feature-moments.ts';
import type { Patient } from './patient.ts';
import { trainShortly } from './short-training.ts';
import { alphaDropoutInstead } from './treatments/alpha-dropout.ts';
import { leakyInstead, reluInstead } from './treatments/change-activation.ts';
import { layerNormBeforeActivations } from './treatments/normalise.ts';
import { standardiseInputs } from './treatments/standardise.ts';
import { looksUntrained } from './untrained.ts';
import { takeVitals } from './vitals.ts';

function noise(rows = 120, features = 6): Dataset {
  const inputs = new Float32Array(rows * features);
  random(5).stream('x').fillNormal(inputs, 0.3, 2);
  const targets = Int32Array.from({ length: rows }, (_, i) => (inputs[i * features] > 0 ? 1 : 0));
  return { name: 'noise', rows, features, classes: 2, inputs, targets };
}

const data = noise();
const patientOf = (network: Network, own: Dataset = data): Patient => ({
  network,
  data: own,
  loss: crossEntropy(),
  optimizer: sgd({ learningRate: 0.1 }),
});

const matrix = fc
  .record({ rows: fc.integer({ min: 2, max: 6 }), width: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, width }) =>
    fc
      .array(
        fc.double({ min: -3, max: 3, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 1 : x)),
        {
          minLength: rows * width,
          maxLength: rows * width,
        },
      )
      .map((values) => ({ rows, width, values })),
  );

const dot = (values: readonly number[], a: number, b: number, width: number): number => {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += values[a * width + i] * values[b * width + i];
  return sum;
};

describe('similarity of samples', () => {
  it('is the mean over all pairs, one by one', () => {
    fc.assert(
      fc.property(matrix, ({ rows, width, values }) => {
        let cosines = 0;
        let products = 0;
        let squares = 0;
        for (let a = 0; a < rows; a++) {
          squares += dot(values, a, a, width);
          for (let b = 0; b < rows; b++) {
            if (a === b) continue;
            const product = dot(values, a, b, width);
            products += product;
            cosines += product / Math.sqrt(dot(values, a, a, width) * dot(values, b, b, width));
          }
        }
        const pairs = rows * (rows - 1);
        expect(meanCosine(values, width)).toBeCloseTo(cosines / pairs, 10);
        expect(meanLikeness(values, width)).toBeCloseTo(products / pairs / (squares / rows), 10);
      }),
    );
  });

  it('does not exist for one sample, and leaves out rows of zeros', () => {
    expect(meanCosine([1, 2], 2)).toBeNaN();
    expect(meanLikeness([1, 2], 2)).toBeNaN();
    expect(meanCosine([1, 0, 0, 0, 0, 1], 2)).toBeCloseTo(0, 12);
  });
});

describe('vitals', () => {
  for (const name of activationNames) {
    it(`count the same dead units as deadUnits for ${name}`, () => {
      const network = mlp({ inputs: 6, hidden: [24, 24], outputs: 2, activation: activation(name), bias: -2, seed: 1 });
      const expected = deadUnits(network.clone(), data).layers.map(({ dead, hasZeroRegion }) => [dead, hasZeroRegion]);
      const { activations } = takeVitals(patientOf(network), 0);
      expect(activations.map(({ dead, hasZeroRegion }) => [dead, hasZeroRegion])).toEqual(expected);
    });
  }

  it('count always-on ReLU units as deadUnits does', () => {
    const network = mlp({ inputs: 6, hidden: [64], outputs: 2, activation: relu, bias: 6, seed: 1 });
    const [{ alwaysOn }] = deadUnits(network.clone(), data).layers;
    expect(alwaysOn.length).toBeGreaterThan(0);
    expect(takeVitals(patientOf(network), 0).activations[0].oneSided).toEqual(alwaysOn);
  });

  it('have the share of saturated tanh elements that the normal distribution says', () => {
    // tanh' = 1 − tanh² < 0.01 where |z| > artanh(√0.99) = 2.993; z is N(0, 9) with weights of that variance on unit inputs.
    const inputs = new Float32Array(2000);
    random(9).stream('z').fillNormal(inputs, 0, 3);
    const own: Dataset = { name: 'z', rows: 2000, features: 1, classes: 2, inputs, targets: new Int32Array(2000) };
    const layers = [
      dense({ units: 1, weights: initializer('constant', { value: 1 }) }),
      activate(activation('tanh')),
      dense({ units: 2 }),
    ];
    const network = new Network({ inputs: 1, layers });
    const [{ saturatedShare }] = takeVitals(patientOf(network, own), 0).activations;
    const expected = 2 * normalCumulative(-Math.atanh(Math.sqrt(0.99)) / 3);
    // Four standard errors, and 0.01 for the grid on which the tail is found.
    expect(Math.abs((saturatedShare ?? NaN) - expected)).toBeLessThan(4 * Math.sqrt(0.25 / 2000) + 0.002);
  });

  it('have no saturation where an activation shuts off half of the line, or rises without end', () => {
    for (const name of ['relu', 'leaky-relu', 'identity', 'abs'] as const) {
      const network = mlp({ inputs: 6, hidden: [8], outputs: 2, activation: activation(name) });
      expect(takeVitals(patientOf(network), 0).activations[0].saturatedShare).toBeNull();
    }
  });

  it('find copies: units alike in weights and gradient, but not those that their readers part', () => {
    const constant = initializer('constant', { value: 0.2 });
    const make = (second: typeof constant): Network =>
      new Network({
        inputs: 6,
        layers: [dense({ units: 10, weights: constant }), activate(relu), dense({ units: 2, weights: second })],
      });
    const copies = (network: Network): number => takeVitals(patientOf(network), 0).weights[0].copies;
    expect(copies(make(constant))).toBe(1);
    expect(copies(make(initializer('he-normal')))).toBe(0);
    expect(copies(mlp({ inputs: 6, hidden: [10], outputs: 2, activation: relu }))).toBe(0);
  });
});

describe('a short training', () => {
  it('of one batch of all rows is a step of train()', async () => {
    const network = mlp({ inputs: 6, hidden: [16], outputs: 2, activation: relu, seed: 3 });
    const options = { steps: 3, batchSize: data.rows, seed: 1 };
    const short = trainShortly(patientOf(network), options);
    const optimizer = sgd({ learningRate: 0.1 });
    const before = evaluate(network, data, crossEntropy()).loss;
    await train(network, { data, loss: crossEntropy(), optimizer, epochs: 3, batchSize: data.rows });
    expect(short?.start).toBeCloseTo(before, 6);
    expect(short?.end).toBeCloseTo(evaluate(network, data, crossEntropy()).loss, 5);
  });

  it('that diverges ends with NaN and without vitals', () => {
    const network = mlp({ inputs: 6, hidden: [16], outputs: 1, activation: relu, seed: 3 });
    const own: Dataset = {
      name: 'v',
      rows: 120,
      features: 6,
      inputs: data.inputs,
      targets: new Float32Array(120).fill(1),
    };
    const patient = { ...patientOf(network, own), loss: meanSquaredError(), optimizer: sgd({ learningRate: 1e6 }) };
    expect(trainShortly(patient, { steps: 30, batchSize: 32, seed: 1 })).toMatchObject({ end: NaN, vitals: null });
  });
});

describe('the best constant answer', () => {
  it('has the entropy of the labels, and the variance of values', () => {
    const classes: Dataset = { ...data, rows: 4, inputs: data.inputs.slice(0, 24), targets: Int32Array.of(0, 0, 0, 1) };
    expect(constantAnswer(classes, crossEntropy())).toBeCloseTo(0.75 * Math.log(4 / 3) + 0.25 * Math.log(4), 12);
    const values = { ...classes, targets: Float32Array.of(1, 10, 3, 10, 5, 10, 7, 10) };
    expect(constantAnswer(values, meanSquaredError())).toBeCloseTo(5 / 2, 12);
  });
});

describe('treatments', () => {
  const treated = (network: Network, { treatment }: typeof leakyInstead): Patient => {
    const found = treatment?.(patientOf(network));
    if (!found) throw new Error('nothing was changed');
    return found;
  };

  it('leaky ReLU for ReLU keeps all parameters', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 2, activation: relu, seed: 2 });
    const after = treated(network, leakyInstead).network;
    expect(after.snapshot()).toEqual(network.snapshot());
    expect(after.layers.flatMap((layer) => layer.activation?.name ?? [])).toEqual(['leaky-relu', 'leaky-relu']);
  });

  it('ReLU for sigmoid comes with He’s variance', () => {
    const network = mlp({ inputs: 6, hidden: [200, 200], outputs: 2, activation: activation('sigmoid'), seed: 2 });
    const after = treated(network, reluInstead).network;
    const weights = after.parameterValues('dense2.weight');
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
    // 40 000 weights: four standard errors of a variance.
    expect(Math.abs(200 * variance - 2)).toBeLessThan(4 * 2 * Math.sqrt(2 / 40_000));
  });

  it('layer norm leaves every activation rows of mean 0 and variance 1', () => {
    const after = treated(
      mlp({ inputs: 6, hidden: [32, 32], outputs: 2, activation: relu }),
      layerNormBeforeActivations,
    );
    after.network.forward(data.inputs);
    for (const name of ['relu1', 'relu2']) {
      const row = Array.from(after.network.preActivation(name).subarray(0, 32));
      const mean = row.reduce((sum, z) => sum + z, 0) / 32;
      expect(mean).toBeCloseTo(0, 5);
      expect(row.reduce((sum, z) => sum + (z - mean) ** 2, 0) / 32).toBeCloseTo(1, 3);
    }
  });

  it('alpha dropout comes with the rate that dropout had', () => {
    const make = (noisy: typeof dropout): Network =>
      new Network({
        inputs: 6,
        layers: [dense({ units: 40 }), activate(selu), noisy({ rate: 0.3, name: 'noise' }), dense({ units: 2 })],
        seed: 4,
      });
    const after = treated(make(dropout), alphaDropoutInstead(['noise'])).network;
    const expected = make(alphaDropout).forward(data.inputs, { mode: 'training' });
    const found = after.forward(data.inputs, { mode: 'training' });
    found.forEach((y, i) => expect(y).toBeCloseTo(expected[i], 4));
  });

  it('standardised inputs have mean 0 and deviation 1, and constant features are 0', () => {
    const inputs = data.inputs.map((x, i) => (i % 6 === 2 ? 7 : x));
    const after = standardiseInputs.treatment?.(
      patientOf(mlp({ inputs: 6, hidden: [], outputs: 2, activation: relu }), { ...data, inputs }),
    );
    const { mean, deviation } = featureMoments(after?.data.inputs ?? [], 6);
    mean.forEach((m) => expect(m).toBeCloseTo(0, 5));
    deviation.forEach((d, feature) => expect(d).toBeCloseTo(feature === 2 ? 0 : 1, 5));
  });
});

describe('looksUntrained', () => {
  const make = (weights = initializer('he-normal')): Network =>
    mlp({ inputs: 6, hidden: [16, 16], outputs: 2, activation: relu, weights, normalization: 'batch', seed: 6 });

  it('tells a network before its first step from one after it', async () => {
    for (const weights of [initializer('he-normal'), initializer('pytorch-default')]) {
      const network = make(weights);
      const initial = network.snapshot();
      expect(looksUntrained(network, null)).toBe(true);
      expect(looksUntrained(network, initial)).toBe(true);
      await train(network, { data, loss: crossEntropy(), optimizer: sgd({ learningRate: 0.5 }), epochs: 3 });
      expect(looksUntrained(network, null)).toBe(false);
      expect(looksUntrained(network, initial)).toBe(false);
    }
  });
});

describe('foldConsequences', () => {
  it('leaves what stands for itself, and keeps what follows with it', () => {
    const found = [{ illness: 'dead-layer' }, { illness: 'constant-output' }, { illness: 'one-class' }] as const;
    expect(foldConsequences(found)).toEqual([
      { illness: 'dead-layer', consequences: ['constant-output'] },
      { illness: 'one-class', consequences: [] },
    ]);
  });

  it('lets the first of two that explain each other stand', () => {
    const found = [
      { illness: 'saturation' },
      { illness: 'exploding-gradient' },
      { illness: 'exploding-activations' },
    ] as const;
    expect(foldConsequences(found).map(({ illness }) => illness)).toEqual(['saturation']);
  });
});
