import {
  type Activation,
  ParameterError,
  ShapeError,
  DataError,
  abs,
  defineActivation,
  gelu,
  hardSigmoid,
  hardSwish,
  identity,
  initializer,
  leakyRelu,
  maxout,
  prelu,
  random,
  relu,
  relu6,
  rrelu,
} from '@relu-lab/core';
import {
  type LayerDefinition,
  Network,
  activate,
  add,
  batchNorm,
  dense,
  dropout,
  flatten,
  layerNorm,
  mlp,
} from '@relu-lab/nn';
import { expectedCrossings, maxLinearRegions } from '@relu-lab/theory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tentMapNetwork } from './folding-networks.ts';
import { type LinearRegionsOnLine, linearRegionsOnLine } from './line.ts';

/** One hidden layer with weights and biases as given, and output weights 1, 2, 3, … */
function oneLayer(
  activation: Activation,
  weights: readonly number[],
  biases: readonly number[],
  units = weights.length,
): Network {
  const network = mlp({ inputs: 1, hidden: [units], outputs: 1, activation });
  network.setParameter('dense1.weight', weights);
  network.setParameter('dense1.bias', biases);
  network.setParameter(
    'dense2.weight',
    Array.from({ length: units }, (_, unit) => unit + 1),
  );
  return network;
}

/** A network with normal weights and biases in all layers, in float64. */
function randomNetwork(
  activation: Activation,
  inputs: number,
  hidden: readonly number[],
  seed: number,
  bias = 0.5,
): Network {
  const network = mlp({ inputs, hidden, outputs: 2, activation, seed, backend: 'reference', precision: 'float64' });
  for (const { name, length, role } of network.parameters) {
    if (role !== 'bias') continue;
    const values = new Float64Array(length);
    random(seed).stream(name).fillNormal(values, 0, bias);
    network.setParameter(name, values);
  }
  return network;
}

/** The function that a result claims the network to be. */
function valueAt({ pieces, outputs }: LinearRegionsOnLine, t: number, output: number): number {
  let piece = 0;
  while (piece + 2 < pieces.starts.length && pieces.starts[piece + 1] <= t) piece++;
  const at = piece * outputs + output;
  return pieces.values[at] + pieces.slopes[at] * (t - pieces.starts[piece]);
}

describe('linearRegionsOnLine', () => {
  it('finds the knots −b/w of one hidden layer, and the slopes between them', () => {
    const network = oneLayer(relu, [1, -2, 4], [-0.5, 0.5, -3]);
    const found = linearRegionsOnLine(network, { from: -1, to: 1 });
    expect(found.kind).toBe('linear-regions-on-line');
    expect(found.count).toBe(4);
    expect(found.cells).toBe(4);
    expect(found.crossings).toEqual([3]);
    expect(Array.from(found.knots.position, (t) => 2 * t - 1)).toEqual([0.25, 0.5, 0.75]);
    expect(Array.from(found.knots.unit)).toEqual([1, 0, 2]);
    // Output is relu(x − 0.5) + 2 relu(0.5 − 2x) + 3 relu(4x − 3); slopes a whole line of length 2.
    expect(Array.from(found.pieces.slopes)).toEqual([-8, 0, 2, 26]);
    expect(Array.from(found.pieces.values)).toEqual([5, 0, 0, 0.25]);
    expect(found.predicted).toEqual({ upperBound: 4, montufarLowerBound: 4, generalPosition: 4 });
  });

  it('counts 2^k pieces of slope ±2^k of the tent map, from 2k units', () => {
    for (const folds of [1, 2, 3, 8, 13]) {
      const network = tentMapNetwork({ folds });
      const { count, cells, pieces, predicted } = linearRegionsOnLine(network, { from: 0, to: 1 });
      expect(
        network.layers.filter(({ role }) => role === 'activation').reduce((sum, { outputs }) => sum + outputs, 0),
      ).toBe(2 * folds);
      expect([count, cells]).toEqual([2 ** folds, 2 ** folds]);
      expect(Array.from(pieces.starts)).toEqual(Array.from({ length: 2 ** folds + 1 }, (_, i) => i / 2 ** folds));
      expect(pieces.slopes.every((slope, i) => slope === (i % 2 === 0 ? 1 : -1) * 2 ** folds)).toBe(true);
      expect(predicted.upperBound).toBeGreaterThanOrEqual(count);
    }
  });

  it('doubles the pieces with each layer of one abs unit', () => {
    const folds = 6;
    const layers = Array.from({ length: folds }, () => [dense({ units: 1 }), activate(abs)]).flat();
    const network = new Network({ inputs: 1, layers });
    for (let i = 1; i <= folds; i++) {
      // |2x − 1| folds [0, 1] onto itself.
      network.setParameter(`dense${i}.weight`, [2]);
      network.setParameter(`dense${i}.bias`, [-1]);
    }
    const found = linearRegionsOnLine(network, { from: 0, to: 1 });
    expect(found.count).toBe(64);
    expect(found.crossings).toEqual([1, 2, 4, 8, 16, 32]);
    expect(found.predicted).toEqual({ upperBound: 64, montufarLowerBound: null, generalPosition: null });
  });

  it('has two regions on a line through 0 when all biases are zero, however deep', () => {
    const network = mlp({ inputs: 5, hidden: [20, 20, 20, 20], outputs: 3, activation: relu, seed: 3 });
    const direction = [0.3, -1.7, 0.2, 0.9, 0.1];
    const found = linearRegionsOnLine(network, { from: direction.map((x) => -x), to: direction });
    expect([found.count, found.cells]).toEqual([2, 2]);
    expect(found.boundaries[1]).toBeCloseTo(0.5, 12);
  });

  it('merges the knots of duplicated units and skips dead ones', () => {
    const network = oneLayer(relu, [1, 1, 2, 0, -1], [-0.25, -0.25, -0.5, -1, -3]);
    const found = linearRegionsOnLine(network, { from: -1, to: 1 });
    expect([found.count, found.cells]).toEqual([2, 2]);
    expect(found.crossings).toEqual([3]);
    expect(Array.from(found.knots.unit)).toEqual([0, 1, 2]);
  });

  it('takes a crossing that a later layer masks as a boundary of cells, but as no kink', () => {
    const network = mlp({ inputs: 1, hidden: [2, 1], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1, 1]);
    network.setParameter('dense1.bias', [0.5, -0.5]);
    // The second unit's weight is 0, and above x = 0 the only unit of the second layer is off.
    network.setParameter('dense2.weight', [-1, 0]);
    network.setParameter('dense2.bias', [0.5]);
    network.setParameter('dense3.weight', [1]);
    const found = linearRegionsOnLine(network, { from: -1, to: 1 });
    expect(found.cells).toBe(4);
    expect(found.count).toBe(3);
    expect(found.knots).toEqual({
      position: Float64Array.of(0.25, 0.5, 0.75),
      layer: Int32Array.of(0, 1, 0),
      unit: Int32Array.of(0, 0, 1),
      isKink: Uint8Array.of(1, 1, 0),
    });
  });

  it('sees no kink where two units cancel', () => {
    const network = oneLayer(relu, [3, 3], [-0.1, -0.1]);
    network.setParameter('dense2.weight', [0.7, -0.7]);
    expect(linearRegionsOnLine(network, { from: -1, to: 1 })).toMatchObject({ count: 1, cells: 2 });
  });

  it('takes the upper envelope of maxout: of the lines −2x − 1, 0 and x only those that win', () => {
    const network = oneLayer(maxout({ pieces: 4 }), [-2, 0, 1, 0.1], [-1, 0, 0, -5], 1);
    const { pieces, predicted } = linearRegionsOnLine(network, { from: -2, to: 2 });
    expect(Array.from(pieces.slopes, (slope) => slope / 4)).toEqual([-2, 0, 1]);
    expect(pieces.starts[1] * 4 - 2).toBeCloseTo(-0.5, 14);
    expect(pieces.starts[2] * 4 - 2).toBeCloseTo(0, 14);
    expect(predicted.upperBound).toBe(4);
  });

  it('lets the first of equal maxout pieces win, as the network does', () => {
    const network = oneLayer(maxout({ pieces: 3 }), [1, 1, -1], [0, 0, 0], 1);
    const found = linearRegionsOnLine(network, { from: -1, to: 1 });
    expect([found.count, found.cells, found.crossings]).toEqual([2, 2, [1]]);
  });

  it.each<[string, Activation, number, readonly number[]]>([
    ['leaky-relu', leakyRelu({ alpha: 0.25 }), 0, [0.25, 1]],
    ['rrelu', rrelu({ lower: 0.25, upper: 0.75 }), 0, [0.5, 1]],
    ['prelu', prelu({ alpha: 0.5 }), 0, [0.5, 1]],
    ['abs', abs, 0, [-1, 1]],
    ['relu6', relu6, 3, [0, 1, 0]],
    ['hard-sigmoid', hardSigmoid, 0, [0, 1 / 6, 0]],
    ['identity', identity, 0, [1]],
    ['prelu of slope 1', prelu({ alpha: 1 }), 0, [1]],
    [
      'one of one’s own',
      defineActivation({
        name: 'step up',
        kinks: [-1, 1],
        value: (x) => x + Math.max(0, x - 1) - Math.min(0, x + 1),
        derivative: (x) => (x > 1 ? 2 : x < -1 ? 0 : x === x ? 1 : NaN),
      }),
      0,
      [0, 1, 2],
    ],
  ])('knows the pieces of %s', (_, phi, centre, slopes) => {
    const found = linearRegionsOnLine(oneLayer(phi, [1], [0]), { from: centre - 8, to: centre + 8 });
    expect(Array.from(found.pieces.slopes, (slope) => slope / 16)).toEqual(
      slopes.map((slope) => expect.closeTo(slope, 14)),
    );
  });

  it.each([
    ['gelu', gelu, 'gelu1'],
    ['hard-swish', hardSwish, 'hard-swish1'],
  ] as const)('refuses %s by name', (_, phi, name) => {
    const network = mlp({ inputs: 1, hidden: [2], outputs: 1, activation: phi });
    const attempt = (): unknown => linearRegionsOnLine(network, { from: 0, to: 1 });
    expect(attempt).toThrow(ParameterError);
    expect(attempt).toThrow(`'${name}' is no piecewise-linear activation`);
    expect(attempt).toThrow('relu');
  });

  it('equals the network at every point, for every kind of layer', () => {
    const phi = [relu, leakyRelu({ alpha: 0.2 }), abs, prelu(), relu6, hardSigmoid, maxout({ pieces: 3 })];
    fc.assert(
      fc.property(
        fc.constantFrom(...phi),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
        fc.nat(1e6),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }),
        (activation, inputs, hidden, seed, ts) => {
          const network = randomNetwork(activation, inputs, hidden, seed);
          const stream = random(seed).stream('ends');
          const from = Array.from({ length: inputs }, () => stream.normal());
          const to = Array.from({ length: inputs }, () => stream.normal());
          const found = linearRegionsOnLine(network, { from, to });
          expect(found.count).toBeLessThanOrEqual(found.cells);
          expect(found.count).toBeLessThanOrEqual(found.predicted.upperBound);
          for (const t of ts) {
            // In float64, but handed out in float32.
            const out = network.predict(Float64Array.from(from, (x, i) => x + t * (to[i] - x)));
            const scale = 1 + Math.max(...found.pieces.values.map(Math.abs));
            for (const k of [0, 1]) expect(Math.abs(valueAt(found, t, k) - out[k])).toBeLessThan(1e-6 * scale);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('goes through residual sums, frozen batch norm, dropout and flatten', () => {
    const layers: readonly LayerDefinition[] = [
      dense({ units: 4, name: 'stem', bias: 0.3 }),
      batchNorm(),
      activate(relu),
      flatten(),
      dropout({ rate: 0.3 }),
      dense({ units: 4, name: 'branch', bias: -0.1 }),
      add({ from: ['branch', 'stem'] }),
      activate(prelu()),
      dense({ units: 1 }),
    ];
    const network = new Network({ inputs: 2, layers, seed: 5 });
    // Statistics of some batch, so that batch norm has something to do.
    const batch = new Float32Array(40);
    random(1).fillNormal(batch, 1, 3);
    for (let pass = 0; pass < 20; pass++) network.forward(batch, { mode: 'training' });
    const from = [-3, 1];
    const to = [2, -2];
    const found = linearRegionsOnLine(network, { from, to });
    expect(found.layers.map(({ name, units }) => [name, units])).toEqual([
      ['relu1', 4],
      ['prelu1', 4],
    ]);
    expect(found.count).toBeGreaterThan(3);
    for (let i = 0; i <= 20; i++) {
      const out = network.predict(Float32Array.from(from, (x, k) => x + (i / 20) * (to[k] - x)));
      expect(valueAt(found, i / 20, 0)).toBeCloseTo(out[0], 5);
    }
  });

  it('meets no activation pattern in 8 000 samples that is not among the cells, and misses no wide cell', () => {
    for (const activation of [relu, maxout({ pieces: 2 })]) {
      const network = randomNetwork(activation, 1, [12, 12, 12], 11);
      const found = linearRegionsOnLine(network, { from: -3, to: 3 });
      const samples = Float64Array.from({ length: 8_000 }, (_, i) => (i + 0.5) / 8_000);
      const patterns = samplePatterns(
        network,
        samples.map((t) => 6 * t - 3),
      );
      const cellOf = Array.from(samples, (t) => found.boundaries.filter((start) => start <= t).length - 1);
      const patternOfCell = new Map<number, string>();
      patterns.forEach((pattern, i) => {
        const known = patternOfCell.get(cellOf[i]) ?? pattern;
        expect(pattern).toBe(known);
        patternOfCell.set(cellOf[i], pattern);
      });
      expect(new Set(patternOfCell.values()).size).toBe(patternOfCell.size);
      const wide = Array.from(found.boundaries.subarray(1)).filter((end, i) => end - found.boundaries[i] > 1e-4);
      expect(patternOfCell.size).toBeGreaterThanOrEqual(wide.length);
    }
  });

  it('counts the same for units in another order and a line run backwards', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const network = randomNetwork(relu, 2, [8, 8], seed);
        const { count, cells, crossings } = linearRegionsOnLine(network, { from: [-2, 1], to: [3, 0] });
        const backwards = linearRegionsOnLine(network, { from: [3, 0], to: [-2, 1] });
        expect(backwards).toMatchObject({ count, cells, crossings });
        reverseFirstLayer(network);
        expect(linearRegionsOnLine(network, { from: [-2, 1], to: [3, 0] })).toMatchObject({ count, cells, crossings });
      }),
      { numRuns: 40 },
    );
  });

  it('crosses as often as theory expects, within four standard errors over 60 networks', () => {
    const initialization = { weightVariance: 2, biasDeviation: 0.4 };
    const width = 60;
    const sums = [0, 0, 0].map(() => [] as number[]);
    let expected: readonly (number | null)[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const network = mlp({
        inputs: 1,
        hidden: [width, width, width],
        outputs: 1,
        activation: relu,
        weights: initializer('he-normal'),
        seed,
      });
      for (let layer = 1; layer <= 3; layer++) {
        const biases = new Float32Array(width);
        random(seed).stream(`bias ${layer}`).fillNormal(biases, 0, initialization.biasDeviation);
        network.setParameter(`dense${layer}.bias`, biases);
      }
      const found = linearRegionsOnLine(network, { from: -1.5, to: 1.5, initialization });
      found.layers.forEach(({ crossingsPerUnit }, i) => sums[i].push(crossingsPerUnit));
      expected = found.layers.map(({ expectedPerUnit }) => expectedPerUnit);
    }
    sums.forEach((values, i) => {
      const theory = expectedCrossings({ layer: i + 1, halfWidth: 1.5, ...initialization });
      expect(expected[i]).toBeCloseTo(theory, 12);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
      expect(Math.abs(mean - theory)).toBeLessThan((4 * deviation) / Math.sqrt(values.length));
    });
  });

  it('expects the measured crossings on a segment beside the origin of three inputs', () => {
    const initialization = { weightVariance: 2, biasDeviation: 0.3 };
    const [from, to] = [
      [-1, 0.5, 2],
      [2, 0.5, 1],
    ];
    const width = 200;
    const values: number[] = [];
    let expected = NaN;
    for (let seed = 0; seed < 60; seed++) {
      const network = mlp({
        inputs: 3,
        hidden: [width],
        outputs: 1,
        activation: relu,
        weights: initializer('he-normal'),
        seed,
      });
      const biases = new Float32Array(width);
      random(seed).stream('bias').fillNormal(biases, 0, initialization.biasDeviation);
      network.setParameter('dense1.bias', biases);
      const { layers } = linearRegionsOnLine(network, { from, to, initialization });
      values.push(layers[0].crossingsPerUnit);
      expected = layers[0].expectedPerUnit ?? NaN;
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // A unit crosses at most once in the first layer: the count is binomial.
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / (width * 60)));
  });

  it('carries the bounds of theory', () => {
    const network = randomNetwork(relu, 3, [5, 4], 0);
    const { predicted } = linearRegionsOnLine(network, { from: [0, 0, 0], to: [1, 1, 1] });
    expect(predicted).toEqual({ ...maxLinearRegions({ inputs: 1, widths: [5, 4] }), generalPosition: null });
  });

  it('says what is wrong with a line, a network or an option', () => {
    const network = randomNetwork(relu, 2, [4], 0);
    expect(() => linearRegionsOnLine(network, { from: 0, to: 1 })).toThrow(ShapeError);
    expect(() => linearRegionsOnLine(network, { from: [0, 1], to: [0, 1] })).toThrow('two different points');
    expect(() => linearRegionsOnLine(network, { from: [0, NaN], to: [0, 1] })).toThrow(ParameterError);
    expect(() => linearRegionsOnLine(network, { from: [0, 0], to: [0, 1], maxCells: 0 })).toThrow('maxCells');
    expect(() => linearRegionsOnLine(network, { from: [-9, 0], to: [9, 1], maxCells: 2 })).toThrow('more than 2 cells');
    const typo = { from: [0, 0], to: [0, 1], maxCell: 3 };
    expect(() => linearRegionsOnLine(network, typo)).toThrow("did you mean 'maxCells'");
    network.setParameter('dense1.bias', [0, 0, Infinity, 0]);
    expect(() => linearRegionsOnLine(network, { from: [0, 0], to: [0, 1] })).toThrow(DataError);
    const huge = mlp({ inputs: 1, hidden: Array.from({ length: 12 }, () => 2), outputs: 1, activation: abs });
    for (const { name, length } of huge.parameters) huge.setParameter(name, new Float32Array(length).fill(1e38));
    expect(() => linearRegionsOnLine(huge, { from: 0, to: 1 })).toThrow('A value of the network is not finite');
    const normed = mlp({ inputs: 1, hidden: [2], outputs: 1, activation: relu, normalization: 'layer' });
    expect(() => linearRegionsOnLine(normed, { from: 0, to: 1 })).toThrow("'layer-norm1'");
    const renamed = new Network({ inputs: 1, layers: [dense({ units: 2 }), activate(gelu, { name: 'bend' })] });
    expect(() => linearRegionsOnLine(renamed, { from: 0, to: 1 })).toThrow("'bend' (gelu) is no piecewise-linear");
    const named = new Network({
      inputs: 1,
      layers: [dense({ units: 2 }), layerNorm({ name: 'norm' }), dense({ units: 1 })],
    });
    expect(() => linearRegionsOnLine(named, { from: 0, to: 1 })).toThrow("'norm'");
  });
});

/** Which units are on, or win, at each input: from the network's own passes. */
function samplePatterns(network: Network, inputs: Float64Array): readonly string[] {
  return Array.from(inputs, (x) => {
    network.forward(Float64Array.of(x));
    const layers = network.layers.filter(({ role }) => role === 'activation');
    return layers
      .map(({ name, activation }) => {
        const z = Array.from(network.preActivation(name));
        if (activation?.kind !== 'maxout') return z.map((value) => Number(value > 0)).join('');
        const { pieces } = activation;
        return Array.from(network.output(name), (_, unit) =>
          activation.winner(z.slice(unit * pieces, (unit + 1) * pieces)),
        ).join('');
      })
      .join(' ');
  });
}

/** Puts the units of the first hidden layer of a 2-8-8-2 network in reverse order. */
function reverseFirstLayer(network: Network): void {
  const rows = <Value>(values: ArrayLike<Value>, width: number): Value[][] =>
    Array.from({ length: values.length / width }, (_, row) => Array.from(values).slice(row * width, (row + 1) * width));
  const parameter = (name: string): Float64Array => {
    const { offset, length } = network.parameter(name);
    return Float64Array.from(network.arena.values.subarray(offset, offset + length));
  };
  network.setParameter('dense1.weight', rows(parameter('dense1.weight'), 2).reverse().flat());
  network.setParameter('dense1.bias', parameter('dense1.bias').reverse());
  network.setParameter(
    'dense2.weight',
    rows(parameter('dense2.weight'), 8)
      .map((row) => row.reverse())
      .flat(),
  );
}
