import { DataError, type Dataset, ParameterError, ShapeError, identity, random, relu } from '@relu-lab/core';
import {
  type Network,
  Network as Graph,
  type Probe,
  activate,
  crossEntropy,
  dense,
  meanSquaredError,
  mlp,
  sgd,
  train,
} from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { type UnitTimeline, unitRuns, unitState, unitTimeline } from '../index.ts';

function classes(rows: number, features: number): Dataset {
  const stream = random(4).stream('classes');
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(3));
  return { name: 'classes', rows, features, classes: 3, inputs, targets };
}

/** Dead and always-on units of a ReLU layer by the signs of all pre-activations, at each step from 0 on. */
function signs(layers: readonly string[], data: Dataset): Probe & { readonly seen: Record<string, string[]> } {
  const seen: Record<string, string[]> = Object.fromEntries(layers.map((name) => [name, []]));
  const look = (network: Network): void => {
    const copy = network.clone();
    copy.forward(data.inputs);
    for (const name of layers) {
      const z = copy.preActivation(name);
      const units = z.length / data.rows;
      const column = (unit: number) => Array.from({ length: data.rows }, (_, row) => z[row * units + unit]);
      const state = (column: readonly number[]) =>
        Math.max(...column) <= 0 ? 'd' : Math.min(...column) > 0 ? 'o' : 'a';
      seen[name].push(Array.from({ length: units }, (_, unit) => state(column(unit))).join(''));
    }
  };
  return { name: 'signs', seen, start: look, step: ({ network }) => look(network) };
}

const letters = { dead: 'd', alive: 'a', 'always-on': 'o' } as const;

function states({ layers, steps }: UnitTimeline, name: string): readonly string[] {
  const layer = layers.find((found) => found.name === name);
  if (!layer) throw new Error(`no ${name}`);
  return steps.map((_, check) =>
    Array.from({ length: layer.units }, (_, unit) => letters[unitState(layer, unit, check)]).join(''),
  );
}

describe('unitTimeline', () => {
  it('has the state of every unit at every step, by the signs of its pre-activations', async () => {
    const data = classes(60, 3);
    const network = mlp({ inputs: 3, hidden: [19, 11], outputs: 3, activation: relu, seed: 3 });
    const timeline = unitTimeline(network, data, { every: 1 });
    const oracle = signs(['relu1', 'relu2'], data);
    const optimizer = sgd({ learningRate: 1.5, momentum: 0.5 });
    await train(network, {
      data,
      loss: crossEntropy(),
      optimizer,
      epochs: 15,
      batchSize: 20,
      probes: [timeline, oracle],
    });
    const found = timeline.result();
    expect(found).toMatchObject({ kind: 'unit-timeline', data: 'classes', samples: 60, every: 1, notFinite: null });
    expect(found.steps).toEqual(Array.from({ length: 46 }, (_, step) => step));
    for (const layer of found.layers) {
      const expected = oracle.seen[layer.name];
      expect(states(found, layer.name)).toEqual(expected);
      // Changes, by comparing neighbouring strings.
      const changes = (from: (state: string) => boolean, to: (state: string) => boolean) =>
        expected.flatMap((now, step) =>
          step === 0
            ? []
            : [...now].flatMap((state, unit) =>
                from(expected[step - 1][unit]) && to(state) ? [`${unit}@${step}`] : [],
              ),
        );
      const died = changes(
        (state) => state !== 'd',
        (state) => state === 'd',
      );
      const revived = changes(
        (state) => state === 'd',
        (state) => state !== 'd',
      );
      expect(layer.deaths.map(({ unit, step }) => `${unit}@${step}`)).toEqual(died);
      expect(layer.revivals.map(({ unit, step }) => `${unit}@${step}`)).toEqual(revived);
      const count = (letter: string) => expected.map((now) => [...now].filter((state) => state === letter).length);
      expect(layer.counts.dead).toEqual(count('d'));
      expect(layer.counts.alwaysOn).toEqual(count('o'));
      const [first, last] = [expected[0], expected[45]];
      const units = [...first].map((_, unit) => unit);
      expect(layer.bornDead).toEqual(units.filter((unit) => first[unit] === 'd'));
      expect(layer.died).toEqual(units.filter((unit) => first[unit] !== 'd' && last[unit] === 'd'));
      expect(layer.revived).toEqual(units.filter((unit) => first[unit] === 'd' && last[unit] !== 'd'));
    }
    // What is held above does happen in this run.
    expect(found.layers[1].deaths.length).toBeGreaterThan(2);
    expect(found.layers[1].revivals.length).toBeGreaterThan(0);
  });

  it('knows the update that killed a unit: its rate, gradient, batch, and what moved the pre-activation', async () => {
    // y = relu(w x + b), v = 1, target 0, on x = 1 and 3: z = 2 x + 1 is 3 and 7, the mean of dL/dz = 2 z is 10.
    // dL/dw = mean(2 z x) = (6 + 42)/2 = 24 and dL/db = 10; a rate of 0.5 leaves w = −10, b = −4.
    const network = new Graph({
      inputs: 1,
      layers: [dense({ units: 1 }), activate(relu), dense({ units: 1, name: 'out' })],
    });
    network.setParameter('dense1.weight', [2]);
    network.setParameter('dense1.bias', [1]);
    network.setParameter('out.weight', [1]);
    const data = { name: 'two', rows: 2, features: 1, inputs: Float32Array.of(1, 3), targets: new Float32Array(2) };
    const timeline = unitTimeline(network, data, { every: 1 });
    const rateFactor = ({ layer }: { layer: string }) => (layer === 'out' ? 0 : 1);
    const optimizer = sgd({ learningRate: 0.5 });
    await train(network, { data, loss: meanSquaredError(), optimizer, epochs: 2, rateFactor, probes: [timeline] });
    const [layer] = timeline.result().layers;
    expect(layer.deaths).toHaveLength(1);
    const [{ unit, after, step, cause }] = layer.deaths;
    expect([unit, after, step]).toEqual([0, 0, 1]);
    expect(cause.learningRate).toBe(0.5);
    expect(cause.gradientNorm).toBeCloseTo(26, 5);
    expect(cause.updateNorm).toBeCloseTo(13, 5);
    // Δb = −5; Δw x̄ = −12 × 2; nothing lies below.
    expect(cause.bias).toBeCloseTo(-5, 5);
    expect(cause.weights).toBeCloseTo(-24, 5);
    expect(cause.inputs).toBeCloseTo(0, 5);
    expect(cause.shift).toBeCloseTo(-29, 5);
    expect(cause.main).toBe('weights');
    expect([...(cause.batch ?? [])].sort()).toEqual([0, 1]);
    expect(unitRuns([0, 1, 2], layer, 0)).toEqual([
      { state: 'always-on', from: 0, to: 0 },
      { state: 'dead', from: 1, to: 2 },
    ]);
  });

  it('lays a death to the layers below where these alone have moved', async () => {
    // h = w x, z = relu(h − 1): from w = 2 on x = 1, h falls below 1.
    const network = new Graph({
      inputs: 1,
      layers: [
        dense({ units: 1, name: 'below' }),
        activate(identity),
        dense({ units: 1, name: 'above' }),
        activate(relu),
        dense({ units: 1, name: 'out' }),
      ],
    });
    for (const [name, value] of [
      ['below.weight', 2],
      ['above.weight', 1],
      ['above.bias', -1],
      ['out.weight', 1],
    ] as const) {
      network.setParameter(name, [value]);
    }
    const data = { name: 'one', rows: 1, features: 1, inputs: Float32Array.of(1), targets: new Float32Array(1) };
    const timeline = unitTimeline(network, data, { every: 1 });
    const rateFactor = ({ name }: { name: string }) => (name === 'below.weight' ? 1 : 0);
    const optimizer = sgd({ learningRate: 1 });
    await train(network, { data, loss: meanSquaredError(), optimizer, epochs: 1, rateFactor, probes: [timeline] });
    const death = timeline.result().layers[1].deaths[0];
    // dL/dw = 2 (2 − 1) = 2: h and z fall by 2.
    expect(death.cause).toMatchObject({ shift: -2, bias: 0, weights: 0, inputs: -2, main: 'inputs', updateNorm: 0 });
  });

  it('splits every shift of many deaths into its three parts', async () => {
    const data = classes(200, 4);
    const network = mlp({ inputs: 4, hidden: [24, 24], outputs: 3, activation: relu, seed: 1 });
    const before = network.clone();
    const timeline = unitTimeline(network, data, { every: 5 });
    const optimizer = sgd({ learningRate: 2 });
    await train(network, { data, loss: crossEntropy(), optimizer, epochs: 1, batchSize: 40, probes: [timeline] });
    const { layers, steps } = timeline.result();
    expect(steps).toEqual([0, 5]);
    const [first, second] = layers;
    expect(first.deaths.length).toBeGreaterThan(0);
    for (const { cause } of [...first.deaths, ...second.deaths]) {
      const { bias, weights, inputs, shift, batch, gradientNorm } = cause;
      expect((bias ?? NaN) + (weights ?? NaN) + (inputs ?? NaN)).toBeCloseTo(shift, 4);
      expect(shift).toBeLessThan(0);
      expect({ batch, gradientNorm }).toEqual({ batch: null, gradientNorm: null });
    }
    for (const { unit, cause } of first.deaths) {
      expect(cause.inputs).toBeCloseTo(0, 4);
      const change = network.parameterValues('dense1.bias')[unit] - before.parameterValues('dense1.bias')[unit];
      expect(cause.bias).toBeCloseTo(change, 6);
    }
  });

  it('takes the mean shift over the first 64 samples on which the unit had spoken', async () => {
    // One unit on x = 1 … 100, z = x. With target 0 the mean of dL/dw = 2 x² is 6767 and that of dL/db = 2 x is 101: z shifts by −(6767 x + 101).
    const network = new Graph({
      inputs: 1,
      layers: [dense({ units: 1 }), activate(relu), dense({ units: 1, name: 'out' })],
    });
    for (const name of ['dense1.weight', 'out.weight']) network.setParameter(name, [1]);
    const inputs = Float32Array.from({ length: 100 }, (_, i) => i + 1);
    const data = { name: 'hundred', rows: 100, features: 1, inputs, targets: new Float32Array(100) };
    const timeline = unitTimeline(network, data, { every: 1 });
    const rateFactor = ({ layer }: { layer: string }) => (layer === 'out' ? 0 : 1);
    const optimizer = sgd({ learningRate: 1 });
    const options = { data, loss: meanSquaredError(), optimizer, epochs: 1, batchSize: 100, rateFactor };
    await train(network, { ...options, probes: [timeline] });
    // The mean of 1 … 64 is 32.5.
    const { weights, bias } = timeline.result().layers[0].deaths[0].cause;
    expect(weights).toBeCloseTo(-6767 * 32.5, -1);
    expect(bias).toBeCloseTo(-101, 3);
  });

  it('does not change training, nor what other probes see', async () => {
    const data = classes(50, 6);
    const run = async (watch: boolean) => {
      const normalization = 'batch';
      const network = mlp({
        inputs: 6,
        hidden: [16, 16],
        outputs: 3,
        activation: relu,
        dropout: 0.3,
        normalization,
        seed: 2,
      });
      const outputs: number[] = [];
      const other: Probe = { name: 'other', step: (view) => void outputs.push(...view.output('dense3')) };
      const { losses } = await train(network, {
        data,
        loss: crossEntropy(),
        optimizer: sgd({ learningRate: 0.1 }),
        epochs: 3,
        batchSize: 16,
        probes: watch ? [unitTimeline(network, classes(700, 6), { every: 1 }), other] : [other],
      });
      return { losses, outputs, network: network.snapshot() };
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it('chooses its checks by the size of the data, and looks at the start and at the end', async () => {
    const data = classes(60, 3);
    const network = mlp({ inputs: 3, hidden: [8], outputs: 3, activation: relu });
    const timeline = unitTimeline(network, data);
    const optimizer = sgd({ learningRate: 0.01 });
    await train(network, { data, loss: crossEntropy(), optimizer, epochs: 50, batchSize: 20, probes: [timeline] });
    // ⌈40 × 60 / 20⌉ steps.
    expect(timeline.result()).toMatchObject({ every: 120, steps: [0, 120, 150] });
  });

  it('names no parts where a normalisation stands between', async () => {
    const data = classes(60, 3);
    const network = mlp({ inputs: 3, hidden: [16], outputs: 3, activation: relu, normalization: 'batch', seed: 1 });
    const timeline = unitTimeline(network, data, { every: 1 });
    const optimizer = sgd({ learningRate: 30 });
    await train(network, { data, loss: crossEntropy(), optimizer, epochs: 6, batchSize: 20, probes: [timeline] });
    const [layer] = timeline.result().layers;
    expect(layer.deaths.length).toBeGreaterThan(0);
    expect(layer.predicted).toBeNull();
    const { bias, weights, inputs, updateNorm, main } = layer.deaths[0].cause;
    expect([bias, weights, inputs, updateNorm, main]).toEqual([null, null, null, null, null]);
  });

  it('ends where the network is no longer finite on the watched data', async () => {
    const data = classes(60, 3);
    const network = mlp({ inputs: 3, hidden: [8, 8], outputs: 3, activation: relu });
    const timeline = unitTimeline(network, data, { every: 1 });
    const optimizer = sgd({ learningRate: 1e30 });
    const run = await train(network, { data, loss: crossEntropy(), optimizer, epochs: 4, probes: [timeline] });
    const { notFinite, steps } = timeline.result();
    expect(run.status).toBe('diverged');
    expect(notFinite).toMatchObject({ layer: expect.stringMatching(/dense/) as string });
    expect(steps[steps.length - 1]).toBeLessThan(notFinite?.step ?? 0);
  });

  it('follows a data set of one sample', async () => {
    const data = classes(60, 3);
    const one = { ...data, rows: 1, inputs: data.inputs.slice(0, 3), targets: data.targets.slice(0, 1) };
    const network = mlp({ inputs: 3, hidden: [400], outputs: 3, activation: relu });
    const timeline = unitTimeline(network, one);
    await train(network, {
      data,
      loss: crossEntropy(),
      optimizer: sgd({ learningRate: 0.01 }),
      epochs: 1,
      probes: [timeline],
    });
    const [layer] = timeline.result().layers;
    // Dead with probability 1/2 each: four standard errors of 400 units are 0.1.
    expect(layer.predicted).toEqual({ dead: 0.5, alwaysOn: 0.5 });
    expect(Math.abs(layer.counts.dead[0] / 400 - 0.5)).toBeLessThan(0.1);
    expect(layer.counts.alwaysOn[0]).toBe(400 - layer.counts.dead[0]);
  });

  it('refuses what it cannot follow', async () => {
    const network = mlp({ inputs: 3, hidden: [8], outputs: 3, activation: relu });
    const data = classes(20, 3);
    for (const every of [0, 1.5, NaN]) expect(() => unitTimeline(network, data, { every })).toThrow(ParameterError);
    expect(() => unitTimeline(network, classes(20, 4))).toThrow(ShapeError);
    const broken = { ...data, inputs: data.inputs.map((x, i) => (i === 7 ? NaN : x)) };
    expect(() => unitTimeline(network, broken)).toThrow(DataError);
    const linear = mlp({ inputs: 3, hidden: [], outputs: 3, activation: relu });
    expect(() => unitTimeline(linear, data)).toThrow(/no activation layer.*activate\(relu\)/);
    const options = { data, loss: crossEntropy(), optimizer: sgd({ learningRate: 0.01 }), epochs: 1 };
    const timeline = unitTimeline(network, data);
    await expect(train(network.clone(), { ...options, probes: [timeline] })).rejects.toThrow(/another network/);
    await train(network, { ...options, probes: [timeline] });
    await expect(train(network, { ...options, probes: [timeline] })).rejects.toThrow(/one run/);
    expect(() => unitRuns([0], timeline.result().layers[0], 8)).toThrow(/units 0 to 7, not 8/);
  });
});
