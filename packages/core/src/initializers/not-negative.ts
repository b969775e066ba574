import type { OptionRule } from '../activations/options.ts';

/** A finite number of at least 0. */
export function notNegative(byDefault: number): OptionRule {
  return {
    default: byDefault,
    accepts: (value) => value >= 0 && Number.isFinite(value),
    wanted: 'a finite number of at least 0',
  };
}
