import {
  bornDead,
  deadUnits,
  depthGrowth,
  dyingDoseResponse,
  finiteWidthSpread,
  foldMap,
  gradientFlow,
  initSensitivity,
  linearRegionsOnLine,
  linearRegionsOnPlane,
  paperFoldingNetwork,
  regionCountsDuringTraining,
  regionsByDepth,
  regionsUnderNoise,
  saturation,
  selfNormalization,
  sparsity,
  tentMapNetwork,
  trainableDepthMap,
  unitTimeline,
} from '@relu-lab/analysis';
import { ParameterError, random, relu } from '@relu-lab/core';
import { crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { checkFigure } from '../figures/figure.ts';
import { renderSvg } from '../static-figure.ts';
import { type DrawableResult, figureOf } from './figure-of.ts';

const inputs = new Float32Array(60 * 3);
random(1).stream('inputs').fillNormal(inputs);
const data = {
  name: 'noise',
  rows: 60,
  features: 3,
  classes: 2,
  inputs,
  targets: Int32Array.from({ length: 60 }, (_, i) => i % 2),
};
const network = mlp({ inputs: 3, hidden: [8, 6], outputs: 2, activation: relu, seed: 1 });

const trained = mlp({ inputs: 3, hidden: [8, 6], outputs: 2, activation: relu, seed: 1 });
const timelineOfTraining = unitTimeline(trained, data, { every: 1 });
const line = { from: [-2, -1, 0], to: [2, 1, 1] } as const;
const regionsOfTraining = regionCountsDuringTraining(trained, line, { every: 3 });
await train(trained, {
  data,
  loss: crossEntropy(),
  optimizer: sgd({ learningRate: 2 }),
  epochs: 3,
  batchSize: 20,
  seed: 1,
  probes: [timelineOfTraining, regionsOfTraining],
});
const plane = { origin: [0, 0, 0], u: [1, 0, 0], v: [0, 1, 0], uRange: [-3, 3], vRange: [-3, 3] } as const;
const training = { width: 8, epochs: 2, seeds: [1, 2] } as const;
const clock = { median: 2, quartiles: [1.5, 3] } as const;

const results: readonly DrawableResult[] = [
  sparsity(network, data),
  deadUnits(network, data),
  gradientFlow(network, { ...data, loss: crossEntropy() }),
  saturation(network, data),
  timelineOfTraining.result(),
  linearRegionsOnPlane(network, plane),
  linearRegionsOnLine(network, line),
  foldMap(network, plane),
  foldMap(network, line),
  regionsOfTraining.result(),
  regionsByDepth({ window: 'line', neurons: [12], layers: [1, 2], seeds: [1, 2, 3] }),
  regionsByDepth({ window: 'plane', neurons: [6, 12], layers: [1, 2], seeds: [1, 2] }),
  regionsUnderNoise(tentMapNetwork({ folds: 3 }), { from: 0, to: 1 }, { levels: [0, 0.01, 0.1], seeds: [1, 2, 3] }),
  selfNormalization({ depth: 6, width: 32, samples: 16, seeds: 3 }),
  depthGrowth({ depth: 6, width: 32, samples: 16, seeds: 3 }),
  await trainableDepthMap({
    ...training,
    activation: 'tanh',
    weightVariances: [1, 2],
    biasVariance: 0.05,
    depths: [2, 6],
  }),
  await initSensitivity({
    ...{ epochs: 2, seeds: [1, 2], widths: [8], depths: [2, 4] },
    activations: ['relu', 'maxout'],
    initializers: ['he-normal', 'zeros'],
  }),
  bornDead({ widths: [1, 3], depths: [2, 3, 6], networks: 200 }),
  bornDead({ widths: [1, 2, 3], depths: [4], networks: 200 }),
  finiteWidthSpread({ widths: [4, 8], depths: [3, 6], networks: 100 }),
  await dyingDoseResponse({ ...training, activations: ['relu', 'elu'], learningRates: [0.1, 3] }),
  {
    kind: 'gradient-timeline',
    steps: [1, 2],
    layers: [
      {
        name: 'dense1',
        forwardSecondMoment: [1, 1],
        gradientNorm: [1, 1],
        gradientToWeightRatio: [1, 1],
        updateToWeightRatio: [1e-3, 2e-3],
      },
    ],
  },
  {
    kind: 'pre-activation-histograms',
    data: 'noise',
    samples: 60,
    steps: [0, 10],
    layers: ['relu1', 'relu2'].map((name) => ({
      name,
      edges: Float64Array.of(-2, 0, 2),
      counts: Float64Array.of(30, 30, 45, 15),
      below: [0, 0],
      above: [0, 0],
      mean: [0, -0.5],
      variance: [1, 2],
      predicted: { mean: 0, variance: 1 },
    })),
    notFinite: null,
  },
  {
    kind: 'activation-cost',
    backend: 'wasm',
    build: 'simd',
    elements: 1000,
    rounds: 5,
    copy: clock,
    timings: ['relu', 'gelu'].map((name) => ({
      name,
      forward: clock,
      backward: clock,
      step: null,
      relativeToRelu: { forward: 1, backward: 1, step: null },
      relativeToCopy: 1,
    })),
  },
  {
    kind: 'coordinate-check',
    parametrization: 'μP',
    widths: [64, 128],
    steps: 3,
    seeds: 4,
    coordinates: (['activation', 'gradient', 'weight-update', 'activation-change'] as const).flatMap((coordinate) =>
      ['dense1', 'dense2'].map((layer) => ({
        layer,
        coordinate,
        sizes: [1, 1.1],
        slope: 0.1,
        interval: null,
        verdict: 'stable' as const,
      })),
    ),
  },
];

/** The shoelace formula; null parts polygons. */
function signedArea(x: readonly (number | null)[], y: readonly number[]): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) {
    const [from, to] = [x[i - 1], x[i]];
    if (from !== null && to !== null) area += (from * y[i] - to * y[i - 1]) / 2;
  }
  return area;
}

describe('figureOf', () => {
  it.each(results.map((result, i) => [`${result.kind} ${i}`, result] as const))('draws %s', async (_, result) => {
    const figure = checkFigure(figureOf(result));
    const svg = await renderSvg(figure);
    expect(svg).toMatch(/<svg[^]*<\/svg>/);
  });

  it('has the numbers of the result in its table', () => {
    const [zeros, dead, flow] = results.map((result) => figureOf(result).table);
    const found = sparsity(network, data);
    expect(zeros.map(({ zeroFraction }) => zeroFraction)).toEqual(found.layers.map(({ zeroFraction }) => zeroFraction));
    expect(dead.map(({ units }) => units)).toEqual([8, 6]);
    expect(flow.map(({ layer }) => layer)).toEqual(['dense1', 'dense2', 'dense3']);
  });

  it('draws gradient flow beside the sizes that the expected factors give, from the last layer down', () => {
    const flow = gradientFlow(network, { ...data, loss: crossEntropy() });
    const [measured, theory] = figureOf(flow).data.slice(1) as unknown as {
      y: number[];
      error_y: { array: number[] };
    }[];
    const [first, second, last] = flow.layers;
    expect(theory.y[2]).toBe(last.gradientNorm);
    expect(theory.y[1] ** 2 / theory.y[2] ** 2).toBeCloseTo(second.predicted?.growth ?? NaN, 9);
    expect(theory.y[0] ** 2 / theory.y[1] ** 2).toBeCloseTo(first.predicted?.growth ?? NaN, 9);
    const upper = measured.y[0] + measured.error_y.array[0];
    expect(upper ** 2 / second.gradientNorm ** 2).toBeCloseTo(first.growthInterval?.[1] ?? NaN, 9);
  });

  it('draws the band of finite width around theory where it holds, and says the verdict', () => {
    const deep = mlp({ inputs: 3, hidden: [8, 8, 8], outputs: 2, activation: relu, seed: 1 });
    const flow = gradientFlow(deep, { ...data, loss: crossEntropy() });
    const figure = figureOf(flow);
    const names = figure.data.map(({ name }) => name);
    expect(names).toEqual(['band', 'gradient', 'theory, from the last layer down', 'samples: 5 %, 50 %, 95 %']);
    const quantiles = flow.layers.map(({ gradientQuantiles }) => gradientQuantiles ?? []);
    expect(figure.data[3]['y']).toEqual(quantiles.flat());
    for (const [i, { gradientNorm }] of flow.layers.entries()) {
      // The root of the mean square of 60 samples lies among them.
      expect(gradientNorm).toBeGreaterThan(quantiles[i][0]);
      expect(gradientNorm).toBeLessThan(1.5 * quantiles[i][2]);
    }
    const [low, middle, top, logits] = figure.table;
    // Two layers of 8 units lie between: ln of the square is normal with mean −5 (1/8 + 1/8)/2 and variance 5/4.
    const square = (Number(low.bandTo) / Number(low.expectedNorm)) ** 2;
    expect(Math.log(square)).toBeCloseTo(-5 / 8 + 1.95996 * Math.sqrt(5 / 4), 4);
    expect(Number(middle.bandTo) / Number(middle.expectedNorm)).toBeLessThan(Math.sqrt(square));
    expect(top.bandFrom).toBe(top.bandTo);
    expect(logits.bandFrom).toBeNull();
    expect(figure.caption).toContain(`Verdict: ${flow.verdict.status}. From 'dense3' down to 'dense1'`);
    const normalised = mlp({ inputs: 3, hidden: [8, 8, 8], outputs: 2, activation: relu, normalization: 'layer' });
    const plain = figureOf(gradientFlow(normalised, { ...data, loss: crossEntropy() }));
    expect(plain.table.map(({ bandFrom }) => bandFrom)).toEqual([null, null, null, null]);
    const { layers, ...rest } = flow;
    const earlier = layers.map((layer) =>
      Object.fromEntries(Object.entries(layer).filter(([key]) => key !== 'gradientQuantiles')),
    ) as unknown as typeof layers;
    expect(figureOf({ ...rest, layers: earlier }).data.map(({ name }) => name)).toEqual(names.slice(0, 3));
  });

  it('stacks silence and saturation up to the share of elements without a slope', () => {
    const found = saturation(network, data);
    const { data: traces } = figureOf(found);
    const [silent, flat] = traces.map(({ y }) => y as number[]);
    found.layers.forEach(({ saturatedFraction }, i) => expect(silent[i] + flat[i]).toBeCloseTo(saturatedFraction, 12));
  });

  it('shows cost relative to ReLU, and the step where it was timed', () => {
    const cost = results.find(({ kind }) => kind === 'activation-cost') ?? results[0];
    const { data: bars, table } = figureOf(cost);
    expect(bars.map(({ name }) => name)).toEqual(['forward', 'backward']);
    expect(table[1]).toMatchObject({ activation: 'gelu', forwardToRelu: 1, stepToRelu: null, forwardNanoseconds: 2 });
  });

  it('puts born-dead networks between the bounds of theory, and those of one input on its exact share', () => {
    const found = bornDead({ widths: [2], depths: [3, 5, 9], networks: 2000 });
    const [band, upper, lower, one, all] = figureOf(found).data as unknown as {
      y: number[];
      error_y: { array: number[] };
    }[];
    // p = 2⁻²: 1 − (1 − p)^(L−1), and for three layers p² (3 − 2 p).
    [3, 5, 9].forEach((depth, i) => {
      const exact = 1 - 0.75 ** (depth - 1);
      expect(upper.y[i]).toBeCloseTo(exact, 12);
      expect(Math.abs(one.y[i] - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 2000));
      expect(all.y[i]).toBeLessThan(one.y[i]);
    });
    expect(lower.y[0]).toBeCloseTo((3 - 0.5) / 16, 12);
    expect(band.y).toEqual([...upper.y, ...[...lower.y].reverse()]);
    expect(all.y[0] + all.error_y.array[0]).toBeCloseTo(found.summary[0].allInputs.interval[1], 12);
  });

  it('labels the one scale of the panels of finite width at the left only', () => {
    const { layout } = figureOf(finiteWidthSpread({ widths: [4, 6, 8], depths: [3], networks: 20 }));
    const labels = ['yaxis', 'yaxis2', 'yaxis3'].map(
      (axis) => (layout[axis] as { readonly showticklabels?: boolean }).showticklabels ?? true,
    );
    expect(labels).toEqual([true, false, true]);
  });

  it('draws the spread of finite width beside the log-normal law', () => {
    const [band, median] = figureOf(finiteWidthSpread({ widths: [10], depths: [3, 6], networks: 50 }))
      .data as unknown as { y: number[] }[];
    // β = 2/10 and 5/10: e^(−5β/2), times e^(±1.645 √(5β)).
    expect(median.y).toEqual([0.2, 0.5].map((beta) => expect.closeTo(Math.exp(-2.5 * beta), 12) as number));
    expect(band.y[0] / median.y[0]).toBeCloseTo(Math.exp(1.6448536 * Math.sqrt(1)), 5);
    expect(band.y[3] / median.y[0]).toBeCloseTo(Math.exp(-1.6448536 * Math.sqrt(1)), 5);
  });

  it('shows runs that diverged apart from units that die', async () => {
    const found = await dyingDoseResponse({ ...training, activations: ['relu'], learningRates: [0.1, 1e30] });
    const { data: traces, table } = figureOf(found);
    const below = traces.filter(({ yaxis }) => yaxis === 'y2');
    expect(below.map(({ y }) => y)).toEqual([[0, 1]]);
    expect(table[1]).toMatchObject({ died: null, diverged: 2, seeds: 2 });
  });

  it('has a cell for every activation, initialiser and depth', () => {
    const found = results.find(({ kind }) => kind === 'init-sensitivity') ?? results[0];
    const [{ x, y, z }] = figureOf(found).data as unknown as { x: string[]; y: string[]; z: number[][] }[];
    expect([x, y]).toEqual([
      ['2', '4'],
      ['relu, he-normal', 'relu, zeros', 'maxout, he-normal', 'maxout, zeros'],
    ]);
    // Without weights nothing flows, and nothing is learnt.
    expect([z[1], z[3]]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('tells a unit that was born dead from one that died and one that revived', () => {
    const rows = [
      [1, 1, 1],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const bits = (of: (check: number, unit: number) => number): Uint8Array =>
      Uint8Array.from([0, 1, 2], (check) => [0, 1, 2].reduce((byte, unit) => byte | (of(check, unit) << unit), 0));
    const counts = { dead: [1, 2, 2], alwaysOn: [0, 0, 0], died: [0, 1, 1], revived: [0, 0, 1] };
    const { data: traces } = figureOf({
      kind: 'unit-timeline',
      data: 'noise',
      samples: 9,
      every: 1,
      coverage: { checked: 0, watched: 0, deaths: 0, exact: 0 },
      steps: [0, 1, 2],
      notFinite: null,
      layers: [
        {
          name: 'relu1',
          units: 3,
          hasZeroRegion: true,
          bytesPerCheck: 1,
          dead: bits((check, unit) => rows[unit][check]),
          alwaysOn: new Uint8Array(3),
          counts,
          bornDead: [0],
          died: [2],
          revived: [],
          deaths: [],
          revivals: [],
          predicted: null,
        },
      ],
    });
    const names = ['alive', 'born dead', 'died', 'revived', 'always on'];
    expect((traces[0]['z'] as number[][]).map((row) => row.map((state) => names[state]))).toEqual([
      ['born dead', 'born dead', 'born dead'],
      ['alive', 'died', 'revived'],
      ['alive', 'alive', 'died'],
    ]);
  });

  it('draws polygons that fill the window, and gives neighbouring regions different colours', () => {
    const result = linearRegionsOnPlane(network, plane);
    const { data: traces } = figureOf(result);
    const area = (traces as unknown as { x: (number | null)[]; y: number[] }[]).reduce(
      (sum, { x, y }) => sum + signedArea(x, y),
      0,
    );
    expect(Math.abs(area)).toBeCloseTo(36, 9);
  });

  it('shows all layers of a folding first, and each alone by a slider', () => {
    const { data: traces, layout } = figureOf(
      foldMap(paperFoldingNetwork({ folds: 2 }), { uRange: [0, 1], vRange: [0, 1] }, { layers: ['fold1', 'fold2'] }),
    );
    const [{ steps }] = layout['sliders'] as { steps: { label: string; args: Record<string, unknown>[] }[] }[];
    expect(steps.map(({ label }) => label)).toEqual(['all layers', 'fold1', 'fold2']);
    const drawn = traces.filter(({ fill }) => fill === 'toself');
    expect(steps.map(({ args: [{ visible }] }) => (visible as boolean[]).slice(0, drawn.length))).toEqual([
      [true, true, true, true],
      [true, true, false, false],
      [false, false, true, true],
    ]);
    expect(steps[2].args[1]).toMatchObject({ 'xaxis.visible': false, 'xaxis3.visible': true });
    // Four quarters of the unit square, and sixteen of their quarters, all land on the whole square.
    // None of them, turned over or not, is taken off another.
    const areas = drawn.map(({ x, y }) => signedArea(x as (number | null)[], y as number[]));
    [1, 4, 1, 16].forEach((expected, i) => expect(areas[i]).toBeCloseTo(expected, 9));
    expect(figureOf(foldMap(network, plane, { layers: ['relu1'] })).layout).not.toHaveProperty('sliders');
  });

  it('draws a line behind one unit as the graph of a function', () => {
    const [trace] = figureOf(foldMap(tentMapNetwork({ folds: 1 }), { from: 0, to: 1 }, { layers: ['dense2'] })).data;
    expect(trace).toMatchObject({ fill: 'none', x: [0, 0.5, 0, null, 0.5, 1, 0.5], y: [0, 1, 0, null, 1, 0, 1] });
  });

  it('holds regions under noise against those without noise, and by depth against theory', () => {
    const noise = results.find(({ kind }) => kind === 'regions-under-noise') ?? results[0];
    const figure = figureOf(noise);
    expect(figure.data.at(-1)).toMatchObject({ name: 'without noise', y: [8, 8], line: { dash: 'dot' } });
    expect(figure.table[0]).toMatchObject({ level: 0, median: 8, shareKept: 1, clean: 8 });
    const depth = figureOf(regionsByDepth({ window: 'line', neurons: [12], layers: [1, 2], seeds: [1, 2, 3] }));
    const expected = [1, 2].map((layers) => {
      const of = (layer: number): number => (2 / Math.PI) * Math.atan((2 * Math.SQRT2) / (0.5 * Math.sqrt(layer)));
      return layers === 1 ? 1 + 12 * of(1) : 1 + 6 * (of(1) + of(2));
    });
    const { y } = depth.data.at(-1) as unknown as { y: number[] };
    expected.forEach((value, i) => expect(y[i]).toBeCloseTo(value, 9));
  });

  it('names the kinds that it knows for any other value', () => {
    for (const [value, message] of [
      [{ kind: 'sparsty' }, "the kind 'sparsty' (did you mean 'sparsity'?); there are figures for activation-cost"],
      [{}, 'a value without a kind'],
      [null, 'a value without a kind'],
    ] as const) {
      expect(() => figureOf(value as never)).toThrow(ParameterError);
      expect(() => figureOf(value as never)).toThrow(message);
    }
  });
});
