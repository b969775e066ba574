import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

/** A condition of the counting experiment. */
export interface Count {
  readonly name: string;
  readonly milliseconds: number;
  /** A folder: each call is noted in its file `calls`, and fails on the seed that its file `fail` names. */
  readonly notes: string;
}

/** Waits, and squares its seed. */
export async function count(
  { name, milliseconds, notes }: Count,
  seed: number,
  context: ExperimentContext,
): Promise<readonly Row[]> {
  if (notes !== '') {
    appendFileSync(`${notes}/calls`, `${name} ${seed}\n`);
    if (existsSync(`${notes}/fail-${seed}`)) throw new Error('the dice fell off the table');
  }
  for (let step = 1; step <= 10; step++) {
    await setTimeout(milliseconds / 10, undefined, { signal: context.signal });
    context.onProgress(step / 10);
  }
  return [{ name, seed, square: seed * seed }];
}
