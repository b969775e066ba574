import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from './nearest-name.ts';

const names = ['gelu', 'relu', 'relu6', 'leaky-relu', 'prelu', 'elu', 'selu', 'sigmoid', 'hard-sigmoid'];

describe('nearestName', () => {
  it.each([
    ['sigmiod', 'sigmoid'],
    ['lekyrelu', 'leaky-relu'],
    ['ReLU', 'relu'],
    ['hardSigmoid', 'hard-sigmoid'],
    ['leaky_relu', 'leaky-relu'],
    ['sellu', 'selu'],
    ['gleu', 'gelu'],
    ['rleu', 'relu'],
  ])('takes %s for a misspelling of %s', (name, nearest) => {
    expect(nearestName(name, names)).toBe(nearest);
  });

  it('knows the distance between kitten and sitting', () => {
    // Three edits for seven letters: within half; against a six-letter word that needs four, not.
    expect(nearestName('kitten', ['sitting'])).toBe('sitting');
    expect(nearestName('kitten', ['abbben'])).toBeUndefined();
  });

  it('prefers the first of several equally near', () => {
    expect(nearestName('xelu', ['selu', 'gelu', 'celu'])).toBe('selu');
  });

  it('suggests nothing for another word, an empty name or an empty list', () => {
    expect(nearestName('batch-norm', names)).toBeUndefined();
    expect(nearestName('', names)).toBeUndefined();
    expect(nearestName('relu', [])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('is part of a message, or nothing', () => {
    expect(didYouMean('sigmiod', names)).toBe(" (did you mean 'sigmoid'?)");
    expect(didYouMean('batch-norm', names)).toBe('');
  });
});
