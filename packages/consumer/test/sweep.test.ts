import { expect, inject, it } from 'vitest';
import { run } from './run.ts';

/** What `sweep.mjs` prints of one executor. */
interface Sweep {
  readonly status: string;
  readonly rows: readonly { readonly seed: number; readonly mean: number }[];
  readonly failures: readonly unknown[];
}

it('an experiment in a TypeScript file of the user runs in installed workers, with the rows of one process', async () => {
  const { stdout, stderr } = await run(inject('project'), process.execPath, 'sweep.mjs');
  const { inProcess, workerPool } = JSON.parse(stdout) as Readonly<Record<'inProcess' | 'workerPool', Sweep>>;
  expect(stderr).toBe('');
  expect(inProcess.failures).toEqual([]);
  expect(workerPool).toEqual(inProcess);
  expect(workerPool.rows.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
  // E[relu(z)] = 1 / √(2π) and Var[relu(z)] = 1/2 − 1/(2π): five standard errors of 20 000 draws.
  for (const { mean } of workerPool.rows) {
    expect(Math.abs(mean - 1 / Math.sqrt(2 * Math.PI))).toBeLessThan(5 * Math.sqrt((0.5 - 1 / (2 * Math.PI)) / 20_000));
  }
});
