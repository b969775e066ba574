import { elu, leakyRelu, maxout, prelu, relu, rrelu, sigmoid, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type LayerDefinition, Network, activate } from '../index.ts';

function slopeAt(definition: LayerDefinition, width: number, prepare?: (network: Network) => void) {
  const network = new Network({ inputs: width, layers: [definition] });
  prepare?.(network);
  const [layer] = network.layers;
  return (z: number, unit: number): number | undefined => layer.slopeAt?.(z, unit);
}

describe('slopeAt', () => {
  it('of PReLU is 1 for positive z, the unit’s own slope for negative z and 0, and NaN for NaN', () => {
    const slope = slopeAt(activate(prelu()), 3, (network) => network.setParameter('prelu1.slope', [0.5, -2, 0.125]));
    expect([0, 1, 2].map((unit) => slope(-3, unit))).toEqual([0.5, -2, 0.125]);
    expect([0, 1, 2].map((unit) => slope(1e-9, unit))).toEqual([1, 1, 1]);
    expect([slope(0, 0), slope(-0, 1)]).toEqual([0.5, -2]);
    expect([slope(Infinity, 1), slope(-Infinity, 1)]).toEqual([1, -2]);
    expect(slope(NaN, 1)).toBeNaN();
  });

  it('of PReLU with one slope is that slope for every unit', () => {
    const slope = slopeAt(activate(prelu(), { slopes: 'shared' }), 3, (network) =>
      network.setParameter('prelu1.slope', [0.75]),
    );
    expect([0, 1, 2].map((unit) => slope(-3, unit))).toEqual([0.75, 0.75, 0.75]);
    expect(slope(4, 2)).toBe(1);
    expect(slope(NaN, 2)).toBeNaN();
  });

  it('of PReLU starts at the α of its activation', () => {
    expect(slopeAt(activate(prelu()), 2)(-1, 1)).toBe(0.25);
    expect(slopeAt(activate(prelu({ alpha: 0.5 })), 2)(-1, 0)).toBe(0.5);
  });

  it('of elementwise activations is the derivative by its formula, whatever the unit', () => {
    for (const z of [-2.5, -0.3, 0.4, 3]) {
      const logistic = 1 / (1 + Math.exp(-z));
      const expected = [
        [relu, z > 0 ? 1 : 0],
        [leakyRelu({ alpha: 0.2 }), z > 0 ? 1 : 0.2],
        [elu({ alpha: 1.5 }), z > 0 ? 1 : 1.5 * Math.exp(z)],
        [sigmoid, logistic * (1 - logistic)],
        [tanh, 1 / Math.cosh(z) ** 2],
        [rrelu(), z > 0 ? 1 : 11 / 48],
      ] as const;
      for (const [activation, derivative] of expected) {
        const slope = slopeAt(activate(activation), 4);
        expect(slope(z, 0)).toBeCloseTo(derivative, 12);
        expect(slope(z, 3)).toBeCloseTo(derivative, 12);
      }
    }
    expect(slopeAt(activate(tanh), 1)(NaN, 0)).toBeNaN();
  });

  it('of maxout is 1: some piece always passes the whole slope', () => {
    const slope = slopeAt(activate(maxout({ pieces: 2 })), 4);
    expect([slope(-3, 0), slope(0, 1), slope(5, 1)]).toEqual([1, 1, 1]);
  });
});
