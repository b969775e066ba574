import { ParameterError } from '@relu-lab/core';
import { type OptionRule, readOptions } from '@relu-lab/core/options';

/** A finite number of at least 0 that must be given. */
export const requiredVariance: OptionRule = required(
  (value) => value >= 0 && Number.isFinite(value),
  'a finite number of at least 0',
);

/** A finite number above 0 that must be given. */
export const requiredPositive: OptionRule = required(
  (value) => value > 0 && Number.isFinite(value),
  'a finite number above 0',
);

/** A whole number of at least `least`, and of at most `most` where that is given, that must be given. */
export function requiredWholeFrom(least: number, most: number = Infinity): OptionRule {
  const wanted = most === Infinity ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`;
  return required((value) => Number.isSafeInteger(value) && value >= least && value <= most, wanted);
}

/** A correlation, from −1 to 1, that must be given. */
export const requiredCorrelation: OptionRule = required((value) => value >= -1 && value <= 1, 'a number from −1 to 1');

/** A number from 0 to 1 that must be given. */
export const requiredShare: OptionRule = required((value) => value >= 0 && value <= 1, 'a number from 0 to 1');

/** NaN marks an option without a default: {@link readRequired} refuses what is still NaN. */
function required(accepts: (value: number) => boolean, wanted: string): OptionRule {
  return { default: NaN, accepts, wanted };
}

/**
 * The options of `owner` with defaults filled in, as `readOptions` does; an option whose rule has no default must be there.
 *
 * @throws ParameterError for an option that is missing, unknown, or not accepted by its rule.
 */
export function readRequired<Key extends string>(
  owner: string,
  options: { readonly [K in Key]?: number | undefined },
  rules: { readonly [K in Key]: OptionRule },
): { readonly [K in Key]: number } {
  const read = readOptions(owner, options, rules);
  for (const key of Object.keys(rules) as Key[]) {
    if (Number.isNaN(read[key])) throw new ParameterError(`${owner} needs ${key}: ${rules[key].wanted}`);
  }
  return read;
}

/**
 * Checks the widths of the hidden layers.
 *
 * @throws ParameterError unless `widths` is a list of at least one whole number, all of them at least 1.
 */
export function checkWidths(owner: string, widths: unknown): asserts widths is readonly number[] {
  const sound =
    Array.isArray(widths) && widths.length > 0 && widths.every((width) => Number.isSafeInteger(width) && width >= 1);
  if (sound) return;
  throw new ParameterError(
    `widths of ${owner} must be a list of whole numbers of at least 1, one a layer, not ${JSON.stringify(widths)}`,
  );
}
