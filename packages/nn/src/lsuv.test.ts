import { type Dataset, initializer, leakyRelu, random, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type Network, lsuv, mlp } from './index.ts';

/** Samples whose second half is ten times as large as the first. */
function uneven(rows: number): Dataset {
  const stream = random(21).stream('uneven');
  const inputs = Float32Array.from({ length: rows * 6 }, (_, i) => stream.normal() * (i < rows * 3 ? 1 : 10));
  return { name: 'uneven', rows, features: 6, inputs, targets: new Float32Array(rows) };
}

const network = (): Network => mlp({ inputs: 6, hidden: [20, 20], outputs: 3, activation: leakyRelu(), seed: 1 });

/** Variance of a layer's outputs on the first `rows` rows, in float64. */
function varianceOf(of: Network, layer: string, data: Dataset, rows: number): number {
  of.forward(data.inputs.slice(0, rows * data.features));
  const z = Array.from(of.output(layer));
  const mean = z.reduce((sum, v) => sum + v, 0) / z.length;
  return z.reduce((sum, v) => sum + (v - mean) ** 2, 0) / z.length;
}

describe('LSUV', () => {
  it.each([1, 0.25, 4])('brings every weight layer to a variance of %d on the rows asked for, and tells it', (aim) => {
    const of = network();
    const data = uneven(80);
    const layers = lsuv(of, data, { variance: aim, tolerance: 0.001, rows: 40 });
    expect(layers.map(({ name }) => name)).toEqual(['dense1', 'dense2', 'dense3']);
    for (const { name, variance } of layers) {
      expect(Math.abs(variance - aim)).toBeLessThanOrEqual(0.001);
      expect(varianceOf(of, name, data, 40)).toBeCloseTo(variance, 5);
    }
    // It is there now: a second time there is nothing to do.
    const again = lsuv(of, data, { variance: aim, tolerance: 0.001, rows: 40 });
    expect(again.map(({ iterations }) => iterations)).toEqual([0, 0, 0]);
    // On all rows, half of which are ten times as large, it would be another one.
    expect(varianceOf(of, 'dense1', data, 80)).toBeGreaterThan(10 * aim);
  });

  it('leaves layers that are within the tolerance, and rescales no more often than allowed', () => {
    const of = network();
    const before = of.snapshot();
    const none = lsuv(of, uneven(80), { tolerance: 1e9 });
    expect(none.map(({ iterations }) => iterations)).toEqual([0, 0, 0]);
    expect(of.snapshot()).toEqual(before);
    const once = lsuv(of, uneven(80), { tolerance: 1e-300, iterations: 1 });
    expect(once.map(({ iterations }) => iterations)).toEqual([1, 1, 1]);
    const thrice = lsuv(of, uneven(80), { tolerance: 1e-300, iterations: 3 });
    // Rounding to float32 leaves a distance that no rescaling removes.
    expect(Math.max(...thrice.map(({ iterations }) => iterations))).toBe(3);
  });

  it('in mlp aims at the variance of its initialiser', () => {
    const data = uneven(30);
    const weights = { ...initializer('lsuv'), outputVariance: 2.5 };
    const of = mlp({ inputs: 6, hidden: [20], outputs: 3, activation: relu, weights, data });
    for (const name of ['dense1', 'dense2'])
      expect(Math.abs(varianceOf(of, name, data, 30) - 2.5)).toBeLessThan(0.0101);
  });
});
