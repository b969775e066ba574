import { choices } from '@relu-lab/report';
import { type AnySweepDefinition, canonicalJson } from '@relu-lab/sweep';
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
 * @throws UsageError for a parameter that the sweep does not have (with the nearest name), and where it makes conditions of a list the same.
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
  if (isList) refuseCollapse(parameters, changed as readonly object[], Object.keys(changes));
  return { ...definition, parameters: changed, ...(seeds !== undefined && { seeds }) };
}

/** @throws UsageError when two conditions differed before, and are the same now. */
function refuseCollapse(before: readonly object[], after: readonly object[], keys: readonly string[]): void {
  const textOf = (condition: object): string => canonicalJson(condition);
  for (const [second, condition] of after.entries()) {
    const first = after.findIndex((other) => textOf(other) === textOf(condition));
    if (first === second || textOf(before[first]) === textOf(before[second])) continue;
    throw new UsageError(
      `--set ${keys.join(', ')} makes conditions ${first + 1} and ${second + 1} of the list the same; change the file, or set what they share`,
    );
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
