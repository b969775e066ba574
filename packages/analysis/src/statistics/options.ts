import { ParameterError } from '@relu-lab/core';
import type { OptionRule } from '@relu-lab/core/options';

/** The confidence level of an interval: a number between 0 and 1, 0.95 unless said otherwise. */
export const levelRule: OptionRule = {
  default: 0.95,
  accepts: (value) => value > 0 && value < 1,
  wanted: 'a number between 0 and 1',
};

/** A seed: what `random` of `@relu-lab/core` takes; 0 unless said otherwise. */
export const seedRule: OptionRule = {
  default: 0,
  accepts: (value) => Number.isSafeInteger(value) && value >= 0,
  wanted: 'a whole number of at least 0',
};

/**
 * Refuses what is no list.
 *
 * @throws ParameterError.
 */
export function checkList(owner: string, values: unknown): void {
  if (Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView))) return;
  throw new ParameterError(`${owner} takes a list of values, one a run, not ${String(values)}`);
}

/**
 * Refuses a list that holds anything but finite numbers, or none.
 *
 * @throws ParameterError naming the first that is not.
 */
export function checkFiniteValues(owner: string, values: ArrayLike<number>): void {
  checkList(owner, values);
  if (values.length === 0) throw new ParameterError(`${owner} needs at least one value`);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new ParameterError(
      `${owner} takes finite numbers, not ${String(values[i])} (at ${i}): summarizeOutcomes counts runs that diverged apart`,
    );
  }
}
