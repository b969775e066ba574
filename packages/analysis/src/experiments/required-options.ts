import { ParameterError } from '@relu-lab/core';
import { type OptionRule, readOptions } from '@relu-lab/core/options';

/** A rule without a default: {@link readRequired} refuses an option that is not given. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, default: NaN };
}

/**
 * The options of `owner` with defaults filled in, as `readOptions` does; those of a {@link required} rule must be there.
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
