import { ParameterError } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';
import type { Claim } from '../claims/claim.ts';
import { checkClaim } from '../claims/check-claim.ts';
import { type DecidedClaim, decideClaim } from '../claims/decide-claim.ts';
import { messageOf, thrownAt } from '../errors.ts';
import { checkFigure } from '../figures/figure.ts';
import { plainData } from '../json.ts';
import { isRecord, shown } from '../plain-value.ts';
import type { Problem, ReportFigure, ReportTable } from '../report.ts';
import { type Study, type StudyContext, type TimingMakers, isSlug } from '../study.ts';
import { checkTable } from '../tables/table.ts';
import type { StudyPlace } from './study-files.ts';

/** A figure or table that has no number yet. */
type Unnumbered<Item> = Omit<Item, 'number'>;

/** What a study has to show. A figure or table that could not be made is in the ids, and in the problems. */
export interface Collected {
  readonly claims: readonly DecidedClaim[];
  /** Claims that rest on what the clock said. */
  readonly clockClaims: readonly DecidedClaim[];
  readonly figures: readonly Unnumbered<ReportFigure>[];
  readonly tables: readonly Unnumbered<ReportTable>[];
  readonly clockFigures: readonly Unnumbered<ReportFigure>[];
  readonly clockTables: readonly Unnumbered<ReportTable>[];
  /** Ids of all figures, those of the clock last. */
  readonly figureIds: readonly string[];
  readonly tableIds: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Asks the study for claims, figures and tables. Whatever throws, or is not what it should be, is a problem in its place, and the rest
 * stands.
 */
export function collect(
  study: Study,
  context: StudyContext<Record<string, unknown>, unknown>,
  { folder, file }: StudyPlace,
): Collected {
  const problems: Problem[] = [];
  const attempt = <Value>(place: string, make: () => Value): Value | undefined => {
    try {
      return make();
    } catch (error) {
      const isBeside = file !== undefined || study.prose instanceof URL;
      const at = isBeside ? thrownAt(error, folder) : undefined;
      problems.push({ place, message: messageOf(error) + (at === undefined ? '' : ` (${at})`) });
      return undefined;
    }
  };
  const ids: Record<'fig' | 'tbl', string[]> = { fig: [], tbl: [] };
  const makeAll = <Made, Item>(
    prefix: 'fig' | 'tbl',
    makers: Readonly<Record<string, () => Made>>,
    finish: (id: string, made: Made) => Item,
  ): Item[] =>
    Object.entries(makers).flatMap(([id, make]) => {
      if (!ids[prefix].includes(id)) ids[prefix].push(id);
      const item = attempt(id, () => {
        checkId(id, prefix);
        if (typeof make !== 'function')
          throw new ParameterError(`it must be a function that makes it, not ${shown(make)}`);
        return finish(id, make());
      });
      return item === undefined ? [] : [item];
    });

  const claimIds = new Set<string>();
  const decideAll = (claims: readonly Claim[], list: string): DecidedClaim[] =>
    claims.flatMap((claim, i) => {
      // Without an id, its place is where it stands.
      const place = isRecord(claim) && isSlug(claim.id) ? `claim ${claim.id}` : `${list}[${i}]`;
      const decided = attempt(place, () => {
        checkClaim(claim);
        if (claimIds.has(claim.id)) throw new ParameterError(`Two claims have the id '${claim.id}'`);
        claimIds.add(claim.id);
        return decideClaim(claim, context.profile);
      });
      return decided ? [decided] : [];
    });

  const claims = decideAll(attempt('claims', () => arrayOf(study.claims(context))) ?? [], 'claims');
  const figures = makeAll('fig', attempt('figures', () => recordOf(study.figures(context))) ?? {}, toReportFigure);
  const tables = makeAll('tbl', attempt('tables', () => recordOf(study.tables(context))) ?? {}, toReportTable);
  const timings = attempt('timings', () => checkTimings(study.timings?.(context) ?? {})) ?? {};
  const clockClaims = decideAll(timings.claims ?? [], 'timings.claims');
  const taken = [...ids.fig, ...ids.tbl];
  for (const id of [...Object.keys(timings.figures ?? {}), ...Object.keys(timings.tables ?? {})]) {
    if (taken.includes(id))
      problems.push({ place: id, message: 'the study has two of this id, one of them in timings' });
  }
  const clockFigures = makeAll('fig', timings.figures ?? {}, toReportFigure);
  const clockTables = makeAll('tbl', timings.tables ?? {}, toReportTable);

  for (const { id, evidence } of [...claims, ...clockClaims]) {
    if (evidence === undefined || ids.fig.includes(evidence) || ids.tbl.includes(evidence)) continue;
    problems.push({
      place: `claim ${id}`,
      message: `its evidence '${evidence}' is neither a figure nor a table of the study`,
    });
  }
  return {
    claims,
    clockClaims,
    figures,
    tables,
    clockFigures,
    clockTables,
    figureIds: ids.fig,
    tableIds: ids.tbl,
    problems,
  };
}

function arrayOf<Item>(value: readonly Item[]): readonly Item[] {
  if (Array.isArray(value)) return value;
  throw new ParameterError(`it must be an array, not ${shown(value)}`);
}

function recordOf<Value extends object>(value: Value): Value {
  if (isRecord(value)) return value;
  throw new ParameterError(`it must be an object with a function for each id, not ${shown(value)}`);
}

function checkTimings(timings: TimingMakers): TimingMakers {
  const { claims = [], figures = {}, tables = {} } = recordOf(timings);
  return { claims: arrayOf(claims), figures: recordOf(figures), tables: recordOf(tables) };
}

function checkId(id: string, prefix: 'fig' | 'tbl'): void {
  if (isSlug(id) && id.startsWith(`${prefix}-`)) return;
  throw new ParameterError(
    `The id of a ${prefix === 'fig' ? 'figure' : 'table'} is '${prefix}-' and lower-case letters, digits and hyphens; got '${id}'`,
  );
}

function toReportFigure(id: string, made: Parameters<typeof checkFigure>[0]): Unnumbered<ReportFigure> {
  const { caption, alt, data, layout, table } = checkFigure(made);
  return {
    id,
    caption,
    alt,
    traces: plainData(data, 'data') as ReportFigure['traces'],
    layout: plainData(layout, 'layout') as ReportFigure['layout'],
    rows: plainData(table, 'table') as readonly Row[],
  };
}

function toReportTable(id: string, made: Parameters<typeof checkTable>[0]): Unnumbered<ReportTable> {
  const { caption, columns, rows } = checkTable(made);
  return {
    id,
    caption,
    columns: plainData(columns, 'columns') as ReportTable['columns'],
    rows: plainData(rows, 'rows') as readonly Row[],
  };
}
