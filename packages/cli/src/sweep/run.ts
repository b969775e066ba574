import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { durationText, parseAssignments, usualKernels } from '@relu-lab/report';
import {
  type SweepEstimate,
  type SweepFolder,
  type SweepFolderOptions,
  type SweepProgress,
  type SweepResult,
  estimateSweep,
  missingJobs,
  openSweep,
  readShard,
  reopenSweep,
  sweepStatus,
  workerPool,
} from '@relu-lab/sweep';
import { FailureError, UsageError } from '../errors.ts';
import { type Interrupts, listenForInterrupts } from '../interrupts.ts';
import { type ProgressDisplay, progressDisplay } from '../progress-display.ts';
import { printable } from '../progress-text.ts';
import { shownPath } from '../shown-path.ts';
import type { Terminal } from '../terminal.ts';
import { unlessUnending } from '../unending.ts';
import { readWholeNumber } from '../whole-number.ts';
import { askToGoOn } from './ask.ts';
import { changeDefinition } from './change-definition.ts';
import { firstEstimate } from './first-estimate.ts';
import { loadSweep } from './load-sweep.ts';
import { tellFailures } from './status.ts';

/** Options of `sweep run` and `sweep resume`, as they are typed. */
export interface ResumeFlags {
  readonly workers?: string;
  readonly timeLimit?: string;
  readonly heap?: string;
  readonly estimate?: boolean;
  readonly yes?: boolean;
  readonly retryFailed?: boolean;
  readonly acceptChanges?: boolean;
  readonly repair?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Options of `sweep run` alone. */
export interface RunFlags extends ResumeFlags {
  readonly out?: string;
  readonly shard?: string;
  readonly seeds?: string;
  readonly set?: readonly string[];
}

/** A sweep that takes longer than this is worth a question. */
const longSeconds = 600;

/** Runs the sweep that a file defines, or goes on with it, and returns the exit code. */
export async function runSweepFile(path: string, flags: RunFlags, terminal: Terminal): Promise<number> {
  const pool = readPool(flags);
  if (flags.out === '') throw new UsageError('--out needs a folder; . is this one');
  const seeds = readWholeNumber('--seeds', flags.seeds, { from: 1 });
  const shard = flags.shard === undefined ? undefined : readShard(flags.shard, process.env);
  const { name, definition } = await unlessUnending(
    loadSweep(path),
    () => new UsageError(`${path} never ended loading`),
  );
  const changed = changeDefinition(definition, {
    parameters: parseAssignments(flags.set ?? []),
    ...(seeds !== undefined && { seeds }),
  });
  const part = shard ? `-shard-${shard.index}-of-${shard.count}` : '';
  const folder = flags.out ?? join('dist', 'sweeps', `${name}${part}`);
  const sweep = openSweep(folder, changed, { ...(shard && { shard }), ...folderOptions(flags) });
  return carryOut(sweep, pool, flags, terminal);
}

/** Goes on with the sweep in a folder, and returns the exit code. */
export async function resumeSweep(folder: string, flags: ResumeFlags, terminal: Terminal): Promise<number> {
  const pool = readPool(flags);
  return carryOut(reopenSweep(folder, folderOptions(flags)), pool, flags, terminal);
}

type Pool = Parameters<typeof workerPool>[0] & { readonly workers: number };

async function carryOut(sweep: SweepFolder, pool: Pool, flags: ResumeFlags, terminal: Terminal): Promise<number> {
  const display = progressDisplay(process.stderr, {
    quiet: flags.quiet === true,
    plain: process.env['TERM'] === 'dumb',
  });
  const interrupts = listenForInterrupts(() =>
    display.note('Stopping. Finished runs are kept; Ctrl-C once more to end at once.'),
  );
  const executor = workerPool(pool);
  try {
    noteRepair(sweep, display);
    const options = {
      executor,
      signal: interrupts.signal,
      onProgress: display.show,
      retryFailed: flags.retryFailed === true,
    };
    const work = (async (): Promise<number> => {
      const estimate = await estimateFirst(sweep, { ...options, workers: pool.workers }, flags, display);
      if (interrupts.exitCode === undefined && flags.estimate === true)
        return tellEstimate(sweep, estimate, flags, terminal);
      const isLong = (estimate?.seconds ?? 0) > longSeconds && flags.yes !== true && flags.json !== true;
      if (interrupts.exitCode === undefined && isLong && !(await askToGoOn('Run it?', interrupts.signal))) {
        return tellEnd(sweep, 'aborted', interrupts, flags, terminal);
      }
      const watch = estimate ? undefined : firstEstimate(display.note);
      const onProgress = (progress: SweepProgress): void => {
        display.show(progress);
        watch?.(progress);
      };
      const { status } = await sweep.run({ ...options, onProgress });
      display.end();
      return tellEnd(sweep, status, interrupts, flags, terminal);
    })();
    return await unlessUnending(
      work,
      () => new FailureError('The sweep never ended: a job waits for something that nothing is left to bring about'),
    );
  } finally {
    interrupts.release();
    display.end();
    sweep.close();
    await executor.close();
  }
}

function noteRepair({ store, jobs }: SweepFolder, display: ProgressDisplay): void {
  if (store.movedAside > 0) {
    const lines = store.movedAside === 1 ? '1 line' : `${store.movedAside} lines`;
    display.note(`${lines} of runs.jsonl could not be read and went to runs.damaged.jsonl; those jobs run again.`);
  }
  if (store.repaired) display.note('The last line of runs.jsonl was torn by a crash; that job runs again.');
  const finished = jobs.filter(({ id }) => store.get(id) !== undefined).length;
  if (finished > 0)
    display.note(`Continuing: ${finished} finished ${finished === 1 ? 'run is' : 'runs are'} there already.`);
}

/** Tries a few jobs when there are many, and says how long the rest should take. Few jobs judge themselves: see {@link firstEstimate}. */
async function estimateFirst(
  sweep: SweepFolder,
  options: Parameters<typeof estimateSweep>[1],
  flags: ResumeFlags,
  display: ProgressDisplay,
): Promise<SweepEstimate | undefined> {
  const missing = missingJobs(sweep, flags.retryFailed === true).length;
  if (flags.estimate !== true && missing <= 4 * options.workers) return undefined;
  const estimate = await estimateSweep(sweep, options);
  display.end();
  if (options.signal?.aborted !== true) display.note(estimateText(estimate));
  return estimate;
}

function estimateText({ jobs, workers, measured, secondsPerJob, seconds }: SweepEstimate): string {
  if (jobs === 0) return 'Nothing is left to run';
  const what = `${jobs} ${jobs === 1 ? 'job' : 'jobs'} to run`;
  if (secondsPerJob === null || seconds === null)
    return `${what}; how long they take is not known, as no job tried has finished`;
  const on = workers === 1 ? '1 worker' : `${workers} workers`;
  return `${what}, about ${roughly(seconds)} on ${on} (${roughly(secondsPerJob)} a job, judged by ${measured})`;
}

function roughly(seconds: number): string {
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : durationText(seconds);
}

function tellEstimate(
  sweep: SweepFolder,
  estimate: SweepEstimate | undefined,
  flags: ResumeFlags,
  terminal: Terminal,
): number {
  if (flags.json === true) terminal.out(JSON.stringify({ folder: sweep.folder, estimate }, null, 2));
  else if (estimate) terminal.out(estimateText(estimate));
  return 0;
}

function tellEnd(
  sweep: SweepFolder,
  outcome: SweepResult['status'],
  interrupts: Interrupts,
  flags: ResumeFlags,
  terminal: Terminal,
): number {
  const status = sweepStatus(sweep.folder);
  const { total, done, failed, missing } = status;
  const folder = shownPath(process.cwd(), sweep.folder);
  const exitCode = interrupts.exitCode ?? (outcome === 'aborted' ? 130 : outcome === 'failed' ? 1 : 0);
  if (flags.json === true) {
    terminal.out(JSON.stringify({ status: outcome, ...status, running: null }, null, 2));
    return exitCode;
  }
  tellFailures(status.failures, (line) => terminal.info(line));
  if (outcome === 'aborted') {
    terminal.info(`Stopped. ${done} of ${total} jobs are done; relu-lab sweep resume ${printable(folder)} goes on.`);
    return exitCode;
  }
  if (flags.quiet !== true) {
    terminal.out(
      `${done} of ${total} jobs done${failed > 0 ? `, ${failed} failed` : ''}${missing > 0 ? `, ${missing} missing` : ''}`,
    );
  }
  terminal.out(`Rows: ${join(folder, 'runs.parquet')}`);
  return exitCode;
}

/** The rows of networks depend on the kernels: a folder has runs of one backend and build. */
function folderOptions({ acceptChanges, repair }: ResumeFlags): SweepFolderOptions {
  return { context: { kernels: usualKernels() }, acceptChanges: acceptChanges === true, repair: repair === true };
}

function readPool(flags: ResumeFlags): Pool {
  const workers = readWholeNumber('--workers', flags.workers, { from: 1 }) ?? availableParallelism();
  const heapMegabytes = readWholeNumber('--heap', flags.heap, { from: 1 });
  const timeLimitSeconds = readSeconds('--time-limit', flags.timeLimit);
  return {
    workers,
    ...(heapMegabytes !== undefined && { heapMegabytes }),
    ...(timeLimitSeconds !== undefined && { timeLimitSeconds }),
  };
}

function readSeconds(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = text.trim() === '' ? NaN : Number(text);
  if (seconds > 0 && seconds < Infinity) return seconds;
  throw new UsageError(`${flag} is a number of seconds above 0, not '${text}'`);
}
