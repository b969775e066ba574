import type { EngineInfo } from './host.ts';
import type { Work } from './work.ts';

/** A piece of work that is ready to be done, over and over. */
export interface PreparedWork {
  run(): void | Promise<void>;
  /** What the runs so far have computed, in a few numbers. */
  result(): readonly number[] | Promise<readonly number[]>;
  /** Gives memory and threads back. */
  drop?(): void;
}

/** Someone who can do some of the work, in a Node process. */
export interface Engine {
  info(): EngineInfo;
  /** @throws Error with the reason why the engine cannot do this work. */
  prepare(work: Work): PreparedWork | Promise<PreparedWork>;
}

/** Runs before a result is compared: of steps more than one, so that gradients count. */
export function runsBeforeResult({ kind }: Work): number {
  return kind === 'step' ? 3 : 1;
}
