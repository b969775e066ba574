import type { SweepProgress } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { firstEstimate } from './first-estimate.ts';

const at = (done: number, remainingSeconds: number | null): SweepProgress => ({
  ...{ done, total: 8, failed: 0, fraction: done / 8, elapsedSeconds: 3600 },
  remainingSeconds,
});

function told(...progress: readonly SweepProgress[]): readonly string[] {
  const lines: string[] = [];
  const watch = firstEstimate((line) => lines.push(line));
  for (const one of progress) watch(one);
  return lines;
}

describe('firstEstimate', () => {
  it('says once, after the first job that ends in this run, how long the rest takes', () => {
    expect(told(at(2, null), at(2, 9000), at(3, 9000), at(4, 7200))).toEqual([
      '5 jobs are left, about 2 h 30 min, judged by the first that has ended.',
    ]);
    expect(told(at(0, null), at(7, 3600))).toEqual([
      '1 job is left, about 1 h 0 min, judged by the first 7 that have ended.',
    ]);
  });

  it('waits for a pace to judge by', () => {
    expect(told(at(0, null), at(1, null), at(2, 3600))).toHaveLength(1);
  });

  it('says nothing of short jobs, or when nothing is left', () => {
    expect(told(at(0, null), at(1, 5), at(2, 3600))).toEqual([]);
    expect(told(at(0, null), at(8, 0))).toEqual([]);
  });
});
