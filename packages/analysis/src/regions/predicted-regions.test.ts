import { maxout } from '@relu-lab/core';
import { mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { linearRegionsOnLine, linearRegionsOnPlane, randomReluNetwork } from '../index.ts';

describe('what theory says of regions', () => {
  it('has crossings in several inputs: the share of first-layer units that change sign on a segment', () => {
    const [inputs, units, deviation] = [4, 4000, 0.7];
    const initialization = { weightVariance: 2, biasDeviation: deviation };
    const network = randomReluNetwork({ inputs, hidden: [units], seed: 1, ...initialization });
    const [from, to] = [
      [-1.5, 0, 0, 0],
      [1.5, 0, 0, 0],
    ];
    const [{ crossingsPerUnit, expectedPerUnit }] = linearRegionsOnLine(network, { from, to, initialization }).layers;
    // z = w x + b with Var w = 2/4 and Var b = 0.49 changes sign between −a and a with probability (2/π) arctan(a √0.5 / 0.7).
    const expected = (2 / Math.PI) * Math.atan((1.5 * Math.sqrt(0.5)) / deviation);
    expect(expectedPerUnit).toBeCloseTo(expected, 12);
    const error = Math.sqrt((expected * (1 - expected)) / units);
    expect(Math.abs(crossingsPerUnit - expected)).toBeLessThan(4 * error);
  });

  it('bounds maxout by the lines on which pieces meet: k − 1 points of a line, one for each two in the plane', () => {
    const network = mlp({ inputs: 2, hidden: [4], outputs: 1, activation: maxout({ pieces: 3 }) });
    expect(linearRegionsOnLine(network, { from: [-1, 0], to: [1, 0.5] }).predicted.upperBound).toBe(1 + 4 * 2);
    // 12 lines: 1 + 12 + C(12, 2).
    expect(linearRegionsOnPlane(network, { uRange: [-1, 1], vRange: [-1, 1] }).predicted.upperBound).toBe(79);
  });
});
