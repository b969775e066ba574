import { ParameterError } from '@relu-lab/core';
import { z } from 'zod';
import { choices } from '../choices.ts';
import type { Profile } from '../profile.ts';
import type { Study } from '../study.ts';
import { checkSeedCount } from './seeds.ts';

/**
 * The parameters of a build: the schema's defaults, under the profile's, under those given.
 *
 * @throws ParameterError when a key is no parameter (with the nearest that is), or a value is not what the schema wants,
 *   or the parameter `seeds` is a number that no sweep can run with.
 */
export function resolveParameters(
  study: Study,
  profile: Profile,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const known = Object.keys(study.parameters.shape);
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    throw new ParameterError(`The study '${study.id}' has no parameter '${key}'${choices(key, known)}`);
  }
  const parsed = study.parameters.safeParse({ ...study.profiles[profile], ...given }, { reportInput: true });
  if (parsed.success) {
    const { seeds } = parsed.data;
    if (typeof seeds === 'number') checkSeedCount(seeds);
    return parsed.data;
  }
  const issues = parsed.error.issues.map(
    (issue) => `${z.core.toDotPath(issue.path) || 'parameters'}: ${issueText(issue)}`,
  );
  throw new ParameterError(`The parameters of the study '${study.id}' are not right. ${issues.join('; ')}`);
}

/** What is wrong with a value, and what would be right. */
function issueText(issue: z.core.$ZodIssue): string {
  const { code, input, message } = issue;
  if (code === 'invalid_value' && typeof input === 'string') {
    return `'${input}' is none of the values${choices(input, issue.values.map(String))}`;
  }
  if (code === 'invalid_type' && issue.expected === 'int' && typeof input === 'number') {
    return `it must be a whole number, not ${input}`;
  }
  return message;
}

/**
 * Values from a command line, as in `seeds=5`, `rates=[0.1,0.2]` or `activation=relu`: JSON where it is, text otherwise.
 *
 * @throws ParameterError when an assignment has no `=` or no key, or a key comes twice.
 */
export function parseAssignments(assignments: readonly string[]): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    if (at < 1) throw new ParameterError(`A value is set as key=value, as in seeds=5; got '${assignment}'`);
    const key = assignment.slice(0, at).trim();
    if (values.has(key)) throw new ParameterError(`The parameter '${key}' is set twice`);
    values.set(key, parseValue(assignment.slice(at + 1)));
  }
  return Object.fromEntries(values);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
