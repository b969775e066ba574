import type { Report } from '../report.ts';
import type { Scope } from './look-up.ts';

/** What prose may look up: `study`, `profile`, `seed`, `parameters`, `claims` by id, `tables` by id. */
export function proseScope(
  report: Pick<Report, 'study' | 'profile' | 'seed' | 'parameters' | 'claims' | 'tables'>,
): Scope {
  const { study, profile, seed, parameters, claims, tables } = report;
  return {
    study,
    profile,
    seed,
    parameters,
    claims: Object.fromEntries(claims.map((claim) => [claim.id, claim])),
    tables: Object.fromEntries(tables.map((table) => [table.id, table])),
  };
}
