import { describe, expect, it } from 'vitest';
import { madeUpResults } from '../test/made-up-results.ts';
import { mergeResults } from './merge-results.ts';

describe('merging results', () => {
  it('replaces a suite as a whole, so that ratios are those of the same rounds', () => {
    const earlier = madeUpResults();
    const [entry] = earlier.entries.filter(({ suite }) => suite === 'steps');
    const later = { ...earlier, started: '2031-01-01T00:00:00.000Z', entries: [entry], refusals: [] };
    const { entries, started } = mergeResults([earlier, later]);
    expect(started).toBe(later.started);
    expect(entries.filter(({ suite }) => suite === 'steps')).toEqual([entry]);
    expect(entries.filter(({ suite }) => suite === 'matmul')).toEqual(
      earlier.entries.filter(({ suite }) => suite === 'matmul'),
    );
  });

  it('refuses those of different processors, and none', () => {
    const one = madeUpResults();
    const other = { ...one, machine: { ...one.machine, processor: 'Abacus' } };
    expect(() => mergeResults([one, other])).toThrow(/Abacus do not go into one table/);
    expect(() => mergeResults([])).toThrow(RangeError);
  });
});
