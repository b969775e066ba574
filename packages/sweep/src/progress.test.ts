import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from './job.ts';
import { type SweepProgress, trackProgress } from './progress.ts';

function job(id: string, label?: string): Job {
  const experiment = { module: 'file:///lab/decay.ts', export: 'decay' };
  return { id, experiment, parameters: {}, seed: 0, ...(label !== undefined && { label }) };
}

/** A tracker with a clock that stands still unless it is told to go on. */
function tracked(total: number, reused = 0) {
  const heard: SweepProgress[] = [];
  let milliseconds = 5000;
  const tracker = trackProgress({
    total,
    before: { completed: reused, failed: 0 },
    onProgress: (progress) => heard.push(progress),
    now: () => milliseconds,
  });
  return { ...tracker, heard, last: () => heard.at(-1), wait: (seconds: number) => (milliseconds += seconds * 1000) };
}

describe('trackProgress', () => {
  it('adds what running jobs say to what is done', () => {
    const { started, advanced, ended, last } = tracked(4);
    started();
    expect(last()).toEqual({ done: 0, total: 4, failed: 0, fraction: 0, elapsedSeconds: 0, remainingSeconds: null });
    advanced(job('a', 'first'), 0.5);
    advanced(job('b'), 0.25);
    expect(last()).toMatchObject({ done: 0, fraction: 0.75 / 4 });
    ended(job('a', 'first'), false);
    expect(last()).toMatchObject({ done: 1, failed: 0, fraction: 1.25 / 4, label: 'first' });
    ended(job('b'), true);
    expect(last()).toMatchObject({ done: 2, failed: 1, fraction: 0.5 });
    expect(last()).not.toHaveProperty('label');
  });

  it('expects the rest to go at the pace so far, which reused runs do not count for', () => {
    const { started, advanced, ended, last, wait } = tracked(10, 5);
    started();
    expect(last()).toMatchObject({ done: 5, fraction: 0.5, remainingSeconds: null });
    wait(6);
    ended(job('a'), false);
    advanced(job('b'), 0.5);
    // 1.5 of 5 jobs in 6 s: 4 s a job, 3.5 jobs left.
    expect(last()).toMatchObject({ elapsedSeconds: 6 });
    expect(last()?.remainingSeconds).toBeCloseTo(14, 10);
  });

  it('ends at exactly 1, and never falls on the way', () => {
    const job0 = fc.record({ id: fc.nat(6), fraction: fc.double({ min: 0, max: 1, noNaN: true }), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(job0), (news) => {
        const { started, advanced, ended, heard, last } = tracked(7);
        const over = new Set<number>();
        started();
        for (const { id, fraction, ends } of news) {
          if (over.has(id)) continue;
          if (ends) ended(job(String(over.add(id) && id)), false);
          else advanced(job(String(id)), fraction);
        }
        for (let id = 0; id < 7; id++) if (!over.has(id)) ended(job(String(id)), false);
        const fractions = heard.map(({ fraction }) => fraction);
        expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
        expect(last()).toMatchObject({ done: 7, fraction: 1, remainingSeconds: 0 });
      }),
    );
  });
});
