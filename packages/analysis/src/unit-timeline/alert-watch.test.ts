import { type Activation, type Dataset, leakyRelu, maxout, prelu, random, relu } from '@relu-lab/core';
import { type Network, type Probe, crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { type UnitTimeline, unitTimeline } from '../index.ts';

function classes(rows: number, features: number): Dataset {
  const stream = random(4).stream('classes');
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(3));
  return { name: 'classes', rows, features, classes: 3, inputs, targets };
}

/** By layer and step, from 0 on, which units are silent on all samples of a ReLU network: all pre-activations, after every step. */
function silence(data: Dataset): Probe & { readonly seen: Map<string, boolean[][]> } {
  const seen = new Map<string, boolean[][]>();
  const look = (network: Network): void => {
    const copy = network.clone();
    copy.forward(data.inputs);
    for (const { name, role, outputs } of network.layers) {
      if (role !== 'activation') continue;
      const z = copy.preActivation(name);
      const silent = Array.from({ length: outputs }, (_, unit) =>
        z.every((value, i) => i % outputs !== unit || value <= 0),
      );
      seen.set(name, [...(seen.get(name) ?? []), silent]);
    }
  };
  return { name: 'silence', seen, start: look, step: ({ network }) => look(network) };
}

interface Run {
  readonly hidden: readonly number[];
  readonly data: Dataset;
  readonly learningRate: number;
  readonly seed?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly activation?: Activation;
  readonly normalization?: 'batch';
}

async function follow({ hidden, data, activation = relu, normalization, ...run }: Run): Promise<{
  readonly found: UnitTimeline;
  readonly exact: UnitTimeline;
  readonly oracle: ReadonlyMap<string, boolean[][]>;
  readonly network: Network;
}> {
  const { learningRate, seed = 1, epochs = 8, batchSize = 16 } = run;
  const options = { inputs: data.features, hidden, outputs: 3, activation, seed };
  const network = mlp({ ...options, ...(normalization && { normalization }) });
  const [probe, always, oracle] = [
    unitTimeline(network, data),
    unitTimeline(network, data, { every: 1 }),
    silence(data),
  ];
  const optimizer = sgd({ learningRate, momentum: 0.9 });
  const probes = [probe, always, oracle];
  await train(network, { data, loss: crossEntropy(), optimizer, epochs, batchSize, seed, probes });
  return { found: probe.result(), exact: always.result(), oracle: oracle.seen, network };
}

/** Holds each event against what all pre-activations say, and each known cause against that of a look at every step. */
function expectTruth(found: UnitTimeline, exact: UnitTimeline, oracle: ReadonlyMap<string, boolean[][]>): void {
  found.layers.forEach((layer, i) => {
    const silent = oracle.get(layer.name) ?? [];
    for (const { unit, after, step, cause } of layer.deaths) {
      expect([silent[after][unit], silent[step][unit]]).toEqual([false, true]);
      expect(cause.batch === null).toBe(step - after > 1);
      if (!cause.batch) continue;
      const same = exact.layers[i].deaths.find((death) => death.unit === unit && death.step === step);
      expect({ after, cause }).toEqual({ after: same?.after, cause: same?.cause });
    }
    for (const { unit, after, step } of layer.revivals) {
      expect([silent[after][unit], silent[step][unit]]).toEqual([true, false]);
    }
    expect(layer.counts.dead).toEqual(found.steps.map((step) => silent[step].filter((isSilent) => isSilent).length));
  });
}

const runs = (coverage: UnitTimeline['coverage']): number => coverage.checked + coverage.watched;

describe('a unit timeline that chooses its checks', () => {
  it('knows the update of every death where few units die', async () => {
    const run = { hidden: [24, 16], data: classes(120, 4), learningRate: 0.15, epochs: 12 };
    const { found, exact, oracle } = await follow(run);
    expectTruth(found, exact, oracle);
    expect(exact.coverage.deaths).toBeGreaterThan(2);
    expect(found.coverage).toMatchObject({ deaths: exact.coverage.deaths, exact: exact.coverage.deaths });
    expect(runs(found.coverage)).toBe(96);
    // It has looked at all samples after few steps only.
    expect(found.coverage.checked).toBeLessThan(40);
  });

  it('says nothing but the truth of random networks', async () => {
    const stream = random(9).stream('runs');
    let [deaths, known] = [0, 0];
    for (let seed = 0; seed < 12; seed++) {
      const hidden = Array.from({ length: 1 + stream.integer(3) }, () => 3 + stream.integer(20));
      const data = classes(20 + stream.integer(300), 1 + stream.integer(5));
      const run = {
        hidden,
        data,
        learningRate: 0.05 + stream.uniform(),
        seed,
        epochs: 2,
        batchSize: 8 + stream.integer(30),
      };
      const { found, exact, oracle } = await follow(run);
      expectTruth(found, exact, oracle);
      deaths += found.coverage.deaths;
      known += found.coverage.exact;
    }
    expect(deaths).toBeGreaterThan(20);
    expect(known).toBeGreaterThan(deaths / 2);
  });

  it('is the same again for the same seed', async () => {
    const run = { hidden: [24, 16], data: classes(200, 3), learningRate: 0.6 };
    expect((await follow(run)).found).toEqual((await follow(run)).found);
  });

  it('looks at all samples from time to time only, once the budget is spent', async () => {
    // 10 000 samples at each step would be a thousand times what training passes; a wide layer makes the least budget small.
    const data = classes(4000, 2);
    const few = { ...data, rows: 64, inputs: data.inputs.slice(0, 128), targets: data.targets.slice(0, 64) };
    const network = mlp({ inputs: 2, hidden: [600, 400], outputs: 3, activation: relu, seed: 1 });
    const timeline = unitTimeline(network, data);
    const optimizer = sgd({ learningRate: 1.5 });
    await train(network, { data: few, loss: crossEntropy(), optimizer, epochs: 24, batchSize: 16, probes: [timeline] });
    const { coverage, every, steps } = timeline.result();
    expect(every).toBe(10_000);
    expect(coverage.deaths).toBeGreaterThan(0);
    expect(runs(coverage)).toBeLessThan(96);
    expect(steps[steps.length - 1]).toBe(96);
  });

  it.each([
    ['leaky ReLU', { activation: leakyRelu() }],
    ['PReLU', { activation: prelu() }],
    ['maxout', { activation: maxout() }],
  ] as const)('finds no deaths in a network of %s', async (_, kind) => {
    const { found } = await follow({ hidden: [12, 12], data: classes(60, 3), learningRate: 0.3, epochs: 3, ...kind });
    expect(found.coverage).toMatchObject({ deaths: 0, exact: 0, watched: 0 });
  });

  it('follows a network with batch norm by its running statistics', async () => {
    const run = { hidden: [16, 16], data: classes(120, 3), learningRate: 1.5, normalization: 'batch' } as const;
    const { found, exact, oracle } = await follow(run);
    expectTruth(found, exact, oracle);
    expect(found.coverage.exact).toBeGreaterThan(0);
  });

  it('does not change training', async () => {
    const data = classes(120, 4);
    const run = { hidden: [24, 16], data, learningRate: 0.4 };
    const plain = mlp({ inputs: 4, hidden: run.hidden, outputs: 3, activation: relu, seed: 1 });
    const optimizer = sgd({ learningRate: 0.4, momentum: 0.9 });
    await train(plain, { data, loss: crossEntropy(), optimizer, epochs: 8, batchSize: 16, seed: 1 });
    expect((await follow(run)).network.snapshot()).toEqual(plain.snapshot());
  });
});
