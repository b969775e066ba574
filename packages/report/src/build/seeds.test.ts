import { describe, expect, it } from 'vitest';
import { checkSeed, largestSeed, sweepSeeds } from './seeds.ts';

describe('sweepSeeds', () => {
  it('takes a list as it is', () => {
    expect(sweepSeeds([3, 1], 7)).toEqual([3, 1]);
  });

  it('gives builds of different seeds different ones', () => {
    expect(sweepSeeds(3, 0)).toEqual([0, 1, 2]);
    expect(sweepSeeds(3, 7)).toEqual([7000, 7001, 7002]);
    const lists = [0, 1, 2, 3].flatMap((seed) => sweepSeeds(1000, seed));
    expect(new Set(lists).size).toBe(4000);
  });

  it('refuses a number that is none', () => {
    expect(() => sweepSeeds(0, 1)).toThrow('The number of seeds is a whole number from 1 to 1000, not 0');
    expect(() => sweepSeeds(1.5, 1)).toThrow('not 1.5');
    expect(() => sweepSeeds(1001, 1)).toThrow('not 1001');
  });
});

describe('checkSeed', () => {
  it('takes the largest seed whose runs all have seeds of their own, and none above', () => {
    checkSeed(0);
    checkSeed(largestSeed);
    const last = sweepSeeds(1000, largestSeed).at(-1) ?? NaN;
    expect(Number.isSafeInteger(last)).toBe(true);
    expect(Number.isSafeInteger((largestSeed + 1) * 1000 + 999)).toBe(false);
    expect(() => checkSeed(largestSeed + 1)).toThrow(
      'A seed is a whole number from 0 to 9007199254739, not 9007199254740',
    );
    expect(() => checkSeed(0.5)).toThrow('not 0.5');
  });
});
