import {
  type Activation,
  DataError,
  ParameterError,
  ShapeError,
  abs,
  hardSigmoid,
  leakyRelu,
  maxout,
  prelu,
  random,
  relu,
  relu6,
  tanh,
} from '@relu-lab/core';
import { type Network, mlp } from '@relu-lab/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperFoldingNetwork } from './folding-networks.ts';
import { linearRegionsOnLine } from './line.ts';
import { type LinearRegionsOnPlane, linearRegionsOnPlane } from './plane.ts';

/** A network with normal weights and biases in all layers, in float64. */
function randomNetwork(
  activation: Activation,
  hidden: readonly number[],
  seed: number,
  inputs = 2,
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

/** The cell in which a point lies. */
function cellAt({ polygons, cells }: LinearRegionsOnPlane, a: number, b: number): number {
  const { offsets, vertices } = polygons;
  for (let cell = 0; cell < cells; cell++) {
    let inside = true;
    for (let k = offsets[cell]; k < offsets[cell + 1] && inside; k++) {
      const next = k + 1 === offsets[cell + 1] ? offsets[cell] : k + 1;
      const [x, y] = [vertices[2 * k], vertices[2 * k + 1]];
      inside = (vertices[2 * next] - x) * (b - y) - (a - x) * (vertices[2 * next + 1] - y) >= -1e-12;
    }
    if (inside) return cell;
  }
  return -1;
}

function outputAt({ maps, outputs }: LinearRegionsOnPlane, cell: number, a: number, b: number, output: number): number {
  const at = 3 * (cell * outputs + output);
  return maps[at] + maps[at + 1] * a + maps[at + 2] * b;
}

/** The pieces of all units at a point of the input space, from the network's own pass. */
function patternAt(network: Network, input: Float64Array): readonly number[] {
  network.forward(input);
  return network.layers
    .filter(({ role }) => role === 'activation')
    .flatMap(({ name, activation }) => {
      const z = Array.from(network.preActivation(name));
      if (activation?.kind !== 'maxout') return z.map((value) => Number(value > 0));
      const { pieces } = activation;
      return Array.from({ length: z.length / pieces }, (_, unit) =>
        activation.winner(z.slice(unit * pieces, (unit + 1) * pieces)),
      );
    });
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

describe('linearRegionsOnPlane', () => {
  it('counts 1 + n + C(n, 2) regions of one hidden layer when all crossings lie in the window', () => {
    for (const [n, seed] of [
      [1, 0],
      [2, 1],
      [3, 2],
      [7, 3],
      [16, 4],
      [30, 5],
    ]) {
      const network = randomNetwork(relu, [n], seed);
      const { arena } = network;
      const { offset } = network.parameter('dense1.weight');
      const bias = network.parameter('dense1.bias').offset;
      const [w, b] = [
        Array.from(arena.values.subarray(offset, offset + 2 * n)),
        Array.from(arena.values.subarray(bias, bias + n)),
      ];
      let reach = 1;
      for (let i = 0; i < n; i++) {
        // Each line itself comes near enough, and so do its crossings with the others.
        reach = Math.max(reach, Math.abs(b[i]) / Math.hypot(w[2 * i], w[2 * i + 1]));
        for (let j = 0; j < i; j++) {
          const determinant = w[2 * i] * w[2 * j + 1] - w[2 * i + 1] * w[2 * j];
          reach = Math.max(reach, Math.abs((b[j] * w[2 * i + 1] - b[i] * w[2 * j + 1]) / determinant));
          reach = Math.max(reach, Math.abs((b[i] * w[2 * j] - b[j] * w[2 * i]) / determinant));
        }
      }
      const range = [-1.1 * reach, 1.1 * reach] as const;
      const found = linearRegionsOnPlane(network, { uRange: range, vRange: range });
      const wanted = 1 + n + (n * (n - 1)) / 2;
      expect([found.count, found.cells, found.predicted.generalPosition, found.predicted.upperBound]).toEqual([
        wanted,
        wanted,
        wanted,
        wanted,
      ]);
    }
  });

  it('folds the unit square into 4^k regions of equal size', () => {
    for (const folds of [1, 2, 5]) {
      const found = linearRegionsOnPlane(paperFoldingNetwork({ folds }), { uRange: [0, 1], vRange: [0, 1] });
      expect([found.count, found.cells]).toEqual([4 ** folds, 4 ** folds]);
      expect(found.layers.map(({ cells }) => cells)).toEqual(Array.from({ length: folds }, (_, i) => 4 ** (i + 1)));
      expect(found.areas.every((area) => Math.abs(area * 4 ** folds - 1) < 1e-9)).toBe(true);
      expect(found.predicted.upperBound).toBeGreaterThanOrEqual(found.count);
    }
  });

  it('covers the window exactly once, and equals the network, whatever the network', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Activation>(
          relu,
          leakyRelu({ alpha: 0.2 }),
          abs,
          prelu(),
          relu6,
          hardSigmoid,
          maxout({ pieces: 3 }),
        ),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
        fc.integer({ min: 2, max: 4 }),
        fc.nat(1e6),
        fc.constantFrom(0, 0.5),
        (activation, hidden, inputs, seed, bias) => {
          const network = randomNetwork(activation, hidden, seed, inputs, bias);
          const stream = random(seed).stream('plane');
          const [origin, u, v] = Array.from({ length: 3 }, () => Array.from({ length: inputs }, () => stream.normal()));
          const found = linearRegionsOnPlane(network, { origin, u, v, uRange: [-2, 3], vRange: [-3, 1] });
          expect(Math.abs(sum(found.areas) - 20)).toBeLessThan(1e-8);
          expect(found.areas.every((area) => area > 0)).toBe(true);
          expect(found.count).toBeLessThanOrEqual(found.cells);
          expect(found.cells).toBeLessThanOrEqual(found.predicted.upperBound);
          expect(new Set(found.region).size).toBe(found.count);
          const scale = 1 + Math.max(...found.maps.map(Math.abs));
          for (let i = 0; i < 12; i++) {
            const [a, b] = [stream.uniform(-2, 3), stream.uniform(-3, 1)];
            const cell = cellAt(found, a, b);
            expect(cell).toBeGreaterThanOrEqual(0);
            // In float64, but handed out in float32.
            const out = network.predict(Float64Array.from(origin, (x, k) => x + a * u[k] + b * v[k]));
            for (const k of [0, 1])
              expect(Math.abs(outputAt(found, cell, a, b, k) - out[k])).toBeLessThan(1e-6 * scale);
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('stays exact where lines coincide, meet in one point or touch corners: weights that are small whole numbers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Activation>(relu, abs, relu6, maxout({ pieces: 3 })),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
        fc.nat(1e6),
        (activation, hidden, seed) => {
          const network = mlp({
            inputs: 2,
            hidden,
            outputs: 2,
            activation,
            backend: 'reference',
            precision: 'float64',
          });
          for (const { name, length } of network.parameters) {
            const stream = random(seed).stream(name);
            network.setParameter(
              name,
              Array.from({ length }, () => stream.integer(5) - 2),
            );
          }
          const found = linearRegionsOnPlane(network, { uRange: [-3, 3], vRange: [-3, 3], patterns: true });
          expect(Math.abs(sum(found.areas) - 36)).toBeLessThan(1e-9);
          // All corners have coordinates that are quotients of small numbers: no cell is smaller than that allows.
          expect(Math.min(...found.areas)).toBeGreaterThan(1e-7);
          const units = (found.patterns?.length ?? 0) / found.cells;
          const patterns = new Set(
            Array.from({ length: found.cells }, (_, cell) =>
              String(found.patterns?.slice(cell * units, (cell + 1) * units)),
            ),
          );
          expect(patterns.size).toBe(found.cells);
          const stream = random(seed).stream('points');
          for (let i = 0; i < 6; i++) {
            const [a, b] = [stream.uniform(-3, 3), stream.uniform(-3, 3)];
            const cell = cellAt(found, a, b);
            const out = network.predict(Float64Array.of(a, b));
            for (const k of [0, 1])
              expect(Math.abs(outputAt(found, cell, a, b, k) - out[k])).toBeLessThan(1e-6 * (1 + Math.abs(out[k])));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives each point of the window the pattern that the network has there', () => {
    for (const activation of [relu, maxout({ pieces: 3 })]) {
      const network = randomNetwork(activation, [8, 8], 5);
      const found = linearRegionsOnPlane(network, { uRange: [-2, 2], vRange: [-2, 2], patterns: true });
      const units = found.layers.reduce((total, layer) => total + layer.units, 0);
      const patterns = Array.from({ length: found.cells }, (_, cell) =>
        Array.from(found.patterns?.subarray(cell * units, (cell + 1) * units) ?? []),
      );
      expect(new Set(patterns.map(String)).size).toBe(found.cells);
      const stream = random(1);
      for (let i = 0; i < 3000; i++) {
        const [a, b] = [stream.uniform(-2, 2), stream.uniform(-2, 2)];
        expect(patternAt(network, Float64Array.of(a, b))).toEqual(patterns[cellAt(found, a, b)]);
      }
    }
  });

  it('meets as many cells along a segment as the line does', () => {
    const network = randomNetwork(relu, [10, 10, 10], 8);
    const found = linearRegionsOnPlane(network, { uRange: [-2, 2], vRange: [-2, 2] });
    for (const [from, to] of [
      [
        [-1.9, -1.7],
        [1.8, 1.2],
      ],
      [
        [-1.3, 1.9],
        [1.7, -0.4],
      ],
    ] as const) {
      const line = linearRegionsOnLine(network, { from, to });
      const crossed = new Set(
        Array.from(line.boundaries.subarray(1), (end, i) => {
          const t = (line.boundaries[i] + end) / 2;
          return cellAt(found, from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]));
        }),
      );
      expect(crossed.size).toBe(line.cells);
      expect(new Set([...crossed].map((cell) => found.region[cell])).size).toBeLessThanOrEqual(line.count);
    }
  });

  it('finds sectors around 0 for zero biases: as many as the border of the window has', () => {
    const network = randomNetwork(relu, [9, 9, 9], 21, 2, 0);
    const found = linearRegionsOnPlane(network, {});
    const corners = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
      [-1, -1],
    ];
    const around = corners.slice(1).map((to, i) => linearRegionsOnLine(network, { from: corners[i], to }));
    // Corners lie inside a sector: every boundary is met on a side.
    expect(found.cells).toBe(sum(around.map(({ cells }) => cells - 1)));
  });

  it('draws the Voronoi cells of k sites for maxout of the planes 2 p·x − |p|²', () => {
    const sites = Array.from({ length: 9 }, (_, i) => [
      random(4).stream(`x${i}`).uniform(-1, 1),
      random(4).stream(`y${i}`).uniform(-1, 1),
    ]);
    const network = mlp({
      inputs: 2,
      hidden: [1],
      outputs: 1,
      activation: maxout({ pieces: 9 }),
      backend: 'reference',
      precision: 'float64',
    });
    network.setParameter(
      'dense1.weight',
      sites.flatMap(([x, y]) => [2 * x, 2 * y]),
    );
    network.setParameter(
      'dense1.bias',
      sites.map(([x, y]) => -(x * x) - y * y),
    );
    network.setParameter('dense2.weight', [1]);
    const found = linearRegionsOnPlane(network, { patterns: true });
    expect([found.count, found.cells]).toEqual([9, 9]);
    const stream = random(9);
    for (let i = 0; i < 1000; i++) {
      const [a, b] = [stream.uniform(-1, 1), stream.uniform(-1, 1)];
      const distances = sites.map(([x, y]) => (x - a) ** 2 + (y - b) ** 2);
      expect(found.patterns?.[cellAt(found, a, b)]).toBe(distances.indexOf(Math.min(...distances)));
    }
  });

  it('counts sets that are connected: the flat sides of a hat are two regions with one map', () => {
    const network = mlp({ inputs: 2, hidden: [3], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1, 0, 1, 0, 1, 0]);
    network.setParameter('dense1.bias', [0.5, 0, -0.5]);
    network.setParameter('dense2.weight', [1, -2, 1]);
    const found = linearRegionsOnPlane(network, {});
    expect([found.count, found.cells]).toEqual([4, 4]);
    const flat = [cellAt(found, -0.9, 0), cellAt(found, 0.9, 0)];
    expect(flat.map((cell) => outputAt(found, cell, 0.3, 0.3, 0))).toEqual([0, 0]);
    expect(found.region[flat[0]]).not.toBe(found.region[flat[1]]);
  });

  it('joins cells whose crossing a later layer masks', () => {
    const network = randomNetwork(relu, [6, 4], 2);
    network.setParameter('dense2.bias', [-1e3, -1e3, -1e3, -1e3]);
    const found = linearRegionsOnPlane(network, {});
    expect(found.cells).toBeGreaterThan(10);
    expect(found.count).toBe(1);
    // The cells of the first layer, joined where the output does not see them: a unit without weight onwards.
    const seen = randomNetwork(relu, [6], 2);
    seen.setParameter('dense2.weight', [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
    const partly = linearRegionsOnPlane(seen, { uRange: [-9, 9], vRange: [-9, 9] });
    const kept = mlp({
      inputs: 2,
      hidden: [3],
      outputs: 1,
      activation: relu,
      backend: 'reference',
      precision: 'float64',
    });
    const row = (name: string, from: number, length: number): Float64Array => {
      const { offset } = seen.parameter(name);
      return Float64Array.from(seen.arena.values.subarray(offset + from, offset + from + length));
    };
    kept.setParameter(
      'dense1.weight',
      [0, 1, 3].flatMap((unit) => [...row('dense1.weight', 2 * unit, 2)]),
    );
    kept.setParameter(
      'dense1.bias',
      [0, 1, 3].map((unit) => row('dense1.bias', unit, 1)[0]),
    );
    kept.setParameter('dense2.weight', [1, 1, 1]);
    const alone = linearRegionsOnPlane(kept, { uRange: [-9, 9], vRange: [-9, 9] });
    expect(partly.cells).toBeGreaterThan(alone.cells);
    expect(partly.count).toBe(alone.count);
  });

  it('counts the same in other coordinates of the same window', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const network = randomNetwork(relu, [6, 6], seed, 3);
        const stream = random(seed).stream('plane');
        const [origin, u, v] = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => stream.normal()));
        const { count, cells } = linearRegionsOnPlane(network, { origin, u, v, uRange: [-2, 2], vRange: [-1, 3] });
        const swapped = linearRegionsOnPlane(network, { origin, u: v, v: u, uRange: [-1, 3], vRange: [-2, 2] });
        // The corner as origin, u doubled and v backwards.
        const moved = linearRegionsOnPlane(network, {
          origin: origin.map((x, i) => x - 2 * u[i] + 3 * v[i]),
          u: u.map((x) => 2 * x),
          v: v.map((x) => -x),
          uRange: [0, 2],
          vRange: [0, 4],
        });
        expect([swapped.count, swapped.cells, moved.count, moved.cells]).toEqual([count, cells, count, cells]);
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of the units', () => {
    const network = randomNetwork(relu, [7, 7], 13);
    const before = linearRegionsOnPlane(network, {});
    const order = [3, 1, 6, 0, 5, 2, 4];
    const rows = (name: string, width: number): number[][] => {
      const { offset, length } = network.parameter(name);
      const values = Array.from(network.arena.values.subarray(offset, offset + length));
      return Array.from({ length: length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
    };
    const [first, biases, second] = [rows('dense1.weight', 2), rows('dense1.bias', 1), rows('dense2.weight', 7)];
    network.setParameter(
      'dense1.weight',
      order.flatMap((unit) => first[unit]),
    );
    network.setParameter(
      'dense1.bias',
      order.flatMap((unit) => biases[unit]),
    );
    network.setParameter(
      'dense2.weight',
      second.flatMap((row) => order.map((unit) => row[unit])),
    );
    const after = linearRegionsOnPlane(network, {});
    expect([after.count, after.cells]).toEqual([before.count, before.cells]);
    expect([...after.areas].sort()).toEqual([...before.areas].sort().map((area) => expect.closeTo(area, 10)));
  });

  it('says what is wrong with a plane, a network or an option', () => {
    const network = randomNetwork(relu, [4], 0, 3);
    const attempt = (options: Parameters<typeof linearRegionsOnPlane>[1]) => (): unknown =>
      linearRegionsOnPlane(network, options);
    expect(attempt({ u: [1, 0] })).toThrow(ShapeError);
    expect(attempt({ u: [1, 2, 3], v: [-2, -4, -6] })).toThrow('must span a plane');
    expect(attempt({ uRange: [1, 1] })).toThrow(ParameterError);
    expect(attempt({ vRange: [0, Infinity] })).toThrow('vRange');
    expect(attempt({ maxCells: 1.5 })).toThrow('maxCells');
    expect(attempt({ uRange: [-90, 90], vRange: [-90, 90], maxCells: 3 })).toThrow(
      'more than 3 cells here; look at a smaller window',
    );
    expect(() => linearRegionsOnPlane(randomNetwork(relu, [3], 0, 1), {})).toThrow('take a line');
    expect(() => linearRegionsOnPlane(randomNetwork(tanh, [3], 0), {})).toThrow(
      "'tanh1' is no piecewise-linear activation",
    );
    network.setParameter('dense2.weight', new Float64Array(8).fill(NaN));
    expect(attempt({})).toThrow(DataError);
  });
});
