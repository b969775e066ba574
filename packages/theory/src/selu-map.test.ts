import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { reference } from '../test/reference.ts';
import { seluContractionDomain, seluMap } from './selu-map.ts';

const steps = (range: readonly [number, number], count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => range[0] + (i / (count - 1)) * (range[1] - range[0]));

describe('seluMap', () => {
  it('has the fixed point (0, 1) for normalised weights, with the published Jacobian', () => {
    const { mean, variance, jacobian, jacobianNorm } = seluMap();
    expect(mean).toBeCloseTo(0, 14);
    expect(variance).toBeCloseTo(1, 14);
    expect(jacobian[0][0]).toBe(0);
    expect(jacobian[1][0]).toBe(0);
    expect(jacobian[0][1]).toBeCloseTo(0.0888347551, 10);
    expect(jacobian[1][1]).toBeCloseTo(0.7826478832, 10);
    expect(jacobianNorm).toBeCloseTo(0.7877, 4);
  });

  it.each(reference.selu)('agrees with the closed form of Klambauer et al. at $options', ({ options, ...expected }) => {
    const found = seluMap(options);
    expectRelative(found.mean, expected.mean, 1e-11, 1);
    expectRelative(found.variance, expected.variance, 1e-11);
    for (const row of [0, 1]) {
      for (const column of [0, 1]) {
        expectRelative(found.jacobian[row][column], expected.jacobian[row][column], 1e-9, 1);
      }
    }
  });

  it('converges to (0, 1) from means and variances far off', () => {
    let [mean, variance] = [0.8, 0.1];
    for (let layer = 0; layer < 100; layer++) ({ mean, variance } = seluMap({ mean, variance }));
    expect(mean).toBeCloseTo(0, 9);
    expect(variance).toBeCloseTo(1, 9);
  });

  it('contracts on its domain, and stays in it', () => {
    const { mean: means, variance: variances, weightSum: sums, weightSquareSum: squares } = seluContractionDomain;
    for (const mean of steps(means, 5)) {
      for (const variance of steps(variances, 7)) {
        for (const weightSum of steps(sums, 5)) {
          for (const weightSquareSum of steps(squares, 4)) {
            const next = seluMap({ mean, variance, weightSum, weightSquareSum });
            expect(next.jacobianNorm).toBeLessThan(1);
            expect(next.mean).toBeGreaterThan(means[0]);
            expect(next.mean).toBeLessThan(means[1]);
            expect(next.variance).toBeGreaterThan(variances[0]);
            expect(next.variance).toBeLessThan(variances[1]);
          }
        }
      }
    }
  });

  it('refuses variances that are not above 0', () => {
    for (const options of [{ variance: 0 }, { variance: -1 }, { weightSquareSum: 0 }, { mean: NaN }, { nu: 1 }]) {
      expect(() => seluMap(options)).toThrow(ParameterError);
    }
  });
});
