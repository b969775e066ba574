import { allClaims } from '../claims/all-claims.ts';
import type { Report } from '../report.ts';
import type { Scope } from './look-up.ts';

/** What prose may look up: `study`, `profile`, `seed`, `parameters`, `claims` by id, `tables` by id. */
export function proseScope(
  report: Pick<Report, 'study' | 'profile' | 'seed' | 'parameters' | 'claims' | 'tables' | 'provenance'>,
): Scope {
  const { study, profile, seed, parameters, tables, provenance } = report;
  return {
    study,
    profile,
    seed,
    parameters,
    claims: Object.fromEntries(allClaims(report).map((claim) => [claim.id, claim])),
    tables: Object.fromEntries([...tables, ...provenance.clock.tables].map((table) => [table.id, table])),
  };
}
