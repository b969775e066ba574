import { availableParallelism, cpus, loadavg, platform, release } from 'node:os';
import { Arena, createBackend } from '@relu-lab/core';

/** Where the numbers come from. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** The build of the compiled kernels. */
  readonly kernels: string;
  /** Mean number of running processes over the last minute, when the benchmarks began. */
  readonly load: number;
}

/** This machine, now. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    kernels: createBackend(new Arena()).build,
    load: loadavg()[0],
  };
}
