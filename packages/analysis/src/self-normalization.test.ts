import { ParameterError, initializer } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type SelfNormalization, selfNormalization } from './index.ts';

/** Four standard errors over seeds, and what a deep network of finite width strays by in a shared direction. */
function expectAsPredicted({ trajectory }: SelfNormalization, slack: number): void {
  for (const { measured, predicted, standardError } of trajectory) {
    expect(Math.abs(measured.mean - predicted.mean)).toBeLessThan(4 * (standardError?.mean ?? NaN) + slack);
    expect(Math.abs(measured.variance - predicted.variance)).toBeLessThan(4 * (standardError?.variance ?? NaN) + slack);
  }
}

describe('selfNormalization', () => {
  it('draws mean and variance to (0, 1) under LeCun, as the map does', () => {
    const found = selfNormalization({ samples: 64, seeds: 8 });
    expect(found).toMatchObject({ kind: 'self-normalization', initializer: 'lecun-normal', verdict: 'normalising' });
    expect(found.trajectory).toHaveLength(33);
    expect(found.trajectory[0].predicted).toEqual({ mean: 0.5, variance: 1.5 });
    expect(found.trajectory[32].predicted.mean).toBeCloseTo(0, 3);
    expect(found.trajectory[32].predicted.variance).toBeCloseTo(1, 2);
    expectAsPredicted(found, 0.01);
  });

  it('starts with E[selu(z)] of z ~ N(0, ν + μ²), and contracts by the Jacobian', () => {
    const { trajectory } = selfNormalization({
      inputMean: 0,
      inputVariance: 1.02,
      seeds: 1,
      width: 8,
      samples: 2,
      depth: 2,
    });
    // ∂μ̃/∂ν = 0.0888347551 and ∂ν̃/∂ν = 0.7826478832 at (0, 1) (Klambauer et al. 2017).
    expect(trajectory[1].predicted.mean).toBeCloseTo(0.02 * 0.0888347551, 4);
    expect(trajectory[1].predicted.variance).toBeCloseTo(1 + 0.02 * 0.7826478832, 4);
  });

  it('holds with alpha dropout', () => {
    const found = selfNormalization({ dropout: 0.1, depth: 12, samples: 64, seeds: 8 });
    expect(found.verdict).toBe('normalising');
    expectAsPredicted(found, 0.015);
    // (0, 1) is a fixed point of alpha dropout too.
    const { trajectory } = selfNormalization({
      dropout: 0.3,
      inputMean: 0,
      inputVariance: 1,
      seeds: 1,
      width: 8,
      depth: 4,
    });
    expect(trajectory[4].predicted.mean).toBeCloseTo(0, 8);
    expect(trajectory[4].predicted.variance).toBeCloseTo(1, 8);
  });

  it('does not hold under He, whose weights are too large', () => {
    const found = selfNormalization({ initializer: initializer('he-normal'), seeds: 8, samples: 64, depth: 8 });
    expect(found.verdict).toBe('not-normalising');
    expect(found.trajectory[8].predicted.variance).toBeGreaterThan(2);
    expectAsPredicted(found, 0.05);
  });

  it('knows the biases of an initialiser that has some', () => {
    expectAsPredicted(
      selfNormalization({ initializer: initializer('pytorch-default'), seeds: 8, samples: 64, depth: 8 }),
      0.01,
    );
  });

  it('has the standard error of the mean over seeds, √(Σ(x − x̄)² / (n − 1) / n)', () => {
    const shape = { depth: 2, width: 16, samples: 8 };
    const two = selfNormalization({ ...shape, seeds: 2 }).trajectory[2];
    const first = selfNormalization({ ...shape, seeds: 1 }).trajectory[2].measured;
    // The mean of two is known, and so is the first of them: their distance is 2 |first − mean|, and half of it the standard error.
    for (const of of ['mean', 'variance'] as const) {
      expect(two.standardError?.[of]).toBeCloseTo(Math.abs(first[of] - two.measured[of]), 12);
      expect(two.standardError?.[of]).toBeGreaterThan(0);
    }
  });

  it('refuses what makes no network', () => {
    for (const options of [{ depth: 0 }, { dropout: 1 }, { inputVariance: 0 }, { inputMean: NaN }, { samples: 1 }]) {
      expect(() => selfNormalization(options)).toThrow(ParameterError);
    }
    expect(() => selfNormalization({ initializer: initializer('lsuv') })).toThrow(/do not depend on data/);
    expect(() => selfNormalization({ initializer: initializer('zeros') })).toThrow(/random weights.*'zeros'/);
    expect(selfNormalization({ seeds: 1, width: 4, depth: 1 }).trajectory[1].standardError).toBeNull();
  });
});
