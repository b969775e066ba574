import { describe, expect, expectTypeOf, it } from 'vitest';
import { type ParameterGrid, conditionsOf, defineSweep, seedsOf } from './define-sweep.ts';
import { SweepError } from './errors.ts';
import { experiment } from './experiment.ts';

interface Parameters {
  readonly rate: number;
  readonly widths: readonly number[];
  readonly name?: 'a' | 'b';
}
const decay = experiment<Parameters>('file:///decay.ts', 'runDecay');

describe('defineSweep', () => {
  it('takes a grid whose keys are the parameters of the experiment, or a list of them', () => {
    expectTypeOf<ParameterGrid<Parameters>>().toEqualTypeOf<{
      readonly rate: readonly number[];
      readonly widths: readonly (readonly number[])[];
      readonly name?: readonly ('a' | 'b')[];
    }>();
    const grid = { rate: [0.5, 0.25], widths: [[8, 8], [16]], name: ['a', 'b'] } as const;
    expect(defineSweep({ experiment: decay, parameters: grid, seeds: 3 })).toMatchObject({ parameters: grid });
    defineSweep({ experiment: decay, parameters: [{ rate: 1, widths: [] }], seeds: [4, 5] });
    // @ts-expect-error - the experiment has no parameter 'speed'
    defineSweep({ experiment: decay, parameters: { rate: [1], widths: [[1]], speed: [1] }, seeds: 1 });
    // @ts-expect-error - a rate is a number
    defineSweep({ experiment: decay, parameters: { rate: ['fast'], widths: [[1]] }, seeds: 1 });
  });

  it.each([
    [{ rate: 0.5 }, 'parameters.rate must be a list of values, as in { rate: [0.5] }'],
    [{ rate: [] }, 'parameters.rate is empty'],
    [[], 'parameters is an empty list'],
    [[1], 'parameters[0] must be a record such as { rate: 0.5 }, not a number'],
    [undefined, 'parameters must be a grid such as { rate: [0.5, 0.25] }, or a list of conditions, not undefined'],
  ])('refuses the parameters %j', (parameters, message) => {
    expect(() => defineSweep({ experiment: decay, parameters: parameters as never, seeds: 1 })).toThrow(SweepError);
    expect(() => conditionsOf(parameters)).toThrow(message);
  });

  it.each([0, 1.5, -1, NaN, [], [0.5], 'three', undefined])('refuses %j seeds', (seeds) => {
    expect(() => seedsOf(seeds)).toThrow('seeds must be a whole number from 1, or a list of integers');
  });
});

describe('conditionsOf', () => {
  it('makes every combination, the last parameter varying fastest', () => {
    expect(conditionsOf({ rate: [1, 2], name: ['a', 'b'] })).toEqual([
      { rate: 1, name: 'a' },
      { rate: 1, name: 'b' },
      { rate: 2, name: 'a' },
      { rate: 2, name: 'b' },
    ]);
  });
});

describe('seedsOf', () => {
  it('counts from 1', () => {
    expect(seedsOf(3)).toEqual([1, 2, 3]);
    expect(seedsOf([7, -2])).toEqual([7, -2]);
  });
});
