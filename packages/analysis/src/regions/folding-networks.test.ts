import { ParameterError } from '@relu-lab/core';
import { tentMap } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { paperFoldingNetwork, tentMapNetwork } from './folding-networks.ts';

const points = Float32Array.from({ length: 65 }, (_, i) => i / 64);

describe('tentMapNetwork', () => {
  it('computes the composed tent map of theory with two units a fold', () => {
    for (const folds of [1, 3, 6]) {
      const network = tentMapNetwork({ folds });
      const { value } = tentMap({ compositions: folds });
      expect(Array.from(network.predict(points))).toEqual(Array.from(points, value));
      expect(network.layers.filter(({ kind }) => kind === 'activation').map(({ outputs }) => outputs)).toEqual(
        Array(folds).fill(2),
      );
    }
  });

  it('refuses a number of folds that it cannot make', () => {
    for (const folds of [0, 1.5, 41, NaN]) expect(() => tentMapNetwork({ folds })).toThrow(ParameterError);
    expect(() => paperFoldingNetwork({ folds: 0 })).toThrow('folds of paperFoldingNetwork');
  });
});

describe('paperFoldingNetwork', () => {
  it('applies the tent map to both coordinates', () => {
    const { value } = tentMap({ compositions: 3 });
    const inputs = Float32Array.from({ length: 130 }, (_, i) => ((7 * i) % 65) / 64);
    expect(Array.from(paperFoldingNetwork({ folds: 3 }).predict(inputs))).toEqual(Array.from(inputs, value));
  });
});
