import type { EngineInfo } from './host.ts';
import type { Blas } from './blas.ts';
import type { Machine } from './machine.ts';
import type { Work } from './work.ts';

/** Seconds of one run of a work by one contender, round by round. */
export interface Entry {
  readonly suite: SuiteName;
  /** What was compared in the same rounds, such as `matrix product, n = 64`. */
  readonly comparison: string;
  readonly contender: string;
  readonly work: Work;
  /** Time of the process on all processors, or on the wall for work over several threads. */
  readonly clock: Clock;
  /** How many runs each round timed together. */
  readonly runs: number;
  /** Seconds of one run, a number for each round. */
  readonly seconds: readonly number[];
  /** In how many rounds the core was shared with another hyperthread that computed; absent where nobody watched. */
  readonly sharedRounds?: number;
  /** Of a task: what it does, and how much of it one run does. */
  readonly task?: { readonly label: string; readonly amount: number; readonly unit: string };
}

/** A contender that could not do a work, and why. */
export interface Refusal {
  readonly suite: SuiteName;
  readonly comparison: string;
  readonly contender: string;
  readonly reason: string;
}

export type Clock = 'cpu' | 'wall';

export const suiteNames = [
  'limits',
  'matmul',
  'elementwise',
  'steps',
  'forward',
  'sweep',
  'normal',
  'growth',
  'theory',
  'analysis',
  'data',
] as const;

export type SuiteName = (typeof suiteNames)[number];

/** Who took part, or why not. */
export interface ContenderRecord {
  readonly id: string;
  readonly label: string;
  /** What it says of itself; absent where it could not run. */
  readonly info?: EngineInfo;
  /** Why it could not run. */
  readonly missing?: string;
}

export interface Effort {
  /** How often each contender is timed. */
  readonly rounds: number;
  /** Seconds that one timing lasts at least. */
  readonly chunkSeconds: number;
  /** Seconds of runs that are not counted, before the first round. */
  readonly warmUpSeconds: number;
}

/** Everything that one run of the bench found: the JSON file. */
export interface Results {
  readonly schema: 1;
  /** When the run began, ISO 8601 in UTC. */
  readonly started: string;
  /** How long it took, in seconds. */
  readonly took: number;
  readonly machine: Machine;
  readonly effort: Effort;
  readonly contenders: readonly ContenderRecord[];
  /** The linear algebra under PyTorch; null without PyTorch. */
  readonly blas: Blas | null;
  readonly entries: readonly Entry[];
  readonly refusals: readonly Refusal[];
}
