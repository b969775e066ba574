import { DataError, ParameterError } from '@relu-lab/core';
import { maxLinearRegions } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { runCrossings } from './experiments.ts';
import { regionsByDepth, summarizeRegionCounts } from './regions-by-depth.ts';

describe('regionsByDepth', () => {
  it('has no more regions for more layers, where the bound has a hundred times as many', () => {
    const found = regionsByDepth({ window: 'plane', neurons: [24], layers: [1, 3], seeds: [0, 1, 2, 3, 4, 5, 6] });
    expect(found.kind).toBe('regions-by-depth');
    expect(found.rows.length).toBe(14);
    const [shallow, deep] = found.summary;
    expect([shallow.layers, deep.layers]).toEqual([1, 3]);
    expect(deep.median).toBeLessThan(shallow.median * 1.1);
    expect(deep.median).toBe([...deep.counts].sort((a, b) => a - b)[3]);
    // Seven values: the smallest and the largest cover the median with 1 − 2⁻⁶.
    expect(deep.interval).toEqual([Math.min(...deep.counts), Math.max(...deep.counts)]);
    expect(deep.coverage).toBeCloseTo(1 - 2 ** -6, 12);
    expect(deep.predicted).toEqual({
      upperBound: maxLinearRegions({ inputs: 2, widths: [8, 8, 8] }).upperBound,
      expectedCells: null,
    });
    expect(deep.predicted.upperBound / shallow.predicted.upperBound).toBeGreaterThan(100);
  });

  it('says what is wrong', () => {
    expect(() => regionsByDepth({ window: 'line', neurons: [], layers: [1] })).toThrow(ParameterError);
    expect(() => regionsByDepth({ window: 'line', neurons: [9], layers: [1, 2], seeds: [0] })).toThrow('a multiple of');
    expect(() => summarizeRegionCounts([])).toThrow(ParameterError);
    expect(() => summarizeRegionCounts(runCrossings({ width: 2, layers: 1 }, 0))).toThrow(DataError);
  });
});
