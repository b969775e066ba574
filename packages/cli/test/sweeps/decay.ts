import { setTimeout } from 'node:timers/promises';
import { type ExperimentContext, type Row, defineSweep, experiment } from '@relu-lab/sweep';

/** What the experiment takes. */
export interface Decay {
  readonly rate: number;
  readonly steps: number;
  readonly milliseconds?: number;
}

/** `seed (1 − rate)^steps`; fails for a rate above 1. */
export async function runDecay(
  { rate, steps, milliseconds = 0 }: Decay,
  seed: number,
  { signal }: ExperimentContext,
): Promise<readonly Row[]> {
  if (rate > 1) throw new RangeError(`rate must be at most 1, not ${rate}`);
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal });
  return [{ value: seed * (1 - rate) ** steps }];
}

export default defineSweep({
  experiment: experiment<Decay>(import.meta.url, 'runDecay'),
  parameters: { rate: [0.5, 0.25], steps: [1, 3] },
  seeds: 2,
});
