import { ParameterError, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { drawLayer, preActivations, rectified } from '../test/random-relu.ts';
import { deadByLayer } from './dead-by-layer.ts';
import { deadOnData } from './dead-on-data.ts';

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('deadByLayer', () => {
  it('finds a quarter of the units of layer 20 dead on 200 near-orthogonal samples, and a quarter linear', () => {
    const layers = deadByLayer({ samples: 200, correlations: 0, depth: 20 });
    expect(layers).toHaveLength(20);
    expect(layers[0]).toEqual({ layer: 1, correlation: 0, deviation: 0, dead: 2 ** -200, alwaysOn: 2 ** -200 });
    expect(layers[19].layer).toBe(20);
    expect(layers[19].dead).toBeCloseTo(0.25, 2);
    expect(layers[19].alwaysOn).toBeCloseTo(0.25, 2);
  });

  it('starts from the correlations that were measured', () => {
    const [first, second] = deadByLayer({ samples: 3, correlations: [0, 0.5, 1], depth: 2 });
    expect(first.correlation).toBeCloseTo(0.5, 14);
    expect(first.deviation).toBeCloseTo(Math.sqrt(1 / 6), 14);
    expect(first.dead).toBeCloseTo(1 / 4, 14);
    // R(0) = 1/π, R(1/2) = (√(3/4) + π/3) / π, R(1) = 1.
    const mean = (1 / Math.PI + (Math.sqrt(3) / 2 + Math.PI / 3) / Math.PI + 1) / 3;
    expect(second.correlation).toBeCloseTo(mean, 14);
    expect(second.dead).toBe(deadOnData({ samples: 3, correlation: second.correlation }).dead);
    expect(deadByLayer({ samples: 3, correlations: new Float32Array([0.25]), depth: 1 })[0].correlation).toBe(0.25);
  });

  it('is what drawn networks show', () => {
    const [samples, inputs, width, depth, networks] = [20, 60, 150, 6, 12];
    const dead = new Float64Array(depth);
    const correlations: number[] = [];
    for (let network = 0; network < networks; network++) {
      const stream = random(network).stream('dead-by-layer');
      let data: readonly Float64Array[] = Array.from({ length: samples }, () => {
        const sample = new Float64Array(inputs);
        stream.fillNormal(sample);
        return sample;
      });
      data.forEach((one, i) => data.slice(0, i).forEach((other) => correlations.push(cosine(one, other))));
      for (let layer = 0; layer < depth; layer++) {
        const drawn = drawLayer(stream, width, data[0].length, 2);
        data = data.map((sample) => rectified(preActivations(drawn, sample)));
        for (let unit = 0; unit < width; unit++) if (data.every((a) => a[unit] === 0)) dead[layer]++;
      }
    }
    const expected = deadByLayer({ samples, correlations, depth });
    for (const [layer, row] of expected.entries()) {
      const share = dead[layer] / (width * networks);
      const error = Math.sqrt((row.dead * (1 - row.dead)) / (width * networks));
      // Four standard errors, and a tenth for finite width and for correlations that are not all alike.
      expect(Math.abs(share - row.dead), `layer ${layer + 1}`).toBeLessThan(4 * error + 0.1 * row.dead);
    }
  });

  it('takes pairs that point apart as uncorrelated', () => {
    expect(deadByLayer({ samples: 2, correlations: -0.5, depth: 1 })[0]).toMatchObject({
      correlation: -0.5,
      dead: 0.25,
    });
  });

  it('refuses no samples, no layers, no pairs, and what is no correlation', () => {
    const sound = { samples: 3, correlations: 0.2, depth: 2 };
    for (const wrong of [
      { samples: 0 },
      { depth: 0 },
      { correlations: [] },
      { correlations: [2] },
      { correlations: NaN },
    ]) {
      expect(() => deadByLayer({ ...sound, ...wrong })).toThrow(ParameterError);
    }
    expect(() => deadByLayer({ samples: 3, depth: 2 } as never)).toThrow(ParameterError);
    expect(() => deadByLayer({ ...sound, layers: 2 } as never)).toThrow(ParameterError);
  });
});
