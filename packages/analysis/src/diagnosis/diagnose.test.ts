import { DataError, type Dataset, ParameterError, ShapeError, activation, initializer, random } from '@relu-lab/core';
import { Network, activate, adam, crossEntropy, dense, dropout, meanSquaredError, mlp, sgd, train } from '@relu-lab/nn';
import { batchNormGrowth, finiteWidth } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { type Diagnosis, type Finding, type Illness, deadUnits, diagnose, sparsity } from '../index.ts';

const relu = activation('relu');

function noise(rows = 200, features = 8): Dataset {
  const inputs = new Float32Array(rows * features);
  random(11).stream('x').fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, (_, i) => (inputs[i * features] > 0 ? 1 : 0));
  return { name: 'noise', rows, features, classes: 2, inputs, targets };
}

const data = noise();
const deep = (count: number, more: object = {}): Network =>
  mlp({ inputs: 8, hidden: new Array<number>(count).fill(64), outputs: 2, activation: relu, seed: 1, ...more });
const finding = ({ findings }: Diagnosis, illness: Illness): Finding => {
  const found = findings.find((one) => one.illness === illness);
  if (!found) throw new Error(`${illness} is not among ${findings.map((one) => one.illness).join()}`);
  return found;
};

describe('diagnose', () => {
  it('leaves parameters, statistics and noise of the network as they were', async () => {
    const make = (): Network => {
      const layers = [dense({ units: 16 }), activate(relu), dropout({ rate: 0.4 }), dense({ units: 2 })];
      return new Network({ inputs: 8, layers, seed: 2 });
    };
    const looked = make();
    const before = looked.snapshot();
    diagnose(looked, data, { optimizer: sgd({ learningRate: 100 }), steps: 10 });
    expect(looked.snapshot()).toEqual(before);
    const untouched = make();
    const passes = [looked, untouched].map((network) => Array.from(network.forward(data.inputs, { mode: 'training' })));
    expect(passes[0]).toEqual(passes[1]);
  });

  it('gives the same result for the same seed, and plain data', () => {
    const network = deep(12, { weights: initializer('xavier-normal') });
    const first = diagnose(network, data, { steps: 5 });
    expect(diagnose(network, data, { steps: 5 })).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(first.kind).toBe('diagnosis');
  });

  it('looks at no more rows than `samples`, and says how many', () => {
    expect(diagnose(deep(2), data, { samples: 50, steps: 0 }).samples).toBe(50);
    expect(diagnose(deep(2), data, { steps: 0 }).samples).toBe(200);
  });

  it('makes no trials with 0 steps', () => {
    const { findings } = diagnose(deep(2, { bias: -8 }), data, { steps: 0 });
    expect(findings.map(({ trial }) => trial)).toEqual([null]);
  });
});

describe('its evidence', () => {
  it('holds a layer with too many dead units against fresh units on the samples as they are, in the plane too', () => {
    const plane = noise(200, 2);
    const [width, seeds] = [64, 40];
    const make = (seed: number): Network =>
      mlp({ inputs: 2, hidden: [width, width], outputs: 2, activation: relu, weights: initializer('he-normal'), seed });
    const dead = Array.from({ length: seeds }, (_, seed) => deadUnits(make(seed), plane).layers[1].dead.length);
    const fresh = dead.reduce((sum, count) => sum + count, 0) / (seeds * width);
    // Theory with one correlation for all pairs expects 0.1 %.
    expect(fresh).toBeGreaterThan(0.04);
    const ill = make(0);
    const biases = Float32Array.from({ length: width }, (_, unit) => (unit < 0.8 * width ? -100 : 0));
    ill.setParameter('dense2.bias', biases);
    const [share] = finding(diagnose(ill, plane, { steps: 0 }), 'dead-units').evidence;
    // Four standard errors of 200 drawn units, and as much again for one network's first layer.
    const error = 8 * Math.sqrt((fresh * (1 - fresh)) / 200);
    expect(Math.abs((share.predicted ?? NaN) - fresh)).toBeLessThan(error);
    expect(share.predicted).toBeGreaterThan(0.01);
  });

  it('has the gradient that theory predicts for Xavier on ReLU, 2⁻¹⁹, within what finite width allows', () => {
    const { evidence } = finding(
      diagnose(deep(20, { weights: initializer('xavier-normal') }), data, { steps: 0 }),
      'vanishing-gradient',
    );
    const [ratio] = evidence;
    // The weights that were drawn have a variance within 3 % of what was aimed at (4096 of them a layer).
    expect(Math.abs(Math.log2(ratio.predicted ?? NaN) + 19)).toBeLessThan(1);
    const { quantile } = finiteWidth({ widths: new Array<number>(20).fill(64) });
    const relative = (ratio.measured ?? NaN) / (ratio.predicted ?? NaN);
    expect(relative).toBeGreaterThan(quantile(0.0001));
    expect(relative).toBeLessThan(quantile(0.9999));
  });

  it('holds a signal that dies out against its length map, iterated by hand', () => {
    const gelu = activation('gelu');
    const weights = initializer('he-normal');
    const hidden = new Array<number>(22).fill(256);
    const network = mlp({ inputs: 8, hidden, outputs: 2, activation: gelu, weights, seed: 3 });
    const { evidence, remedy, trial } = finding(diagnose(network, data, { steps: 5 }), 'vanishing-activations');
    const [typical, , , depth] = evidence;
    // q ← 2 E[gelu(√q z)²] by the trapezoid rule on z from −8 to 8.
    let q = 2;
    for (let layer = 2; layer <= 22; layer++) {
      let sum = 0;
      for (let z = -8; z <= 8; z += 0.01) sum += 0.01 * gelu.value(Math.sqrt(q) * z) ** 2 * Math.exp((-z * z) / 2);
      q = (2 * sum) / Math.sqrt(2 * Math.PI);
    }
    // The weights that were drawn have a variance within 3 % of 2, and 22 layers of them carry that on.
    expect(Math.abs(Math.log((typical.predicted ?? NaN) / q))).toBeLessThan(1);
    expect(typical.measured).toBeLessThan(Math.exp(-3));
    expect(depth.measured).toBe(22);
    // χ₁ = σ_w² φ'(0)² = 1/2 where the signal has died out.
    expect(Math.abs((depth.healthy?.[1] ?? NaN) - 6 / Math.LN2)).toBeLessThan(0.2);
    expect(remedy.change).toBe('normalisation');
    expect(trial?.symptom?.cured).toBe(true);
  });

  it('has batch norm’s π/(π − 1) a layer', () => {
    const { evidence } = finding(
      diagnose(deep(30, { normalization: 'batch' }), noise(512), { steps: 0 }),
      'exploding-gradient',
    );
    const [, perLayer] = evidence;
    expect(perLayer.predicted).toBeCloseTo(Math.PI / (Math.PI - 1), 10);
    expect(batchNormGrowth(relu)).toBeCloseTo(Math.PI / (Math.PI - 1), 10);
    expect(Math.abs((perLayer.measured ?? NaN) - Math.PI / (Math.PI - 1))).toBeLessThan(0.1);
  });

  it('tells units that were born dead from those that died', () => {
    const network = deep(2);
    network.setParameter(
      'dense1.bias',
      Float32Array.from({ length: 64 }, (_, i) => (i < 10 ? -100 : 0)),
    );
    const initial = network.snapshot();
    network.setParameter(
      'dense1.bias',
      Float32Array.from({ length: 64 }, (_, i) => (i < 50 ? -100 : 0.01 * i)),
    );
    const diagnosis = diagnose(network, data, { initial, steps: 0 });
    const { evidence } = finding(diagnosis, 'dead-units');
    const measured = (part: string): number | null | undefined =>
      evidence.find(({ what }) => what.includes(part))?.measured;
    expect(measured('born dead')).toBe(10);
    expect(measured('died')).toBe(40);
    expect(diagnosis.untrained).toBe(false);
  });
});

describe('its trials', () => {
  it('cure Xavier on 20 ReLU layers with He, and the loss then falls', () => {
    const network = deep(20, { weights: initializer('xavier-normal') });
    const { remedy, trial } = finding(diagnose(network, data), 'vanishing-gradient');
    expect(remedy.change).toBe('initialisation');
    expect(remedy.what).toContain('he-normal');
    expect(trial?.symptom?.cured).toBe(true);
    expect(trial?.loss?.before).toBeGreaterThan(0.99 * Math.LN2);
    expect(trial?.loss?.after).toBeLessThan(0.9 * Math.LN2);
  });

  it('change the activation where no initialisation of it can help', () => {
    const network = deep(10, { activation: activation('sigmoid') });
    expect(finding(diagnose(network, data, { steps: 5 }), 'vanishing-gradient').remedy.change).toBe('activation');
  });

  it('bring back biases, and what was dead', () => {
    const { remedy, trial } = finding(diagnose(deep(2, { bias: -8 }), data, { steps: 5 }), 'dead-layer');
    expect(remedy.change).toBe('bias');
    expect(trial?.symptom).toMatchObject({ before: 2, after: 0, cured: true });
  });

  it('name a learning rate that does not diverge', () => {
    const optimizer = sgd({ learningRate: 1000 });
    const { remedy, trial } = finding(diagnose(deep(2), data, { optimizer }), 'learning-rate-too-large');
    expect(remedy.change).toBe('learning-rate');
    expect(trial?.loss?.after).toBeLessThan(Math.LN2);
  });
});

describe('what is no illness', () => {
  it('sparsity: units that fire on few samples, but fire', () => {
    const network = mlp({ inputs: 8, hidden: [256], outputs: 2, activation: relu, bias: -3, seed: 3 });
    const many = noise(512);
    expect(sparsity(network, many).layers[0].zeroFraction).toBeGreaterThan(0.97);
    expect(diagnose(network, many, { steps: 0 }).findings).toEqual([]);
  });

  it('large pre-activations where the activation goes on rising', () => {
    for (const name of ['gelu', 'softplus', 'silu', 'elu', 'leaky-relu'] as const) {
      const network = mlp({ inputs: 8, hidden: [64], outputs: 2, activation: activation(name), bias: 40, seed: 3 });
      const illnesses = diagnose(network, data, { steps: 0 }).findings.map(({ illness }) => illness);
      expect(illnesses).not.toContain('saturation');
    }
  });

  it('features that are always 0, or one that is always the same', () => {
    const network = mlp({ inputs: 8, hidden: [64], outputs: 2, activation: relu, seed: 3 });
    const zeros = data.inputs.map((x, i) => (i % 8 > 1 ? 0 : x));
    const constant = data.inputs.map((x, i) => (i % 8 === 7 ? 1 : x));
    for (const inputs of [zeros, constant]) {
      expect(diagnose(network, { ...data, inputs }, { steps: 0 }).findings).toEqual([]);
    }
  });

  it('growth that training has coped with', async () => {
    const network = mlp({
      inputs: 8,
      hidden: [64, 64, 64],
      outputs: 2,
      activation: activation('tanh'),
      weights: initializer('lecun-normal', { gain: 2.5 }),
    });
    const run = await train(network, {
      data,
      loss: crossEntropy(),
      optimizer: adam({ learningRate: 0.003 }),
      epochs: 30,
    });
    expect(run.history[29].loss).toBeLessThan(0.1);
    expect(diagnose(network, data, { steps: 0 }).findings).toEqual([]);
  });
});

describe('what it cannot treat', () => {
  it('is named with the layer and the reason', () => {
    const network = mlp({ inputs: 8, hidden: [16, 16], outputs: 2, activation: activation('maxout'), seed: 1 });
    const { skipped } = diagnose(network, data, { steps: 0 });
    expect(skipped).toContainEqual({
      check: 'dead-units',
      layer: 'maxout1',
      reason: 'a maxout unit always passes its slope to one piece: it neither dies nor saturates',
    });
    expect(skipped.filter(({ check }) => check === 'learning-rate-too-large')).toHaveLength(1);
  });

  it('is a data set of one sample, on which no unit can be called dead', () => {
    const { findings, skipped, samples, healthy } = diagnose(deep(6), noise(1), { steps: 2 });
    expect(samples).toBe(1);
    expect(findings).toEqual([]);
    expect(healthy).toBeNull();
    const sick = diagnose(deep(6, { weights: initializer('normal', { deviation: 0.001 }) }), noise(1), { steps: 0 });
    expect(sick.healthy).toBe(false);
    expect(new Set(skipped.map(({ check }) => check))).toEqual(
      new Set([
        'dead-layer',
        'dead-units',
        'linear-units',
        'saturation',
        'correlation-collapse',
        'constant-output',
        'inputs-not-standardised',
        'one-class',
        'class-imbalance',
        'learning-rate-too-large',
        'learning-rate-too-small',
      ]),
    );
  });

  it('is a network without an activation', () => {
    const network = new Network({ inputs: 8, layers: [dense({ units: 2 })] });
    const { findings, skipped } = diagnose(network, data, { steps: 2 });
    expect(findings).toEqual([]);
    expect(skipped.map(({ check }) => check)).toContain('vanishing-gradient');
  });
});

describe('bad input', () => {
  it('of another width is refused with both widths', () => {
    expect(() => diagnose(deep(2), noise(20, 5))).toThrow(ShapeError);
    expect(() => diagnose(deep(2), noise(20, 5))).toThrow(/5 features.*8 inputs/);
  });

  it('of targets that do not fit the outputs is refused, as by train', async () => {
    const { name, rows, features, inputs } = data;
    const values: Dataset = { name, rows, features, inputs, targets: new Float32Array(rows * 3) };
    const tooFew = mlp({ inputs: 8, hidden: [16, 16], outputs: 1, activation: relu });
    expect(() => diagnose(deep(2), values)).toThrow(ShapeError);
    expect(() => diagnose(deep(2), values)).toThrow(/3 target values a row; the network has 2 outputs/);
    expect(() => diagnose(tooFew, data)).toThrow(/2 classes; the network has 1 outputs/);
    const run = train(deep(2), { data: values, loss: meanSquaredError(), optimizer: adam(), epochs: 1 });
    await expect(run).rejects.toThrow(/3 target values a row; the network has 2 outputs/);
  });

  it('of unsound data, options and losses is refused', () => {
    const unsound = { ...data, inputs: data.inputs.map((x, i) => (i === 3 ? NaN : x)) };
    expect(() => diagnose(deep(2), unsound)).toThrow(DataError);
    expect(() => diagnose(deep(2), data, { sample: 3 } as object)).toThrow(/did you mean 'samples'/);
    expect(() => diagnose(deep(2), data, { samples: 0 })).toThrow(ParameterError);
    expect(() => diagnose(deep(2), data, { steps: -1 })).toThrow(
      /steps of diagnose must be a whole number of at least 0/,
    );
    expect(() => diagnose(deep(2), data, { loss: meanSquaredError() })).toThrow(ParameterError);
    expect(() => diagnose(deep(2), data, { initial: deep(3).snapshot() })).toThrow(ShapeError);
  });
});
