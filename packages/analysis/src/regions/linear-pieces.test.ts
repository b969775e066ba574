import { type ElementwiseActivation, activation, activationNames, defineActivation, leakyRelu } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPieces, twoPieces } from './linear-pieces.ts';

const elementwise: readonly ElementwiseActivation[] = activationNames.flatMap((name) => {
  const found = activation(name as string);
  return found.kind === 'elementwise' ? [found] : [];
});

describe('linearPieces', () => {
  it('finds the pieces of every piecewise-linear activation of the catalogue, and of no other', () => {
    const linear = elementwise.filter((phi) => linearPieces(phi) !== null).map(({ name }) => name);
    const known = ['abs', 'hard-sigmoid', 'identity', 'leaky-relu', 'prelu', 'relu', 'relu6', 'rrelu'];
    expect(linear).toEqual(expect.arrayContaining(known));
    const curved = ['celu', 'elu', 'gelu', 'hard-swish', 'mish', 'selu', 'sigmoid', 'silu', 'softplus', 'tanh'];
    expect(linear.filter((name) => curved.includes(name))).toEqual([]);
  });

  it('is the activation at every point', () => {
    for (const phi of elementwise) {
      const pieces = linearPieces(phi);
      if (pieces === null) continue;
      const { kinks, slopes, intercepts } = pieces;
      fc.assert(
        fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (x) => {
          const piece = kinks.filter((kink) => kink < x).length;
          expect(Math.abs(slopes[piece] * x + intercepts[piece] - phi.value(x))).toBeLessThanOrEqual(
            1e-12 * (1 + Math.abs(x)),
          );
        }),
      );
    }
  });

  it('leaves out kinks at which nothing changes', () => {
    expect(twoPieces(1)).toEqual({ kinks: [], slopes: [1], intercepts: [0] });
    const doubled = defineActivation({
      name: 'with an idle kink',
      kinks: [-1, 0],
      value: (x) => Math.max(0, x),
      derivative: (x) => (Number.isNaN(x) ? NaN : Number(x > 0)),
    });
    expect(linearPieces(doubled)).toEqual({ kinks: [0], slopes: [0, 1], intercepts: [0, 0] });
    expect(linearPieces(leakyRelu({ alpha: -2 }))).toEqual({ kinks: [0], slopes: [-2, 1], intercepts: [0, 0] });
  });

  it('takes no activation for linear that does not name its kinks', () => {
    const hidden = defineActivation({
      name: 'hidden kink',
      value: (x) => Math.max(0, x),
      derivative: (x) => (Number.isNaN(x) ? NaN : Number(x > 0)),
    });
    expect(linearPieces(hidden)).toBeNull();
  });
});
