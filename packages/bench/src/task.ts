import type { PreparedWork } from './engine.ts';
import type { Clock } from './results.ts';

/** Work of this project that no other engine has. */
export interface Task {
  readonly suite: 'theory' | 'analysis' | 'data';
  /** Tasks of one group are timed in the same rounds; default: alone. */
  readonly group?: string;
  /** What one run does, in words. */
  readonly label: string;
  /** How many of `unit` one run does, for a rate. */
  readonly amount: number;
  readonly unit: string;
  /** `wall` for work over several threads, or that waits. */
  readonly clock: Clock;
  prepare(): PreparedWork | Promise<PreparedWork>;
}
