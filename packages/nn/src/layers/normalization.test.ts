import { describe, expect, it } from 'vitest';
import { Network, batchNorm, layerNorm } from '../index.ts';

/** Two rows of two features: the features have means 2 and 6, and biased variances 1 and 4. */
const x = Float32Array.of(1, 8, 3, 4);

describe('batch norm', () => {
  it('divides by √(variance + ε)', () => {
    const network = new Network({ inputs: 2, layers: [batchNorm({ epsilon: 8 })] });
    const y = network.forward(x, { mode: 'training' });
    [-1 / 3, 2 / Math.sqrt(12), 1 / 3, -2 / Math.sqrt(12)].forEach((value, i) => expect(y[i]).toBeCloseTo(value, 6));
  });

  it('takes a share of each batch, by default a tenth, into its running statistics', () => {
    for (const [momentum, share] of [
      [undefined, 0.1],
      [0.25, 0.25],
      [1, 1],
    ] as const) {
      const layer = batchNorm({ epsilon: 3, ...(momentum !== undefined && { momentum }) });
      const network = new Network({ inputs: 2, layers: [layer] });
      // Before any batch the mean is 0 and the variance 1: y = x / √(1 + 3).
      expect(Array.from(network.predict(x))).toEqual([0.5, 4, 1.5, 2]);
      network.forward(x, { mode: 'training' });
      // The unbiased variances of two rows are 2 and 8.
      const [mean, variance] = [[2, 6].map((v) => share * v), [2, 8].map((v) => 1 + share * (v - 1))];
      const { statistics } = network.snapshot();
      const [kept] = network.layers.map((of) => of.statistics);
      [mean, variance].forEach((expected, s) =>
        expected.forEach((value, c) =>
          expect(statistics[kept[s].offset - network.statistics.offset + c]).toBeCloseTo(value, 6),
        ),
      );
      const evaluated = network.predict(x);
      x.forEach((value, i) =>
        expect(evaluated[i]).toBeCloseTo((value - mean[i % 2]) / Math.sqrt(variance[i % 2] + 3), 6),
      );
    }
  });

  it('leaves its running statistics in a training pass that is told to', () => {
    const network = new Network({ inputs: 2, layers: [batchNorm()] });
    const before = network.snapshot();
    network.forward(x, { mode: 'training', updateStatistics: false });
    expect(network.snapshot()).toEqual(before);
  });
});

describe('layer norm', () => {
  it('divides by √(variance of the row + ε)', () => {
    const network = new Network({ inputs: 2, layers: [layerNorm({ epsilon: 3 })] });
    // The rows have means 4.5 and 3.5, and variances 12.25 and 0.25.
    const expected = [-3.5 / Math.sqrt(15.25), 3.5 / Math.sqrt(15.25), -0.5 / Math.sqrt(3.25), 0.5 / Math.sqrt(3.25)];
    network.predict(x).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
  });
});
