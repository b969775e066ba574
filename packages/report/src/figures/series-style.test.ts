import { activationNames } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesStyles } from './series-style.ts';

describe('seriesStyles', () => {
  it('gives an activation the same style whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.subarray([...activationNames]), fc.array(fc.string()), (names, others) => {
        const alone = seriesStyles(['relu']).get('relu');
        expect(seriesStyles([...others, ...names, 'relu']).get('relu')).toEqual(alone);
      }),
    );
  });

  it('gives every activation of the catalogue a style of its own', () => {
    const styles = [...seriesStyles(activationNames).values()].map(({ color, dash }) => `${color} ${dash}`);
    expect(new Set(styles).size).toBe(activationNames.length);
  });

  it('tells the eight that are usually compared apart by colour alone, and by marker alone', () => {
    const names = ['relu', 'leaky-relu', 'prelu', 'elu', 'selu', 'maxout', 'tanh', 'sigmoid'];
    const styles = [...seriesStyles(names).values()];
    expect(new Set(styles.map(({ color }) => color)).size).toBe(8);
    expect(new Set(styles.map(({ marker }) => marker)).size).toBe(8);
    expect(new Set(styles.map(({ pattern }) => pattern)).size).toBe(8);
  });

  it('gives up to eight names of any kind eight colours, and up to 24 different styles', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 24 }), (names) => {
        const styles = [...seriesStyles(names).values()];
        const kinds = new Set(styles.map(({ color, dash }) => `${color} ${dash}`));
        expect(kinds.size).toBe(names.length);
        if (names.length <= 8) expect(new Set(styles.map(({ color }) => color)).size).toBe(names.length);
      }),
    );
  });
});
