import { initializer, leakyRelu, prelu, relu, selu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { mlp } from './index.ts';

describe('the options of mlp', () => {
  it('dropout sets the rate behind every hidden activation', () => {
    const width = 400;
    const rows = 50;
    for (const activation of [leakyRelu(), selu]) {
      const network = mlp({ inputs: 3, hidden: [width, width], outputs: 2, activation, dropout: 0.2, seed: 1 });
      network.forward(new Float32Array(rows * 3).fill(1), { mode: 'training' });
      const kind = activation === selu ? 'alpha-dropout' : 'dropout';
      expect(network.layers.filter((layer) => layer.kind === kind).map(({ name }) => name)).toEqual([
        `${kind}1`,
        `${kind}2`,
      ]);
      for (const name of [`${kind}1`, `${kind}2`]) {
        // Dropped elements all have one value, kept ones differ between units: that value is the most frequent.
        const counts = new Map<number, number>();
        for (const value of network.output(name)) counts.set(value, (counts.get(value) ?? 0) + 1);
        const share = Math.max(...counts.values()) / (rows * width);
        // Five standard errors of a share.
        expect(Math.abs(share - 0.2)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / (rows * width)));
      }
    }
  });

  it('slopes says whether units of a PReLU layer share theirs', () => {
    const lengths = (['shared', 'unit', undefined] as const).map((slopes) => {
      const network = mlp({ inputs: 2, hidden: [7], outputs: 1, activation: prelu(), ...(slopes && { slopes }) });
      return network.parameter('prelu1.slope').length;
    });
    expect(lengths).toEqual([1, 7, 7]);
  });

  it('bias is the constant of the hidden layers, not of the outputs', () => {
    const network = mlp({ inputs: 4, hidden: [5, 6], outputs: 3, activation: relu, bias: 0.25 });
    expect(Array.from(network.parameterValues('dense1.bias'))).toEqual(Array(5).fill(0.25));
    expect(Array.from(network.parameterValues('dense2.bias'))).toEqual(Array(6).fill(0.25));
    expect(Array.from(network.parameterValues('dense3.bias'))).toEqual([0, 0, 0]);
  });

  it('bias 0 wins over an initialiser that draws biases', () => {
    const weights = initializer('pytorch-default');
    const network = mlp({ inputs: 4, hidden: [5], outputs: 3, activation: relu, weights, bias: 0 });
    expect(Array.from(network.parameterValues('dense1.bias'))).toEqual([0, 0, 0, 0, 0]);
  });

  it('weights pytorch-default draws weights and biases uniform within ±1 / √fanIn', () => {
    const weights = initializer('pytorch-default');
    const network = mlp({ inputs: 9, hidden: [400], outputs: 300, activation: relu, weights, seed: 1 });
    for (const [layer, fanIn] of [
      ['dense1', 9],
      ['dense2', 400],
    ] as const) {
      const bound = 1 / Math.sqrt(fanIn);
      for (const role of ['weight', 'bias']) {
        const drawn = network.parameterValues(`${layer}.${role}`);
        const largest = drawn.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
        const mean = drawn.reduce((sum, v) => sum + v, 0) / drawn.length;
        expect(largest).toBeLessThanOrEqual(Math.fround(bound));
        // The largest of n is further than 15 / n from the bound with probability e⁻¹⁵; five standard errors of the mean.
        expect(largest).toBeGreaterThan(bound * (1 - 15 / drawn.length));
        expect(Math.abs(mean)).toBeLessThan((5 * bound) / Math.sqrt(3 * drawn.length));
      }
    }
  });

  it('normalization puts the kind asked for between each hidden dense layer and its activation', () => {
    const kinds = (['none', 'batch', 'layer'] as const).map((normalization) =>
      mlp({ inputs: 2, hidden: [3, 3], outputs: 1, activation: relu, normalization }).layers.map(({ kind }) => kind),
    );
    const hidden = (...between: readonly string[]): readonly string[] => ['dense', ...between, 'activation'];
    expect(kinds).toEqual([
      [...hidden(), ...hidden(), 'dense'],
      [...hidden('batch-norm'), ...hidden('batch-norm'), 'dense'],
      [...hidden('layer-norm'), ...hidden('layer-norm'), 'dense'],
    ]);
  });

  it('backend and precision choose the kernels and the floats', () => {
    const options = { inputs: 2, hidden: [3], outputs: 1, activation: relu };
    const byDefault = mlp(options);
    expect([byDefault.backend.name, byDefault.arena.precision]).toEqual(['wasm', 'float32']);
    expect(mlp({ ...options, backend: 'reference' }).backend.name).toBe('reference');
    expect(mlp({ ...options, backend: { name: 'wasm', build: 'simd' } }).backend.build).toBe('simd');
    expect(() => mlp({ ...options, backend: { name: 'reference', build: 'simd' } })).toThrow(
      "'reference' has no builds",
    );
    const exact = mlp({ ...options, backend: 'reference', precision: 'float64' });
    exact.setParameter('dense2.bias', [0.1]);
    exact.setParameter('dense2.weight', [0, 0, 0]);
    // 0.1 as it is in float64, not as float32 holds it.
    expect(exact.forward(Float64Array.of(1, 1))[0]).toBe(0.1);
  });
});
