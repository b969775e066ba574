import type { Profile } from '../profile.ts';

/** What makes a build the one that it is. */
export interface BuildChoice {
  readonly profile: Profile;
  readonly seed: number;
  /** Parameters that differ from the profile's. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * The command that builds a study with these choices.
 *
 * @param target - the id of the study, or its file.
 */
export function buildCommand(target: string, { profile, seed, parameters }: BuildChoice): string {
  const values = Object.entries(parameters).map(
    ([key, value]) => `--set ${shellWord(`${key}=${JSON.stringify(value)}`)}`,
  );
  return ['relu-lab report build', shellWord(target), `--profile ${profile}`, `--seed ${seed}`, ...values].join(' ');
}

/** One word of a shell's command line. */
function shellWord(text: string): string {
  return /^[\w=.,:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
