import { type ExperimentReference, experiment } from '../src/index.ts';
import type { Behaviour } from './experiments/misbehaving.ts';
import type { PowersParameters } from './experiments/powers.ts';

const at = (file: string): string => new URL(`./experiments/${file}`, import.meta.url).href;

export const powers: ExperimentReference<PowersParameters> = experiment(at('powers.ts'), 'powers');
export const misbehaves: ExperimentReference<Behaviour> = experiment(at('misbehaving.ts'), 'misbehaves');

/** Any export of the test experiments, its parameters unchecked. */
export function misbehaving(name: string): ExperimentReference<object> {
  return experiment(at('misbehaving.ts'), name);
}

export function plain(name: string): ExperimentReference<object> {
  return experiment(at('plain.mjs'), name);
}

/** `base^step + seed` by the formula, where the experiment multiplies. */
export function expectedPowers(base: number, steps: number, seed: number): object[] {
  return Array.from({ length: steps }, (_, step) => ({ base, seed, step, value: base ** step + seed }));
}
