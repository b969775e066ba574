import {
  type ExperimentReference,
  type SweepExecutor,
  type SweepProgress,
  type SweepStore,
  createJobs,
  runSweep,
} from '@relu-lab/sweep';
import { BuildAbortedError, SweepFailedError } from '../errors.ts';
import type { StudySweep, SweepRows } from '../study.ts';
import { sweepSeeds } from './seeds.ts';

/** Where finished runs are kept: one store for all, or one for each experiment. */
export type RunStore = SweepStore | ((experiment: ExperimentReference) => SweepStore);

/** What a study's sweeps run with. */
export interface StudySweepOptions {
  readonly seed: number;
  readonly executor: SweepExecutor;
  readonly store?: RunStore;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SweepProgress) => void;
  /** Hears of every sweep that completed, in the order in which they were asked for. */
  readonly onEnd?: (sweep: EndedSweep) => void;
}

/** A sweep that completed. */
export interface EndedSweep extends SweepRows {
  /** How many of its runs an earlier build had finished. */
  readonly takenOver: number;
}

/** The `sweep` of a build. One that is called while another runs waits for it. */
export function studySweep({ seed, executor, store, signal, onProgress, onEnd }: StudySweepOptions): StudySweep {
  let previous: Promise<unknown> = Promise.resolve();
  const counted = new Set<string>();
  return (experiment, conditions, { seeds, label }) => {
    const sweep = async (): ReturnType<StudySweep> => {
      const jobs = createJobs(experiment, conditions, sweepSeeds(seeds, seed), label && { label });
      const runs = typeof store === 'function' ? store(experiment) : store;
      const there = jobs.filter(({ id }) => !counted.has(id) && runs?.get(id) !== undefined);
      for (const { id } of jobs) counted.add(id);
      const outcome = await runSweep({ jobs, executor, ...(runs && { store: runs }), signal, onProgress });
      if (outcome.status === 'aborted') throw new BuildAbortedError('The build was stopped');
      const [first] = outcome.failures;
      if (first) {
        const name = first.job.label ?? `seed ${first.job.seed} of ${JSON.stringify(first.job.parameters)}`;
        throw new SweepFailedError(
          `${outcome.failures.length} of ${jobs.length} runs failed. The first, ${name}: ${first.error.name}: ${first.error.message}`,
          { cause: Object.assign(new Error(first.error.message), { stack: first.error.stack }) },
        );
      }
      const rows = outcome.results.flatMap((result) => result.rows);
      const timings = outcome.results.flatMap((result) => result.timings);
      onEnd?.({ rows, timings, takenOver: there.length });
      return { rows, timings };
    };
    const result = previous.then(sweep);
    previous = result.catch(() => undefined);
    return result;
  };
}
