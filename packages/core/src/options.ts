import { ParameterError } from './errors.ts';
import { didYouMean } from './nearest-name.ts';

/** What one option may be, and what it is when it is not given. */
export interface OptionRule {
  readonly default: number;
  readonly accepts: (value: number) => boolean;
  /** Completes "… must be". */
  readonly wanted: string;
}

/** Any finite number. */
export function finite(byDefault: number): OptionRule {
  return { default: byDefault, accepts: Number.isFinite, wanted: 'a finite number' };
}

/** A finite number above 0. */
export function positive(byDefault: number): OptionRule {
  return {
    default: byDefault,
    accepts: (value) => value > 0 && Number.isFinite(value),
    wanted: 'a finite number above 0',
  };
}

/** A finite number of at least 0. */
export function notNegative(byDefault: number): OptionRule {
  return {
    default: byDefault,
    accepts: (value) => value >= 0 && Number.isFinite(value),
    wanted: 'a finite number of at least 0',
  };
}

/** A whole number of at least `least`. */
export function wholeFrom(least: number, byDefault: number): OptionRule {
  return {
    default: byDefault,
    accepts: (value) => Number.isSafeInteger(value) && value >= least,
    wanted: `a whole number of at least ${least}`,
  };
}

/**
 * The options of `owner` with defaults filled in.
 *
 * @throws ParameterError for an option that `owner` does not take, and for a value that its rule does not accept.
 */
export function readOptions<Key extends string>(
  owner: string,
  options: { readonly [K in Key]?: number | undefined },
  rules: { readonly [K in Key]: OptionRule },
): { readonly [K in Key]: number } {
  const known = Object.keys(rules) as Key[];
  refuseUnknown(owner, options, known);
  const read = {} as { [K in Key]: number };
  for (const key of known) {
    const rule = rules[key];
    const value: unknown = options[key];
    if (value !== undefined && !(typeof value === 'number' && rule.accepts(value))) {
      throw new ParameterError(`${key} of ${owner} must be ${rule.wanted}, not ${String(value)}`);
    }
    read[key] = value ?? rule.default;
  }
  return read;
}

/**
 * Checks that `options` is an object whose keys are all among `known`.
 *
 * @throws ParameterError that names the keys that `owner` takes, and the nearest one.
 */
export function refuseUnknown(owner: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const example = known.length === 0 ? '{}' : `{ ${known[0]}: … }`;
    throw new ParameterError(`${owner} takes its options as one object, such as ${example}, not ${String(options)}`);
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const takes = known.length === 0 ? 'takes no options' : `takes ${known.join(', ')}`;
    throw new ParameterError(`${owner} ${takes}, not '${key}'${didYouMean(key, known)}`);
  }
}
