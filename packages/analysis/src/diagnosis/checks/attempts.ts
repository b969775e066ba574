import type { Attempt } from '../suspicion.ts';

/** Those of the attempts that there are. */
export function present(...attempts: readonly (Attempt | null)[]): readonly Attempt[] {
  return attempts.filter((attempt) => attempt !== null);
}
