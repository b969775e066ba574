import { ParameterError, ShapeError, abs, random, relu, sigmoid } from '@relu-lab/core';
import { Network, activate, dense, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { type LayerFold, foldMap } from './fold-map.ts';
import { paperFoldingNetwork, tentMapNetwork } from './folding-networks.ts';
import { linearRegionsOnPlane } from './plane.ts';

const square = { uRange: [0, 1], vRange: [0, 1] } as const;

/** Area of each piece in a flat list of vertices. */
function areas(vertices: Float64Array, offsets: Int32Array): readonly number[] {
  return Array.from({ length: offsets.length - 1 }, (_, piece) => {
    let doubled = 0;
    for (let k = offsets[piece]; k < offsets[piece + 1]; k++) {
      const next = k + 1 === offsets[piece + 1] ? offsets[piece] : k + 1;
      doubled += vertices[2 * k] * vertices[2 * next + 1] - vertices[2 * next] * vertices[2 * k + 1];
    }
    return Math.abs(doubled) / 2;
  });
}

function absLayer(weights: readonly number[], biases: readonly number[]): Network {
  const layers = [dense({ units: biases.length }), activate(abs)];
  const network = new Network({ inputs: weights.length / biases.length, layers });
  network.setParameter('dense1.weight', weights);
  network.setParameter('dense1.bias', biases);
  return network;
}

describe('foldMap', () => {
  it('folds the unit square onto itself, four layers of paper a step', () => {
    const found = foldMap(paperFoldingNetwork({ folds: 3 }), square, { layers: ['fold1', 'fold2', 'fold3'] });
    expect(found.kind).toBe('fold-map');
    expect(found.input).toMatchObject({ kind: 'plane', ...square });
    expect(found.predicted.upperBound).toBeGreaterThanOrEqual(64);
    found.layers.forEach((layer, i) => {
      expect(layer.pieces).toBe(4 ** (i + 1));
      expect(layer.depth.every((depth) => depth === 4 ** (i + 1))).toBe(true);
      expect([layer.maxDepth, layer.meanDepth]).toEqual([4 ** (i + 1), expect.closeTo(4 ** (i + 1), 9)]);
      expect(layer.projection).toEqual({ kind: 'units', units: [0, 1] });
      // Each small square is unfolded to the whole one.
      expect(areas(layer.places, layer.offsets)).toEqual(
        areas(layer.images, layer.offsets).map(() => expect.closeTo(0.25 ** (i + 1), 12)),
      );
      expect(areas(layer.images, layer.offsets)).toEqual(Array.from(layer.depth, () => expect.closeTo(1, 9)));
    });
  });

  it('folds the unit interval 2^k times on itself', () => {
    const found = foldMap(tentMapNetwork({ folds: 4 }), { from: 0, to: 1 }, { layers: ['dense2', 'dense3', 'dense5'] });
    expect(found.input).toEqual({ kind: 'line', from: [0], to: [1] });
    expect(found.layers.map(({ maxDepth, meanDepth }) => [maxDepth, meanDepth])).toEqual([
      [2, 2],
      [4, 4],
      [16, 16],
    ]);
    expect(Array.from(found.layers[0].places)).toEqual([0, 0.5, 0.5, 1]);
    // 'dense2' holds the tent twice, less 1/2 in its second unit.
    expect(Array.from(found.layers[0].images)).toEqual([0, -0.5, 1, 0.5, 1, 0.5, 0, -0.5]);
    expect(found.layers[2].projection).toEqual({ kind: 'units', units: [0] });
    expect(Array.from(found.layers[2].images.subarray(0, 4))).toEqual([0, 0, 1, 0]);
  });

  it('takes each ReLU layer of a tent as a bend, not a fold: it tells all places apart', () => {
    const { layers } = foldMap(tentMapNetwork({ folds: 2 }), { from: 0, to: 1 });
    expect(layers.map(({ name, pieces, maxDepth }) => [name, pieces, maxDepth])).toEqual([
      ['relu1', 2, 1],
      ['relu2', 4, 2],
    ]);
  });

  it('counts what lies on one another, and only there', () => {
    // (|x|, |y|) on [−1, 4] × [−1, 4]: the small quadrant has all four over it; points of the large one, at 2 or so, one.
    const { layers } = foldMap(absLayer([1, 0, 0, 1], [0, 0]), { uRange: [-1, 4], vRange: [-1, 4] });
    const depthByArea = areas(layers[0].places, layers[0].offsets)
      .map((area, i) => [Math.round(area), layers[0].depth[i]])
      .sort(([a], [b]) => a - b);
    expect(depthByArea).toEqual([
      [1, 4],
      [4, 2],
      [4, 2],
      [16, 1],
    ]);
    expect(layers[0].meanDepth).toBeCloseTo((4 + 8 + 8 + 16) / 25, 12);
  });

  it('counts pieces that a layer flattens to a segment or a point', () => {
    // One unit |x| of two inputs: two rectangles on one segment.
    expect([...foldMap(absLayer([1, 0], [0]), {}).layers[0].depth]).toEqual([2, 2]);
    // relu(x − 1/2) and relu(y − 1/2) less 9: the second layer is off everywhere, and four pieces land on 0.
    const network = mlp({ inputs: 2, hidden: [2, 2], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1, 0, 0, 1]);
    network.setParameter('dense1.bias', [-0.5, -0.5]);
    network.setParameter('dense2.weight', [1, 0, 0, 1]);
    network.setParameter('dense2.bias', [-9, -9]);
    const { layers } = foldMap(network, square);
    // Off-off is a point, half-off a segment, on-on a square: no two of them on one another.
    expect([...layers[0].depth]).toEqual([1, 1, 1, 1]);
    expect([...layers[1].depth]).toEqual([4, 4, 4, 4]);
  });

  it('finds no overlap where a wide random layer takes the plane into sixteen dimensions', () => {
    const network = mlp({ inputs: 2, hidden: [16, 16], outputs: 1, activation: relu, bias: 0.2, seed: 4 });
    const { layers } = foldMap(network, {});
    expect(layers[0].pieces).toBe(linearRegionsOnPlane(network, {}).layers[0].cells);
    expect(layers.map(({ maxDepth }) => maxDepth)).toEqual([1, 1]);
  });

  it('projects a wide layer to its principal axes, or to two units', () => {
    const network = mlp({ inputs: 2, hidden: [3], outputs: 1, activation: relu });
    // relu(y/2 + 5), 1, relu(x + 5), all on: variances 1/12, 0 and 1/3 of a uniform input.
    network.setParameter('dense1.weight', [0, 0.5, 0, 0, 1, 0]);
    network.setParameter('dense1.bias', [5, 1, 5]);
    const [layer] = foldMap(network, {}).layers;
    const { projection } = layer;
    if (projection.kind !== 'principal') throw new Error('three units must be projected');
    expect(projection.mean).toEqual([5, 1, 5].map((x) => expect.closeTo(x, 12)));
    expect(projection.axes).toEqual(
      [
        [0, 0, 1],
        [1, 0, 0],
      ].map((axis) => axis.map((x) => expect.closeTo(x, 12))),
    );
    expect(projection.explained).toBeCloseTo(1, 12);
    expect(areas(layer.images, layer.offsets)).toEqual([expect.closeTo(2, 12)]);
    expect([...foldMap(network, {}, { units: [2, 1] }).layers[0].images]).toEqual(
      [4, 1, 6, 1, 6, 1, 4, 1].map((x) => expect.closeTo(x, 12)),
    );
  });

  it('has the moments of a sample: mean and explained variance of a random layer', () => {
    const network = mlp({ inputs: 2, hidden: [12], outputs: 1, activation: relu, bias: 0.3, seed: 2 });
    const [{ projection }] = foldMap(network, {}).layers as [LayerFold];
    if (projection.kind !== 'principal') throw new Error('twelve units must be projected');
    const samples = 40_000;
    const inputs = new Float32Array(2 * samples);
    random(3).fillUniform(inputs, -1, 1);
    network.forward(inputs);
    const out = Float64Array.from(network.output('relu1'));
    const variance = (weights: readonly number[]): number => {
      let sum = 0;
      let squares = 0;
      for (let row = 0; row < samples; row++) {
        const value = weights.reduce((total, weight, unit) => total + weight * out[row * 12 + unit], 0);
        sum += value;
        squares += value * value;
      }
      return squares / samples - (sum / samples) ** 2;
    };
    const total = Array.from({ length: 12 }, (_, unit) =>
      variance(Array.from({ length: 12 }, (_, i) => Number(i === unit))),
    );
    const share = (variance(projection.axes[0]) + variance(projection.axes[1])) / total.reduce((a, b) => a + b);
    // A share of 40 000 samples is known to about half a percent.
    expect(Math.abs(share - projection.explained)).toBeLessThan(0.01);
    const dot = projection.axes[0].reduce((sum, x, i) => sum + x * projection.axes[1][i], 0);
    expect(dot).toBeCloseTo(0, 10);
    expect(variance(projection.axes[0])).toBeGreaterThan(variance(projection.axes[1]));
  });

  it('says what is wrong', () => {
    const network = mlp({ inputs: 2, hidden: [3], outputs: 1, activation: relu });
    expect(() => foldMap(network, {}, { layers: ['relu2'] })).toThrow("Did you mean 'relu1'?");
    expect(() => foldMap(network, {}, { units: [0, 3] })).toThrow("two units of 'relu1', from 0 to 2");
    expect(() => foldMap(network, { from: [0], to: [1] })).toThrow(ShapeError);
    expect(() => foldMap(network, { uRange: [3, 2] })).toThrow(ParameterError);
    expect(() => foldMap(paperFoldingNetwork({ folds: 4 }), square, { maxCells: 100 })).toThrow('more than 100 cells');
    const smooth = mlp({ inputs: 2, hidden: [3], outputs: 1, activation: sigmoid });
    expect(() => foldMap(smooth, {})).toThrow("'sigmoid1'");
    const typo = { uRange: [0, 1], vRage: [0, 1] } as const;
    expect(() => foldMap(network, typo)).toThrow("did you mean 'vRange'");
  });
});
