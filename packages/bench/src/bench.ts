import { availableParallelism } from 'node:os';
import { type Blas, judgeBlas } from './blas.ts';
import { type Entrant, type Outcome, compare } from './compare.ts';
import type { Contender, ContenderId } from './contenders.ts';
import { isFound } from './found.ts';
import { watchCore } from './core-watch.ts';
import { type EngineInfo, Host } from './host.ts';
import { type Machine, busyProcessors, thisMachine } from './machine.ts';
import type { Clock, ContenderRecord, Effort, Entry, Refusal, Results, SuiteName } from './results.ts';
import { freeFromCore, pinToCore } from './pin-to-core.ts';
import { spreadOf } from './statistics.ts';
import { type Comparison, comparisons } from './suites.ts';
import { tasks } from './tasks.ts';
import type { Work } from './work.ts';

/** What a bench tells while it runs. */
export interface BenchListener {
  /** Before anybody is started. */
  onMachine(machine: Machine): void;
  /** All contenders have been started, or could not be. */
  onContenders(records: readonly ContenderRecord[], blas: Blas | null): void;
  onComparison(entries: readonly Entry[], refusals: readonly Refusal[], progress: BenchProgress): void;
}

export interface BenchProgress {
  readonly done: number;
  readonly total: number;
  readonly elapsedSeconds: number;
  readonly remainingSeconds: number;
}

/** Where single threads are timed: the last core, since interrupts come to the first. */
const timedCore = availableParallelism() - 1;

/** How long all timings together may wait for a core that is not shared. */
const settlingSeconds = 300;

/** How long the bench rests to see what else runs. */
const restMilliseconds = 2000;

interface Started {
  readonly contender: Contender;
  readonly info: EngineInfo;
  host: Host;
}

/** Runs suites: contenders are started once, and one that crashes is started again for the next comparison. */
export async function runBench(
  suites: readonly SuiteName[],
  roster: readonly Contender[],
  effort: Effort,
  listener: BenchListener,
): Promise<Results> {
  const begun = new Date();
  const before = thisMachine(await busyProcessors(restMilliseconds));
  listener.onMachine(before);
  const { started, records } = await startAll(roster);
  const entries: Entry[] = [];
  const refusals: Refusal[] = [];
  let blas: Blas | null = null;
  const limits = roster.find(({ id }) => id === 'limits')?.command;
  const watching = limits && (await watchCore(limits, timedCore, settlingSeconds));
  try {
    blas = await blasUnderTorch(started);
    listener.onContenders(records, blas);
    const all = comparisons(suites, availableParallelism());
    const start = performance.now();
    const weights = all.map((comparison) => expectedCost(comparison, started, effort));
    for (const [i, comparison] of all.entries()) {
      const entrants = entrantsOf(comparison, started);
      if (watching) placeOnCores(entrants);
      const outcomes = await compare(entrants, effort, comparison.patience, watching?.watch);
      const found = outcomes.flatMap((outcome) => entryOf(comparison, outcome));
      const refused = outcomes.flatMap((outcome) => refusalOf(comparison, outcome));
      entries.push(...found);
      refusals.push(...refused);
      await restartEnded(started);
      const elapsedSeconds = (performance.now() - start) / 1e3;
      const spent = sum(weights.slice(0, i + 1));
      listener.onComparison(found, refused, {
        done: i + 1,
        total: all.length,
        elapsedSeconds,
        remainingSeconds: (elapsedSeconds * (sum(weights) - spent)) / spent,
      });
    }
  } finally {
    watching?.stop();
    for (const { host } of started.values()) host.stop();
  }
  const machine = { ...before, load: Math.max(before.load, await busyProcessors(restMilliseconds)) };
  const took = (Date.now() - begun.getTime()) / 1e3;
  return {
    schema: 1,
    started: begun.toISOString(),
    took,
    machine,
    effort,
    contenders: records,
    blas,
    entries,
    refusals,
  };
}

async function startAll(
  roster: readonly Contender[],
): Promise<{ readonly started: Map<ContenderId, Started>; readonly records: readonly ContenderRecord[] }> {
  const started = new Map<ContenderId, Started>();
  const records: ContenderRecord[] = [];
  for (const contender of roster) {
    const { id, label, command } = contender;
    if (!isFound(command)) {
      records.push({ id, label, missing: command.missing });
      continue;
    }
    const host = Host.start(command.value);
    try {
      const info = await host.info();
      started.set(id, { contender, info, host });
      records.push({ id, label, info });
    } catch (error) {
      host.stop();
      records.push({ id, label, missing: error instanceof Error ? error.message : String(error) });
    }
  }
  return { started, records };
}

async function restartEnded(started: Map<ContenderId, Started>): Promise<void> {
  for (const one of started.values()) {
    const { command } = one.contender;
    if (one.host.running || !isFound(command)) continue;
    one.host = Host.start(command.value);
    // What cannot start again says so when it is asked for work.
    await one.host.info().catch(() => undefined);
  }
}

/** Torch's own product of 512 × 512 over the peak of the core, measured in turns, and what is under it. */
async function blasUnderTorch(started: Map<ContenderId, Started>): Promise<Blas | null> {
  const torch = started.get('torch-1');
  if (!torch) return null;
  const comparison: Comparison = {
    suite: 'matmul',
    name: 'the BLAS under PyTorch',
    patience: 1,
    works: [
      { work: { kind: 'matrix-product', n: 512 }, by: ['torch-1'] },
      { work: { kind: 'limit', name: 'fma', n: 1e8 } },
    ],
  };
  const effort = { rounds: 7, chunkSeconds: 0.01, warmUpSeconds: 0.1 };
  const outcomes = await compare(entrantsOf(comparison, started), effort, comparison.patience);
  const rate = (id: ContenderId, operations: number): number | null => {
    const outcome = outcomes.find(({ contender }) => contender === id);
    return outcome && 'seconds' in outcome ? operations / spreadOf(outcome.seconds).median : null;
  };
  const product = rate('torch-1', 2 * 512 ** 3);
  const peak = rate('limits', 1e8);
  return judgeBlas(torch.info, product === null || peak === null ? null : product / peak);
}

/** Who runs on one thread is kept on the core that is watched; work over several threads may use all. */
function placeOnCores(entrants: readonly (Entrant & { readonly host: Host })[]): void {
  const threaded = new Set(entrants.filter(({ clock }) => clock === 'wall').map(({ host }) => host));
  for (const host of new Set(entrants.map((entrant) => entrant.host))) {
    if (threaded.has(host)) freeFromCore(host.pid);
    else pinToCore(host.pid, timedCore);
  }
}

function entrantsOf(
  { works }: Comparison,
  started: Map<ContenderId, Started>,
): readonly (Entrant & { readonly host: Host })[] {
  return works.flatMap(({ work, by }) =>
    [...started.values()]
      .filter(({ contender }) => contender.enters(work) && (!by || by.includes(contender.id)))
      .map(({ contender, host }) => ({
        contender: contender.id,
        work,
        clock: clockOf(work) ?? contender.clock,
        host,
      })),
  );
}

/** Work over several threads is done when the last of them is. */
function clockOf(work: Work): Clock | undefined {
  if (work.kind === 'sweep') return 'wall';
  return work.kind === 'task' ? tasks[work.name].clock : undefined;
}

function entryOf({ suite, name }: Comparison, outcome: Outcome): readonly Entry[] {
  if (!('seconds' in outcome)) return [];
  // More digits than the clock has would only make the file long.
  const seconds = outcome.seconds.map((value) => Number(value.toPrecision(5)));
  return [{ suite, comparison: name, ...outcome, seconds, ...taskOf(outcome.work) }];
}

/** Kept with the results: the task may be another one when they are shown. */
function taskOf(work: Work): Pick<Entry, 'task'> {
  if (work.kind !== 'task') return {};
  const { label, amount, unit } = tasks[work.name];
  return { task: { label, amount, unit } };
}

function refusalOf({ suite, name }: Comparison, outcome: Outcome): readonly Refusal[] {
  if (!('refused' in outcome)) return [];
  return [{ suite, comparison: name, contender: outcome.contender, reason: outcome.refused }];
}

/** A guess in seconds, which only has to be right in proportion. */
function expectedCost(comparison: Comparison, started: Map<ContenderId, Started>, effort: Effort): number {
  const entrants = entrantsOf(comparison, started).length;
  const heavy = comparison.suite === 'sweep' || comparison.name.includes('1024') ? comparison.patience / 2 : 0.3;
  return entrants * (effort.warmUpSeconds + 0.1 + effort.rounds * effort.chunkSeconds * 1.3 + heavy);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
