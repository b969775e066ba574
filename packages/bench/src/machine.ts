import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { setTimeout } from 'node:timers/promises';

/** Where the numbers come from. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** The commit that was measured, with a `+` where files differ from it; null outside a repository. */
  readonly commit: string | null;
  /** How many processors other work kept busy, while the bench rested before its start and after its end: the larger. */
  readonly load: number;
}

/** This machine, now, under this load. */
export function thisMachine(load: number): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    commit: commitHere(),
    load,
  };
}

function commitHere(): string | null {
  const git = (...given: readonly string[]): string =>
    execFileSync('git', given, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  try {
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
  } catch {
    return null;
  }
}

/** Whether so little else ran that times on the wall, and of several threads, can be believed. */
export function wasQuiet({ load, cores }: Machine): boolean {
  return load <= 0.25 * cores;
}

/** How many processors are busy while this process rests for a while. */
export async function busyProcessors(milliseconds: number): Promise<number> {
  const before = processorTimes();
  await setTimeout(milliseconds);
  const after = processorTimes();
  const all = after.all - before.all;
  return all > 0 ? (1 - (after.idle - before.idle) / all) * cpus().length : 0;
}

function processorTimes(): { readonly all: number; readonly idle: number } {
  const times = cpus().map((processor) => processor.times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { all, idle: times.reduce((sum, { idle }) => sum + idle, 0) };
}
