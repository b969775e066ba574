import { describe, expect, it } from 'vitest';
import { madeUpResults } from '../test/made-up-results.ts';
import { type DecidedTarget, decideTargets } from './targets.ts';
import { targetsTable } from './render/targets-table.ts';
import type { Entry, Results } from './results.ts';
import { deepSweep } from './suites.ts';

function decided(work: string, contender: string, results: Results = madeUpResults()): DecidedTarget {
  const found = decideTargets(results).find(({ target }) => target.work === work && target.contender === contender);
  if (!found) throw new Error(`there is no target ${work} of ${contender}`);
  return found;
}

const toy = 'training step, 2-64-64-2, batch 128';

describe('targets', () => {
  it('are met from the floor on: half of the ceiling, where 0.45 is asked for', () => {
    const { measured, verdict } = decided('matrix product, n = 64', 'wasm-simd');
    expect(measured?.value).toBeCloseTo(0.5, 12);
    expect(verdict).toBe('met');
  });

  it('compare with the faster of two opponents, and are missed below the floor', () => {
    const { measured, verdict } = decided(toy, 'wasm-simd');
    expect(measured?.value).toBeCloseTo(1.05, 12);
    expect(verdict).toBe('missed');
  });

  it('are met up to a ceiling where one is meant', () => {
    const { measured, verdict } = decided('whole step, 784-256-256-10, batch 128', 'wasm-simd');
    expect(measured?.value).toBeCloseTo(1.2, 12);
    expect(verdict).toBe('met');
  });

  it('say why they were not measured: who is missing, which Node, what did not run', () => {
    expect(decided('matrix product, n = 64', 'native')).toMatchObject({
      verdict: 'not measured',
      reason: 'it is not built',
    });
    expect(decided('matrix product, n = 128', 'wasm-simd').reason).toBe('this part of the bench did not run');
    expect(decided('training step, 2-16-16-2, batch 32', 'wasm-simd').reason).toBe('wide: ended with SIGKILL');
    const { contenders } = madeUpResults();
    const onNode22 = contenders.map((one) => (one.id === 'wasm-simd' ? { ...one, info: { node: '22.1.0' } } : one));
    expect(decided(toy, 'wasm-simd', madeUpResults({ contenders: onNode22 })).reason).toBe('it ran on Node 22');
    const withoutTorch = madeUpResults({
      contenders: contenders.map((one) =>
        one.id === 'torch-1' ? { id: one.id, label: one.label, missing: 'no Python' } : one,
      ),
      entries: [],
    });
    expect(decided(toy, 'wasm-simd', withoutTorch).reason).toBe('no Python');
  });

  it('do not count against the reference BLAS, however good they look; what needs no PyTorch still does', () => {
    const reference = madeUpResults({
      blas: { name: 'reference', detail: 'libblas.so.3', shareOfPeak: 0.03, counts: false, reason: 'reference BLAS' },
    });
    expect(decided(toy, 'wasm-simd', reference)).toMatchObject({ verdict: 'not counted', reason: 'reference BLAS' });
    expect(decided('matrix product, n = 64', 'wasm-simd', reference).verdict).toBe('met');
  });

  it('do not count between threads while other work runs, which makes PyTorch wait for itself', () => {
    const sweep = 'sweep of 20 seeds, depth 50, width 256, batch 256, two workers';
    const { machine, contenders, entries } = madeUpResults();
    const entry = { ...entries[0], work: deepSweep, comparison: 'sweep', suite: 'sweep' as const };
    const timed = {
      contenders: contenders.map((one) => (one.id === 'native' ? { id: one.id, label: one.label, info: {} } : one)),
      entries: [
        { ...entry, contender: 'native', seconds: [1, 1, 1] },
        { ...entry, contender: 'torch-2', seconds: [2, 2, 2] },
      ],
    };
    expect(decided(sweep, 'native', madeUpResults(timed)).verdict).toBe('met');
    expect(decided(sweep, 'native', madeUpResults({ ...timed, machine: { ...machine, load: 1.5 } }))).toMatchObject({
      verdict: 'not counted',
      reason: 'other work kept 1.5 processors busy',
    });
  });

  it('of the pool are over half the time of one worker, with what two separate pools reach beside it', () => {
    const results = madeUpResults();
    const task = (name: string, seconds: number): Entry => ({
      ...{ suite: 'analysis', comparison: 'pools', contender: 'wasm-simd', work: { kind: 'task', name } },
      ...{ clock: 'wall', runs: 1, seconds: [seconds, seconds] },
    });
    const entries = [task('pool-of-one', 4), task('pool-of-two', 2.5), task('two-pools-of-one', 2.2)];
    const found = decided('sweep over a pool of two workers', 'wasm-simd', { ...results, entries });
    expect(found).toMatchObject({ verdict: 'missed', control: 'two pools of one worker: 0.909' });
    expect(found.measured).toEqual({ value: 0.8, quartiles: [0.8, 0.8] });
    expect(targetsTable({ ...results, entries })).toContain('✗ missed (two pools of one worker: 0.909)');
  });

  it('are not counted when the core was shared in most rounds of one side', () => {
    const results = madeUpResults();
    const shared = results.entries.map((entry) =>
      entry.contender === 'wasm-simd' ? { ...entry, sharedRounds: entry.seconds.length } : entry,
    );
    expect(decided('matrix product, n = 64', 'wasm-simd', { ...results, entries: shared })).toMatchObject({
      verdict: 'not counted',
      reason: 'the core was shared in most rounds',
    });
    const seldom = results.entries.map((entry) => ({ ...entry, sharedRounds: 0 }));
    expect(decided('matrix product, n = 64', 'wasm-simd', { ...results, entries: seldom }).verdict).toBe('met');
  });
});
