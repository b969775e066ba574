import {
  type Dataset,
  DataError,
  ParameterError,
  ShapeError,
  defineActivation,
  elu,
  random,
  relu,
  tanh,
} from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import {
  Network,
  type Probe,
  type StepView,
  activate,
  adam,
  clipNorm,
  clipValue,
  cosine,
  crossEntropy,
  dense,
  dropout,
  evaluate,
  meanSquaredError,
  mlp,
  sgd,
  stepDecay,
  train,
  warmup,
} from './index.ts';

/** Two Gaussian clouds, class 0 around (−1, −1) and class 1 around (1, 1). */
function clouds(rows: number): Dataset {
  const stream = random(3).stream('clouds');
  const targets = Int32Array.from({ length: rows }, (_, r) => r % 2);
  const inputs = Float32Array.from({ length: rows * 2 }, (_, i) => stream.normal(targets[i >> 1] ? 1 : -1, 0.5));
  return { name: 'clouds', rows, features: 2, classes: 2, inputs, targets };
}

function small(seed = 1, hidden: readonly number[] = [8]): Network {
  return mlp({ inputs: 2, hidden, outputs: 2, activation: relu, seed });
}

const common = { loss: crossEntropy(), optimizer: sgd({ learningRate: 0.1 }), epochs: 3, batchSize: 16 };

describe('train', () => {
  it('learns to tell two clouds apart', async () => {
    const network = small();
    const run = await train(network, { ...common, epochs: 10, data: clouds(200), validation: clouds(100) });
    expect(run.status).toBe('completed');
    expect(run.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(run.steps).toBe(10 * Math.ceil(200 / 16));
    // The centres are 2.8 deviations from the best line: it errs on 0.2 % of samples.
    expect(run.history[9].validation?.accuracy).toBeGreaterThan(0.97);
    expect(run.history[9].loss).toBeLessThan(run.history[0].loss);
  });

  it('learns a sine with mean squared error', async () => {
    const rows = 128;
    const inputs = Float32Array.from({ length: rows }, (_, i) => (6 * i) / rows - 3);
    const data = { name: 'sine', rows, features: 1, inputs, targets: inputs.map(Math.sin) };
    const network = mlp({ inputs: 1, hidden: [32, 32], outputs: 1, activation: tanh, seed: 2 });
    const before = evaluate(network, data, meanSquaredError());
    const optimizer = adam({ learningRate: 0.01 });
    const run = await train(network, { data, loss: meanSquaredError(), optimizer, epochs: 60 });
    expect(run.status).toBe('completed');
    const after = evaluate(network, data, meanSquaredError());
    expect(after.accuracy).toBeNull();
    expect(after.loss).toBeLessThan(before.loss / 20);
  });

  it('gives the same numbers for the same seeds, and others for another', async () => {
    const runs = await Promise.all(
      [5, 5, 6].map(async (seed) => {
        const network = new Network({
          inputs: 2,
          layers: [dense({ units: 8 }), activate(relu), dropout({ rate: 0.2 }), dense({ units: 2 })],
        });
        const { history, losses } = await train(network, { ...common, data: clouds(100), seed });
        return { history, losses, parameters: network.snapshot().parameters };
      }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2].losses).not.toEqual(runs[0].losses);
  });

  it('takes every row once an epoch, a smaller last batch included', async () => {
    const data = clouds(37);
    const seen: number[][] = [[], []];
    const probe: Probe = {
      name: 'rows',
      step: ({ epoch, rows, network }) => {
        const inputs = network.output('input');
        for (let r = 0; r < rows; r++) seen[epoch - 1].push(inputs[2 * r]);
      },
    };
    await train(small(), { ...common, data, epochs: 2, probes: [probe] });
    const expected = Array.from({ length: 37 }, (_, r) => data.inputs[2 * r]).sort();
    expect(seen.map((values) => [...values].sort())).toEqual([expected, expected]);
    expect(seen[0]).not.toEqual(seen[1]);
  });

  it('shows probes each pre-activation, activation, gradient and update', async () => {
    const network = small();
    const before = network.parameterValues('dense1.weight');
    const views: (Pick<StepView, 'step'> & { readonly checked: boolean })[] = [];
    await train(network, {
      ...common,
      data: clouds(64),
      epochs: 1,
      probes: [
        {
          name: 'all',
          every: 2,
          step: (view) => {
            const z = view.preActivation('relu1');
            const a = view.output('relu1');
            expect(Array.from(a)).toEqual(Array.from(z, (value) => Math.max(value, 0)));
            const gradient = view.parameterGradient('dense1.weight');
            const update = view.update('dense1.weight');
            update.forEach((delta, i) => expect(delta).toBeCloseTo(-0.1 * gradient[i], 6));
            expect(view.gradient('dense2')).toHaveLength(16 * 2);
            views.push({ step: view.step, checked: true });
          },
        },
      ],
    });
    expect(views.map(({ step }) => step)).toEqual([2, 4]);
    expect(network.parameterValues('dense1.weight')).not.toEqual(before);
  });

  it('does not change the run when probes watch and evaluate the network', async () => {
    const data = clouds(64);
    const plain = small();
    const watched = small();
    const probe: Probe = { name: 'evaluation', step: ({ network }) => void evaluate(network, data, crossEntropy()) };
    await train(plain, { ...common, data });
    await train(watched, { ...common, data, probes: [probe] });
    expect(watched.snapshot()).toEqual(plain.snapshot());
  });

  it('stops after the step under way when the signal fires, and says so', async () => {
    const controller = new AbortController();
    const probe: Probe = { name: 'stop', step: ({ step }) => void (step === 5 && controller.abort()) };
    const run = await train(small(), { ...common, data: clouds(64), signal: controller.signal, probes: [probe] });
    expect(run).toMatchObject({ status: 'aborted', steps: 5 });
    expect(run.history).toHaveLength(1);
  });

  it('says at which step and layer it diverged, and keeps finite parameters', async () => {
    const network = mlp({ inputs: 2, hidden: [16, 16], outputs: 2, activation: relu, seed: 1 });
    const optimizer = sgd({ learningRate: 1e30 });
    const run = await train(network, { ...common, optimizer, data: clouds(64) });
    expect(run.status).toBe('diverged');
    if (run.status !== 'diverged') return;
    expect(run.step).toBe(run.steps);
    expect(network.layers.map(({ name }) => name)).toContain(run.layer);
    expect(run.history).toHaveLength(0);
  });

  it('names the layer whose output is the first that is not finite', async () => {
    const explosive = defineActivation({
      name: 'explosive',
      tex: 'x / 0',
      value: (x) => (x > 0 ? Infinity : 0),
      derivative: () => 1,
      kinks: [0],
      positivelyHomogeneous: false,
    });
    const network = new Network({
      inputs: 2,
      layers: [dense({ units: 4 }), activate(elu()), dense({ units: 4 }), activate(explosive), dense({ units: 2 })],
    });
    const run = await train(network, { ...common, data: clouds(64) });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'explosive1', quantity: 'output' });
    expect(network.snapshot().parameters.every(Number.isFinite)).toBe(true);
  });

  it('reports its progress, and ends at the last step', async () => {
    const steps: number[] = [];
    await train(small(), { ...common, data: clouds(64), onProgress: ({ step }) => void steps.push(step) });
    expect(steps[steps.length - 1]).toBe(12);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });

  it('gives its memory back', async () => {
    const network = small();
    const data = clouds(64);
    await train(network, { ...common, optimizer: adam(), data });
    const { bytes } = network.arena;
    await train(network, { ...common, optimizer: adam(), data });
    expect(network.arena.bytes).toBe(bytes);
  });
});

describe('an L1 penalty on activations', () => {
  it('adds λ Σ|a| / rows to the loss and makes activations smaller', async () => {
    const data = clouds(64);
    const size = (network: Network): number => {
      network.forward(data.inputs);
      return Array.from(network.output('relu1')).reduce((sum, a) => sum + Math.abs(a), 0) / data.rows;
    };
    const free = small(4);
    const held = small(4);
    const start = size(free);
    const options = { ...common, data, batchSize: 64, epochs: 300 };
    const unpenalised = await train(free, options);
    const penalised = await train(held, { ...options, loss: crossEntropy({ activationPenalty: 0.1 }) });
    expect(penalised.losses[0] - unpenalised.losses[0]).toBeCloseTo(0.1 * start, 5);
    expect(size(held)).toBeLessThan(size(free) / 2);
  });

  it('has the gradient of that term, by central differences', async () => {
    const network = new Network({
      inputs: 2,
      layers: [dense({ units: 5 }), activate(tanh), dense({ units: 2 })],
      backend: 'reference',
      precision: 'float64',
    });
    const data = clouds(16);
    const loss = crossEntropy({ activationPenalty: 0.3 });
    const firstLoss = async (nudge: number): Promise<{ loss: number; gradient: number }> => {
      const copy = network.clone();
      const { offset, gradient } = copy.parameter('dense1.weight');
      copy.arena.values[offset + 3] += nudge;
      let found = NaN;
      const probe: Probe = { name: 'g', step: () => void (found = copy.arena.values[gradient + 3]) };
      const run = await train(copy, { ...common, loss, data, epochs: 1, probes: [probe] });
      return { loss: run.losses[0], gradient: found };
    };
    const h = 1e-5;
    const slope = ((await firstLoss(h)).loss - (await firstLoss(-h)).loss) / (2 * h);
    expect((await firstLoss(0)).gradient).toBeCloseTo(slope, 7);
  });
});

describe('clipping', () => {
  const gradientAfter = async (clipping: ReturnType<typeof clipNorm>): Promise<Float32Array> => {
    const network = small();
    let gradient: Float32Array = new Float32Array();
    const probe: Probe = { name: 'g', step: (view) => void (gradient = view.parameterGradient('dense1.weight')) };
    await train(network, { ...common, data: clouds(16), epochs: 1, clipping, probes: [probe] });
    return gradient;
  };

  it('by norm keeps the direction and bounds the length', async () => {
    const free = await gradientAfter(clipNorm(1e6));
    const bounded = await gradientAfter(clipNorm(0.01));
    const ratio = bounded[0] / free[0];
    expect(ratio).toBeLessThan(0.1);
    bounded.forEach((g, i) => expect(g).toBeCloseTo(ratio * free[i], 8));
  });

  it('by value bounds each element', async () => {
    const bounded = await gradientAfter(clipValue(0.01));
    expect(Math.max(...bounded.map(Math.abs))).toBeCloseTo(0.01, 7);
  });
});

describe('schedules', () => {
  it('follow their formulas', () => {
    expect([0, 9, 10, 25].map((step) => stepDecay({ every: 10, factor: 0.5 })(step, 100))).toEqual([1, 1, 0.5, 0.25]);
    expect([0, 50, 100].map((step) => cosine()(step, 100))).toEqual([
      1,
      expect.closeTo(0.5, 12),
      expect.closeTo(0, 12),
    ]);
    expect(cosine({ final: 0.1 })(100, 100)).toBeCloseTo(0.1, 12);
    expect([0, 4, 5].map((step) => warmup({ steps: 5, then: cosine() })(step, 105))).toEqual([0.2, 1, 1]);
  });
});

describe('train refuses', () => {
  const data = clouds(16);
  const refusals: readonly [string, () => Promise<unknown>, new (message: string) => Error, RegExp][] = [
    ['no epochs', () => train(small(), { ...common, data, epochs: 0 }), ParameterError, /epochs .* not 0/],
    ['half a row', () => train(small(), { ...common, data, batchSize: 0.5 }), ParameterError, /batchSize .* not 0.5/],
    ['a NaN rate', async () => sgd({ learningRate: NaN }), ParameterError, /learningRate .* not NaN/],
    ['Nesterov alone', async () => sgd({ learningRate: 1, nesterov: true }), ParameterError, /momentum/],
    [
      'other features',
      () => train(mlp({ inputs: 3, hidden: [], outputs: 2, activation: relu }), { ...common, data }),
      ShapeError,
      /'clouds' has 2 features a row; the network takes 3/,
    ],
    [
      'too few outputs',
      () => train(mlp({ inputs: 2, hidden: [], outputs: 1, activation: relu }), { ...common, data }),
      ShapeError,
      /2 classes; the network has 1 outputs/,
    ],
    [
      'a label out of range',
      () =>
        train(small(), {
          ...common,
          data: { ...data, targets: data.targets.map((t, i) => (i === 3 ? 7 : t)) as Int32Array },
        }),
      DataError,
      /7/,
    ],
    [
      'a loss for values on classes',
      () => train(small(), { ...common, data, loss: meanSquaredError() }),
      ParameterError,
      /use crossEntropy\(\)/,
    ],
    [
      'something that is no optimiser',
      () => train(small(), { ...common, data, optimizer: sgd as never }),
      ParameterError,
      /sgd\(\{ learningRate/,
    ],
  ];
  it.each(refusals)('%s', async (_, attempt, type, message) => {
    const refusal = await attempt().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(type);
    expect((refusal as Error).message).toMatch(message);
  });
});
