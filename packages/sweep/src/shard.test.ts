import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SweepError } from './errors.ts';
import { jobsOfShard, readShard } from './shard.ts';

function slurm(id: string, count: string, min: string, max?: string): Readonly<Record<string, string>> {
  return {
    SLURM_ARRAY_TASK_ID: id,
    SLURM_ARRAY_TASK_COUNT: count,
    SLURM_ARRAY_TASK_MIN: min,
    ...(max !== undefined && { SLURM_ARRAY_TASK_MAX: max }),
  };
}

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
    ['no STEP', { SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_MAX: '7' }, '0', { index: 1, count: 8 }],
  ])('reads the task of a Slurm array: %s', (_, more, id, shard) => {
    expect(readShard('auto', { SLURM_ARRAY_TASK_ID: id, SLURM_ARRAY_TASK_COUNT: '8', ...more })).toEqual(shard);
  });

  it('reads the index of a Kubernetes job', () => {
    expect(readShard('auto', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '3' })).toEqual({ index: 1, count: 3 });
  });

  it.each([
    [{}, /neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; write i\/n/],
    [{ SLURM_ARRAY_TASK_ID: '3' }, /SLURM_ARRAY_TASK_COUNT is not set/],
    [slurm('9', '3', '0'), /task 9 of 3 .*submit it with --array=0-2/],
    [{ SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '8' }, /SLURM_ARRAY_TASK_MIN is not set/],
    [{ JOB_COMPLETION_INDEX: '1' }, /JOB_COMPLETIONS is not set/],
    [{ JOB_COMPLETION_INDEX: 'one', JOB_COMPLETIONS: '2' }, /JOB_COMPLETION_INDEX is 'one'/],
  ])('says what the environment lacks: %j', (environment, message) => {
    expect(() => readShard('auto', environment)).toThrow(message);
  });
});

describe('readShard of tasks that were submitted again', () => {
  it.each([
    ['--array=5', slurm('5', '1', '5', '5')],
    ['--array=0', slurm('0', '1', '0', '0')],
    ['--array=3-5', slurm('4', '3', '3', '5')],
    ['--array=0,2,5', slurm('2', '3', '0', '5')],
  ])('refuses %s, which would be another share of the jobs, and asks for i/n', (_, environment) => {
    expect(() => readShard('auto', environment)).toThrow(SweepError);
    expect(() => readShard('auto', environment)).toThrow(/may be one of a larger array .* write i\/n, as in 2\/8/);
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
