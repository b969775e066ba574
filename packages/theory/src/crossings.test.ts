import { ParameterError, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { drawLayer, preActivations, rectified } from '../test/random-relu.ts';
import { expectedCrossings } from './crossings.ts';

describe('expectedCrossings', () => {
  it('has the closed form for He initialisation, (2/π) arctan(a √2 / (σ_b √l))', () => {
    for (const layer of [1, 2, 7]) {
      const expected = (2 / Math.PI) * Math.atan((3 * Math.SQRT2) / (0.4 * Math.sqrt(layer)));
      const found = expectedCrossings({ layer, halfWidth: 3, weightVariance: 2, biasDeviation: 0.4 });
      expect(found).toBeCloseTo(expected, 14);
    }
  });

  it('follows v and B for any weight variance', () => {
    for (const weightVariance of [0.5, 1, 3]) {
      for (const layer of [1, 2, 5]) {
        const v = weightVariance * (weightVariance / 2) ** (layer - 1);
        let b = 0;
        for (let k = 0; k < layer; k++) b += 0.3 ** 2 * (weightVariance / 2) ** k;
        const expected = (2 / Math.PI) * Math.atan(2 * Math.sqrt(v / b));
        const found = expectedCrossings({ layer, halfWidth: 2, weightVariance, biasDeviation: 0.3 });
        expect(found).toBeCloseTo(expected, 14);
      }
    }
  });

  it('tends to one a unit on the whole line, whatever the depth', () => {
    for (const layer of [1, 4, 30]) {
      expect(expectedCrossings({ layer, halfWidth: 1e9, weightVariance: 2, biasDeviation: 1 })).toBeCloseTo(1, 7);
    }
  });

  it('does not overflow in deep networks', () => {
    // For σ_w² = 4, v/B → 4 (1 − 1/2).
    const limit = (2 / Math.PI) * Math.atan(Math.SQRT2);
    expect(expectedCrossings({ layer: 5000, halfWidth: 1, weightVariance: 4, biasDeviation: 1 })).toBeCloseTo(
      limit,
      12,
    );
    expect(expectedCrossings({ layer: 5000, halfWidth: 1, weightVariance: 1, biasDeviation: 1 })).toBe(0);
  });

  it('is what is drawn: signs of pre-activations change as often as expected along a line', () => {
    const [width, networks, points, halfWidth, biasDeviation] = [120, 25, 400, 1.5, 0.5];
    const crossings = new Float64Array(3);
    for (let network = 0; network < networks; network++) {
      const stream = random(network).stream('crossings');
      const layers = [1, width, width].map((fanIn) => drawLayer(stream, width, fanIn, 2, biasDeviation));
      let before: readonly Float64Array[] = [];
      for (let point = 0; point <= points; point++) {
        let a: Float64Array = Float64Array.of(halfWidth * ((2 * point) / points - 1));
        const now = layers.map((layer) => {
          const z = preActivations(layer, a);
          a = rectified(z);
          return z;
        });
        before.forEach((z, layer) =>
          z.forEach((value, unit) => (crossings[layer] += value > 0 !== now[layer][unit] > 0 ? 1 : 0)),
        );
        before = now;
      }
    }
    for (const [i, count] of crossings.entries()) {
      const expected = expectedCrossings({ layer: i + 1, halfWidth, weightVariance: 2, biasDeviation });
      // At most some two crossings a unit: a deviation of at most 1 each. Units of one network share its weights below.
      const error = i === 0 ? 4 / Math.sqrt(width * networks) : 0.08;
      expect(Math.abs(count / (width * networks) - expected), `layer ${i + 1}`).toBeLessThan(error);
    }
  });

  it('without biases has its one crossing at 0 in the first layer, and no meaning beyond', () => {
    expect(expectedCrossings({ layer: 1, halfWidth: 1, weightVariance: 2, biasDeviation: 0 })).toBe(1);
    expect(() => expectedCrossings({ layer: 2, halfWidth: 1, weightVariance: 2, biasDeviation: 0 })).toThrow(
      ParameterError,
    );
  });

  it('refuses layers below 1, an empty interval, and negative variances', () => {
    const sound = { layer: 1, halfWidth: 1, weightVariance: 2, biasDeviation: 1 };
    for (const wrong of [
      { layer: 0 },
      { halfWidth: 0 },
      { weightVariance: -1 },
      { weightVariance: 0 },
      { biasDeviation: -1 },
    ]) {
      expect(() => expectedCrossings({ ...sound, ...wrong })).toThrow(ParameterError);
    }
  });
});
