import { experiment } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { changeDefinition } from './change-definition.ts';

const decay = experiment<object>('file:///decay.ts', 'runDecay');
const grid = { experiment: decay, parameters: { rate: [0.5, 0.25], widths: [[8]] }, seeds: 2 };
const list = { experiment: decay, parameters: [{ rate: 0.5 }, { rate: 0.25, steps: 2 }], seeds: [1, 2] };

describe('changeDefinition', () => {
  it('gives a parameter of a grid one value, or a list of them', () => {
    expect(changeDefinition(grid, { parameters: { rate: 1 } }).parameters).toEqual({ rate: [1], widths: [[8]] });
    expect(changeDefinition(grid, { parameters: { rate: [1, 2], widths: [[4, 4]] } }).parameters).toEqual({
      rate: [1, 2],
      widths: [[4, 4]],
    });
  });

  it('gives every condition of a list the value as it is', () => {
    expect(changeDefinition(list, { parameters: { steps: 3 } }).parameters).toEqual([
      { rate: 0.5, steps: 3 },
      { rate: 0.25, steps: 3 },
    ]);
  });

  it('changes the number of seeds, and nothing that is not asked for', () => {
    expect(changeDefinition(grid, { seeds: 7, parameters: {} })).toEqual({ ...grid, seeds: 7 });
    expect(changeDefinition(list, { parameters: {} })).toEqual(list);
  });

  it('names the nearest parameter when there is none of that name', () => {
    expect(() => changeDefinition(grid, { parameters: { rat: 1 } })).toThrow(
      "no parameter 'rat'; did you mean 'rate'?",
    );
    expect(() => changeDefinition(list, { parameters: { step: 1 } })).toThrow("did you mean 'steps'?");
  });
});
