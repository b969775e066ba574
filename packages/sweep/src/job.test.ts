import { describe, expect, it } from 'vitest';
import { experiment, experimentName } from './experiment.ts';
import { createJobs } from './job.ts';

interface DecayParameters {
  readonly rate: number;
  readonly steps: number;
}
const decay = experiment<DecayParameters>('file:///home/ann/lab/src/decay.ts', 'runDecay');
const slow = { rate: 0.1, steps: 3 };

describe('experiment', () => {
  it('needs a URL and a name', () => {
    expect(() => experiment('./decay.ts', 'runDecay')).toThrow(
      "must be a URL such as import.meta.url, not './decay.ts'",
    );
    expect(() => experiment('file:///lab/decay.ts', '')).toThrow('Say which export of file:///lab/decay.ts');
  });

  it('has a name without folder and extension', () => {
    expect(experimentName(decay)).toBe('decay#runDecay');
    expect(experimentName({ module: 'file:///C:/my%20lab/my%20study.test.mjs?v=2', export: 'a' })).toBe(
      'my study.test#a',
    );
  });
});

describe('createJobs', () => {
  it('refuses lists that are missing, in words', () => {
    const loose = createJobs as (...values: readonly unknown[]) => unknown;
    expect(() => loose()).toThrow('createJobs takes a list of conditions, not undefined');
    expect(() => loose({ module: 'file:///a.ts', export: 'a' }, [{}])).toThrow(
      'createJobs takes a list of seeds, not undefined',
    );
  });

  it('makes a job of every condition and seed', () => {
    const fast = { rate: 0.5, steps: 3 };
    const jobs = createJobs(decay, [slow, fast], [1, 2], { label: ({ rate }, seed) => `${rate}/${seed}` });
    expect(jobs.map(({ parameters, seed, label }) => [parameters, seed, label])).toEqual([
      [slow, 1, '0.1/1'],
      [slow, 2, '0.1/2'],
      [fast, 1, '0.5/1'],
      [fast, 2, '0.5/2'],
    ]);
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(4);
  });

  it('has the id that SHA-256 of the canonical JSON gives elsewhere', () => {
    // printf '{"experiment":"decay#runDecay","parameters":{"rate":0.1,"steps":3},"seed":1}' | sha256sum
    expect(createJobs(decay, [slow], [1])[0]?.id).toBe(
      '47b3e0775377e64a649201ed6988b41603da9403eba8d311e95eebc5850f72f9',
    );
  });

  it('gives the same id on another machine, from built code, and for another order of keys', () => {
    const elsewhere = experiment<DecayParameters>('file:///srv/bob/dist/decay.js', 'runDecay');
    const [here] = createJobs(decay, [slow], [1]);
    const [there] = createJobs(elsewhere, [{ steps: 3, rate: 0.1 }], [1], { label: () => 'elsewhere' });
    expect(there?.id).toBe(here?.id);
  });

  it('gives another id to another export, seed or parameter', () => {
    const grow = experiment<DecayParameters>(decay.module, 'runGrowth');
    const ids = [...createJobs(decay, [slow, { ...slow, steps: 4 }], [1, 2]), ...createJobs(grow, [slow], [1])].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(5);
  });

  it('runs what it has hashed, also when the caller changes the parameters afterwards', () => {
    const parameters = { rate: 0.1, steps: 3 };
    const [job] = createJobs(decay, [parameters], [1]);
    parameters.rate = 0.9;
    expect(job?.parameters.rate).toBe(0.1);
  });

  it('names the condition and the path of a parameter that is no JSON', () => {
    expect(() => createJobs(decay, [slow, { rate: NaN, steps: 1 }], [1])).toThrow('conditions[1].rate is NaN');
  });

  it('refuses seeds that are no integers, and what would count twice', () => {
    expect(() => createJobs(decay, [slow], [0.5])).toThrow('A seed must be a safe integer, not 0.5');
    expect(() => createJobs(decay, [slow], [1, 2, 1])).toThrow('Jobs 0 and 2 are the same: decay#runDecay with seed 1');
    expect(() => createJobs(decay, [slow, { ...slow }], [1])).toThrow('Jobs 0 and 1 are the same');
  });

  it('takes the parameters of its experiment only', () => {
    // @ts-expect-error: steps is missing.
    createJobs(decay, [{ rate: 0.1 }], [1]);
    // @ts-expect-error: rate is a number.
    createJobs(decay, [{ rate: '0.1', steps: 3 }], [1]);
  });
});
