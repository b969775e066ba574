import { ParameterError, initializer, relu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { meanField } from './mean-field.ts';
import { signalGrowth } from './signal-growth.ts';

const square = Array<number>(31).fill(64);

describe('signalGrowth', () => {
  it('of He initialisation keeps signal and gradient of a ReLU network', () => {
    const layers = signalGrowth(relu, { widths: square, initializer: initializer('he-normal') });
    expect(layers).toHaveLength(30);
    for (const { q, squaredGradient } of layers) {
      expectRelative(q, 2, 1e-12);
      expectRelative(squaredGradient, 1, 1e-12);
    }
  });

  it('of Xavier initialisation loses 2⁻ᴸ of both', () => {
    const layers = signalGrowth(relu, { widths: square, initializer: initializer('xavier-normal') });
    expectRelative(layers[29].q, 2 ** -29, 1e-11);
    expectRelative(layers[0].squaredGradient, 2 ** -29, 1e-11);
  });

  it('of PyTorch’s default loses 6⁻ᴸ of the gradient, while its bias puts a floor under the signal', () => {
    const layers = signalGrowth(relu, { widths: square, initializer: initializer('pytorch-default') });
    expectRelative(layers[0].squaredGradient, 6 ** -29, 1e-11);
    const floor = meanField(relu, { weightVariance: 1 / 3, biasVariance: layers[0].biasVariance });
    expectRelative(layers[29].q, floor.q ?? NaN, 1e-9);
  });

  it('of a deviation of 0.01 loses 1/(1.7·10⁴) of the gradient from conv10 to conv2 of He’s example', () => {
    // Nine 3 × 3 convolutions with 64, 128, … filters: Var[W] fanOut/2 each; as dense layers of 9 × filters units.
    const filters = [64, 128, 128, 256, 256, 512, 512, 512, 512];
    const small = { variance: () => 1e-4, biasVariance: () => 0 };
    const layers = signalGrowth(relu, { widths: [9, 9, ...filters.map((count) => 9 * count)], initializer: small });
    expect(1 / Math.sqrt(layers[0].squaredGradient) / 1e4).toBeCloseTo(1.7, 1);
  });

  it('takes each layer by its own widths, forwards by fanIn and backwards by fanOut', () => {
    const layers = signalGrowth(relu, {
      widths: [10, 40, 20],
      initializer: initializer('he-normal'),
      inputSecondMoment: 3,
    });
    expect(layers.map(({ fanIn, fanOut }) => [fanIn, fanOut])).toEqual([
      [10, 40],
      [40, 20],
    ]);
    expect(layers[0]).toMatchObject({ layer: 1, weightVariance: 2, biasVariance: 0 });
    expectRelative(layers[0].q, 6, 1e-14);
    expectRelative(layers[1].q, 6, 1e-14);
    // 20 outputs × 2/40 × 1/2.
    expectRelative(layers[0].squaredGradient, 0.5, 1e-14);
    expect(layers[1].squaredGradient).toBe(1);
  });

  it('settles where mean field says', () => {
    const rule = { variance: (fanIn: number) => 1.7 / fanIn, biasVariance: () => 0.1 };
    const layers = signalGrowth(tanh, { widths: square, initializer: rule });
    const { q, chi1 } = meanField(tanh, { weightVariance: 1.7, biasVariance: 0.1 });
    expectRelative(layers[29].q, q ?? NaN, 1e-6);
    expectRelative(layers[20].squaredGradient / layers[21].squaredGradient, chi1 ?? NaN, 1e-3);
  });

  it('refuses widths below 1, too few of them, and what is no initialiser', () => {
    const he = initializer('he-normal');
    for (const widths of [[], [10], [10, 0], [10, 2.5]]) {
      expect(() => signalGrowth(relu, { widths, initializer: he })).toThrow(ParameterError);
    }
    expect(() => signalGrowth(relu, { widths: [2, 2], initializer: 'he-normal' as never })).toThrow(ParameterError);
    expect(() => signalGrowth(relu, { widths: [2, 2], initializer: he, inputSecondMoment: -1 })).toThrow(
      ParameterError,
    );
  });
});
