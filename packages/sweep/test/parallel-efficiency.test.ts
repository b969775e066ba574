import { describe, expect, it } from 'vitest';
import { createJobs, parallelEfficiency } from '../src/index.ts';
import { misbehaves, powers } from './experiments.ts';

describe('parallelEfficiency', () => {
  it('measures all jobs on one worker and on several', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 1, delay: 50 }], [1, 2, 3, 4]);
    const { workers, oneWorkerSeconds, seconds, efficiency, busyShare } = await parallelEfficiency({
      jobs,
      repeats: 1,
    });
    expect(workers).toBe(2);
    // Four waits of 50 ms, one after another or two at a time, take at least that long; timers are a millisecond fine.
    expect(oneWorkerSeconds).toBeGreaterThanOrEqual(0.196);
    expect(seconds).toBeGreaterThanOrEqual(0.098);
    expect(busyShare * 2 * seconds).toBeGreaterThanOrEqual(0.196);
    expect(busyShare).toBeLessThanOrEqual(1);
    expect(efficiency).toBeCloseTo(oneWorkerSeconds / seconds / 2, 12);
  });

  it('refuses what cannot be measured', async () => {
    const jobs = createJobs(misbehaves, [{ kind: 'throws' }], [1]);
    await expect(parallelEfficiency({ jobs })).rejects.toThrow('A job failed: RangeError: width 0 is too small');
    await expect(parallelEfficiency({ jobs: [] })).rejects.toThrow('no jobs');
    await expect(parallelEfficiency({ jobs, workers: 1 })).rejects.toThrow('workers must be 2 or more, not 1');
    await expect(parallelEfficiency({ jobs, repeats: 0 })).rejects.toThrow('repeats must be 1 or more, not 0');
  });
});
