import {
  type ElementwiseActivation,
  type Initializer,
  activation,
  activationNames,
  initializer,
  initializerNames,
} from '@relu-lab/core';
import { UsageError } from '../errors.ts';
import { readNumber } from './option-kinds.ts';

type Flags = Readonly<Record<string, unknown>>;

/** The options that some activation has, and those that have it. Maxout's `pieces` is left out: it is not elementwise. */
export const activationOptions: ReadonlyMap<string, readonly string[]> = optionsOf(
  activationNames.filter((name) => name !== 'maxout').map((name) => [name, activation(name).parameters] as const),
);

/** The options that some initialiser has, and those that have it. */
export const initializerOptions: ReadonlyMap<string, readonly string[]> = optionsOf(
  initializerNames.map((name) => [name, initializer(name as string).parameters] as const),
);

/**
 * The activation that the command line names, with its options.
 *
 * @throws ParameterError for an unknown name (with the nearest one), and for options that it does not have; UsageError for
 *   maxout, which is not elementwise.
 */
export function readActivation(flags: Flags): ElementwiseActivation {
  const options = pick(flags, activationOptions);
  const named = activation(String(flags['activation']), options as Record<string, number>);
  if (named.kind === 'elementwise') return named;
  throw new UsageError(`${named.name} takes several pre-activations; its own commands are maxout-moments and the like`);
}

/**
 * The initialiser that the command line names, with its options.
 *
 * @throws ParameterError for an unknown name (with the nearest one), and for options that it does not have.
 */
export function readInitializer(flags: Flags): Initializer {
  return initializer(String(flags['initializer']), pick(flags, initializerOptions));
}

function pick(flags: Flags, known: ReadonlyMap<string, unknown>): Record<string, number | string> {
  const picked: Record<string, number | string> = {};
  for (const key of known.keys()) {
    const text = flags[key];
    if (typeof text === 'string') picked[key] = key === 'mode' ? text : readNumber(text, `--${key}`);
  }
  return picked;
}

function optionsOf(
  named: readonly (readonly [string, Readonly<Record<string, unknown>>])[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, parameters] of named) {
    for (const key of Object.keys(parameters)) found.set(key, [...(found.get(key) ?? []), name]);
  }
  return found;
}
