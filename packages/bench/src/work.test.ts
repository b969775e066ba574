import { describe, expect, it } from 'vitest';
import { comparisons } from './suites.ts';
import { suiteNames } from './results.ts';
import { amountOf, networkName, networkWidths, parseWork, workWords } from './work.ts';

describe('a work in words', () => {
  it('comes back as the same work, all that are timed', () => {
    for (const { works } of comparisons(suiteNames, 4)) {
      for (const { work } of works) expect(parseWork(workWords(work))).toEqual(work);
    }
  });

  it('is the same line for the same work', () => {
    expect(workWords({ kind: 'limit', name: 'copy', n: 10000 })).toBe('limit n=10000 name=copy');
    expect(workWords({ kind: 'limit', n: 10000, name: 'copy' })).toBe('limit n=10000 name=copy');
  });
});

describe('networks by name', () => {
  it('are their widths, or a width as often as there are layers and one more', () => {
    expect(networkWidths('784-256-10')).toEqual([784, 256, 10]);
    expect(networkWidths('16x4')).toEqual([16, 16, 16, 16]);
    expect(networkName('16x4')).toBe('3 layers of 16');
  });
});

describe('what a run amounts to', () => {
  it('counts the products of a step: forward, weights, and inputs of all layers but the first', () => {
    // 2 · 4 rows · (3 · 5 · 2 + 5 · 2 · 3)
    expect(amountOf({ kind: 'step-products', widths: '3-5-2', rows: 4 })).toEqual({ value: 480, unit: 'GFLOP/s' });
  });

  it('counts 8 bytes an element forward and 12 backward', () => {
    const of = (direction: 'forward' | 'backward'): number | undefined =>
      amountOf({ kind: 'elementwise', activation: 'relu', direction, n: 100 })?.value;
    expect([of('forward'), of('backward')]).toEqual([800, 1200]);
  });
});
