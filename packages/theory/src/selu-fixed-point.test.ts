import { ParameterError } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seluFixedPoint } from './selu-fixed-point.ts';
import { seluContractionDomain, seluMap } from './selu-map.ts';

describe('seluFixedPoint', () => {
  it('is (0, 1) for normalised weights, where it is stable', () => {
    const point = seluFixedPoint();
    expect(point).toMatchObject({ status: 'found', stable: true });
    if (point.status !== 'found') return;
    expect(point.mean).toBeCloseTo(0, 13);
    expect(point.variance).toBeCloseTo(1, 13);
    expect(point.jacobian[1][1]).toBeCloseTo(0.7826478832, 9);
  });

  it('is where plain iteration ends, for all weights of the contraction domain', () => {
    const { weightSum, weightSquareSum } = seluContractionDomain;
    const within = ([min, max]: readonly [number, number]) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(within(weightSum), within(weightSquareSum), (omega, tau) => {
        const weights = { weightSum: omega, weightSquareSum: tau };
        let [mean, variance] = [0, 1];
        for (let layer = 0; layer < 400; layer++) ({ mean, variance } = seluMap({ ...weights, mean, variance }));
        const point = seluFixedPoint(weights);
        expect(point).toMatchObject({ status: 'found', stable: true });
        if (point.status !== 'found') return;
        expect(point.mean).toBeCloseTo(mean, 12);
        expect(point.variance).toBeCloseTo(variance, 12);
        expect(point.jacobianNorm).toBeLessThan(1);
      }),
      { numRuns: 15 },
    );
  });

  it('says that there is none where weights are so large that variances only grow', () => {
    let variance = 1;
    for (let layer = 0; layer < 100; layer++) ({ variance } = seluMap({ weightSquareSum: 3, variance }));
    expect(variance).toBeGreaterThan(1e6);
    expect(seluFixedPoint({ weightSquareSum: 3 })).toEqual({
      status: 'none',
      reason: 'No fixed point is reached from (0, 1) for ω = 0 and τ = 3',
    });
  });

  it.each([{ weightSum: NaN }, { weightSquareSum: 0 }, { weightSquareSum: Infinity }])('refuses %j', (options) => {
    expect(() => seluFixedPoint(options)).toThrow(ParameterError);
  });
});
