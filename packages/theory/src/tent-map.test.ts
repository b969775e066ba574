import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { tentMap } from './tent-map.ts';

describe('tentMap', () => {
  it('is the tent for one composition', () => {
    const { value } = tentMap({ compositions: 1 });
    expect([0, 0.25, 0.5, 0.75, 1].map(value)).toEqual([0, 0.5, 1, 0.5, 0]);
  });

  it('has 2ᵏ pieces of slope ±2ᵏ from 2k units', () => {
    for (const compositions of [1, 2, 5, 9]) {
      const { value, pieces, units } = tentMap({ compositions });
      expect(pieces).toBe(2 ** compositions);
      expect(units).toBe(2 * compositions);
      for (let piece = 0; piece < pieces; piece++) {
        const [from, to] = [piece / pieces, (piece + 1) / pieces];
        const expected = piece % 2 === 0 ? [0, 0.5, 1] : [1, 0.5, 0];
        expect([from, (from + to) / 2, to].map(value)).toEqual(expected);
      }
    }
  });

  it('gives the weights of a network that computes it', () => {
    const { layers, value } = tentMap({ compositions: 4 });
    expect(layers).toHaveLength(5);
    const run = (x: number): number => {
      let a: readonly number[] = [x];
      layers.forEach(({ weights, biases }, i) => {
        const z = weights.map((row, unit) => row.reduce((sum, weight, j) => sum + weight * a[j], biases[unit]));
        a = i < layers.length - 1 ? z.map((each) => Math.max(0, each)) : z;
      });
      return a[0];
    };
    for (let x = 0; x <= 1; x += 1 / 77) expect(run(x)).toBeCloseTo(value(x), 13);
  });

  it('goes up to 1023 compositions, and refuses more, whose pieces are no float64', () => {
    expect(tentMap({ compositions: 1023 }).pieces).toBe(2 ** 1023);
    expect(() => tentMap({ compositions: 1024 })).toThrow(ParameterError);
    expect(() => tentMap({ compositions: 1024 })).toThrow(/a whole number from 1 to 1023, not 1024/);
  });

  it('refuses less than one composition', () => {
    expect(() => tentMap({ compositions: 0 })).toThrow(ParameterError);
    expect(() => tentMap({} as never)).toThrow('tentMap needs compositions');
  });
});
