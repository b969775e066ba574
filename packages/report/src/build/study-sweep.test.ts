import { describe, expect, it } from 'vitest';
import { sweepSeeds } from './study-sweep.ts';

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
    expect(() => sweepSeeds(0, 1)).toThrow('1 to 1000 seeds, not 0');
    expect(() => sweepSeeds(1.5, 1)).toThrow('not 1.5');
    expect(() => sweepSeeds(1001, 1)).toThrow('not 1001');
  });
});
