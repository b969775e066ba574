import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SweepError } from './errors.ts';
import { jobsOfShard, readShard } from './shard.ts';

describe('readShard', () => {
  it('reads i/n', () => {
    expect(readShard('2/8')).toEqual({ index: 2, count: 8 });
  });

  it.each(['0/4', '5/4', '1', '1/0', '-1/4', '1/4/2', 'a/b', ''])('refuses %j', (text) => {
    expect(() => readShard(text)).toThrow(SweepError);
  });

  it.each([
    ['--array=0-7', { SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_STEP: '1' }, '7', { index: 8, count: 8 }],
    ['--array=1-8', { SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_STEP: '1' }, '8', { index: 8, count: 8 }],
    ['--array=0-14:2', { SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_STEP: '2' }, '4', { index: 3, count: 8 }],
    ['no MIN and STEP', {}, '0', { index: 1, count: 8 }],
  ])('reads the task of a Slurm array: %s', (_, more, id, shard) => {
    expect(readShard('auto', { SLURM_ARRAY_TASK_ID: id, SLURM_ARRAY_TASK_COUNT: '8', ...more })).toEqual(shard);
  });

  it('reads the index of a Kubernetes job', () => {
    expect(readShard('auto', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '3' })).toEqual({ index: 1, count: 3 });
  });

  it.each([
    [{}, /neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; write i\/n/],
    [{ SLURM_ARRAY_TASK_ID: '3' }, /SLURM_ARRAY_TASK_COUNT is not set/],
    [{ SLURM_ARRAY_TASK_ID: '9', SLURM_ARRAY_TASK_COUNT: '3' }, /task 9 of 3 .*submit it with --array=0-2/],
    [{ JOB_COMPLETION_INDEX: '1' }, /JOB_COMPLETIONS is not set/],
    [{ JOB_COMPLETION_INDEX: 'one', JOB_COMPLETIONS: '2' }, /JOB_COMPLETION_INDEX is 'one'/],
  ])('says what the environment lacks: %j', (environment, message) => {
    expect(() => readShard('auto', environment)).toThrow(message);
  });
});

describe('jobsOfShard', () => {
  it('gives each job to exactly one shard, as evenly as can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 12 }), (total, count) => {
        const jobs = Array.from({ length: total }, (_, i) => i);
        const shards = Array.from({ length: count }, (_, i) => jobsOfShard(jobs, { index: i + 1, count }));
        expect(shards.flat().sort((a, b) => a - b)).toEqual(jobs);
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
