import { choices } from '@relu-lab/report';
import type { AnySweepDefinition } from '@relu-lab/sweep';
import { UsageError } from '../errors.ts';

/** What the command line changes about a sweep. */
export interface DefinitionChanges {
  /** How many seeds. */
  readonly seeds?: number;
  /** Parameters: a list gives a grid's values, anything else is the only value. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * The definition with other seeds and parameters. In a list of conditions every condition gets the value as it is.
 *
 * @throws UsageError for a parameter that the sweep does not have (with the nearest name).
 */
export function changeDefinition(
  definition: AnySweepDefinition,
  { seeds, parameters: changes }: DefinitionChanges,
): AnySweepDefinition {
  const { parameters } = definition;
  const isList = Array.isArray(parameters);
  const known = [
    ...new Set((isList ? parameters : [parameters]).flatMap((one: object | null) => Object.keys(one ?? {}))),
  ];
  for (const key of Object.keys(changes)) {
    if (!known.includes(key)) throw new UsageError(`The sweep has no parameter '${key}'${choices(key, known)}`);
  }
  const changed = isList
    ? parameters.map((condition: object) => ({ ...condition, ...changes }))
    : { ...parameters, ...Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, asList(value)])) };
  return { ...definition, parameters: changed, ...(seeds !== undefined && { seeds }) };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
