import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

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
  /** Mean number of running processes over the last minute, when the benchmarks began. */
  readonly load: number;
}

/** This machine, now. */
export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    commit: commitHere(),
    load: loadavg()[0],
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
  return load <= 0.5 * cores;
}
