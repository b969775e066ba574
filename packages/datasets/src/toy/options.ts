import { ParameterError, nearestName } from '@relu-lab/core';

/** What an option must be, and what it is when it is not given. */
export interface Rule {
  readonly default: number;
  readonly accepts: (value: number) => boolean;
  /** Completes "… must be". */
  readonly wanted: string;
}

export function finite(byDefault: number): Rule {
  return { default: byDefault, accepts: Number.isFinite, wanted: 'a finite number' };
}

export function notNegative(byDefault: number): Rule {
  return {
    default: byDefault,
    accepts: (value) => value >= 0 && Number.isFinite(value),
    wanted: 'a finite number of at least 0',
  };
}

export function positive(byDefault: number): Rule {
  return {
    default: byDefault,
    accepts: (value) => value > 0 && Number.isFinite(value),
    wanted: 'a finite number above 0',
  };
}

export function wholeFrom(least: number, byDefault: number): Rule {
  return {
    default: byDefault,
    accepts: (value) => Number.isSafeInteger(value) && value >= least,
    wanted: `a whole number of at least ${least}`,
  };
}

/** `samples`, `noise` and `seed`, which every toy set takes. */
export interface ToyOptions {
  /** Rows of the data set. Default 500. */
  readonly samples?: number;
  /** Standard deviation of the normal noise on every coordinate; at least 0. */
  readonly noise?: number;
  /** A whole number from 0. Default 0. */
  readonly seed?: number;
}

/**
 * The options of `owner` with defaults filled in.
 *
 * @throws ParameterError for an option that `owner` does not take (with the nearest one), and for a value that its rule does
 *   not accept.
 */
export function readOptions<Key extends string>(
  owner: string,
  options: { readonly [K in Key]?: number },
  rules: { readonly [K in Key]: Rule },
): { readonly [K in Key]: number } {
  const known = Object.keys(rules) as Key[];
  refuseUnknown(owner, options, known);
  const read = {} as { [K in Key]: number };
  for (const key of known) {
    const value: unknown = options[key] ?? rules[key].default;
    if (typeof value !== 'number' || !rules[key].accepts(value)) {
      throw new ParameterError(`${key} of ${owner} must be ${rules[key].wanted}, not ${String(value)}`);
    }
    read[key] = value;
  }
  return read;
}

/** @throws ParameterError for an option that is not among `known`. */
export function refuseUnknown(owner: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
    throw new ParameterError(`${owner} takes ${known.join(', ')}, not '${key}'${hint}`);
  }
}
