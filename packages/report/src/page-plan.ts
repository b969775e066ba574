import { allClaims } from './claims/all-claims.ts';
import { type Arrangement, arrange } from './prose/arrange.ts';
import { prosePieces } from './prose/pieces.ts';
import { type ResolvedProse, resolveProse } from './prose/resolve.ts';
import { proseScope } from './prose/scope.ts';
import { unmentioned } from './prose/unmentioned.ts';
import type { Problem, Report, ReportFigure, ReportTable } from './report.ts';
import type { Reference } from './study.ts';

/** What both pages show, in which order: found from the report alone. */
export interface PagePlan {
  readonly prose: ResolvedProse;
  readonly arrangement: Arrangement;
  /** Figures and tables that could not be made and that prose does not place. */
  readonly failedApart: readonly Problem[];
  /** References in the order of their numbers: those cited, then the others. */
  readonly works: readonly { readonly key: string; readonly number: number; readonly work: Reference }[];
  /** What is defined and never spoken of: nothing is wrong with the page, but maybe with the study. */
  readonly notices: readonly Problem[];
  /** Ids of what prose refers to. */
  readonly referred: ReadonlySet<string>;
  /** Heading of what prose leaves out. */
  readonly restTitle: string;
  figure(id: string): ReportFigure | undefined;
  table(id: string): ReportTable | undefined;
  /** Whether a figure or table is made of what the clock said. */
  isOfClock(id: string): boolean;
}

/** Plans the pages of a report. */
export function planPage(report: Report): PagePlan {
  const { clock } = report.provenance;
  const figures = new Map([...report.figures, ...clock.figures].map((figure) => [figure.id, figure]));
  const tables = new Map([...report.tables, ...clock.tables].map((table) => [table.id, table]));
  const ofClock = new Set([...clock.figures, ...clock.tables].map(({ id }) => id));
  const failed = report.problems.filter(
    ({ place }) => /^(fig|tbl)-/.test(place) && !figures.has(place) && !tables.has(place),
  );

  const pieces = prosePieces(report.prose.markdown);
  const arrangement = arrange(pieces, {
    figures: [...figures.keys()],
    tables: [...tables.keys()],
    claims: allClaims(report).map(({ id }) => id),
  });
  const prose = resolveProse(pieces, {
    place: (line) => placeOf(report.prose, line),
    scope: proseScope(report),
    ...arrangement,
    failed,
    works: Object.keys(report.references),
  });
  const placed = prose.pieces.flatMap((piece) => (piece.kind === 'problem' ? [piece.problem] : []));
  const keys = [...new Set([...prose.cited, ...Object.keys(report.references)])];
  return {
    prose,
    arrangement,
    failedApart: failed.filter((problem) => !placed.includes(problem)),
    works: keys.flatMap((key, i) => {
      const work = report.references[key];
      return work ? [{ key, number: i + 1, work }] : [];
    }),
    notices: unmentioned(pieces, report, (line) => placeOf(report.prose, line)),
    restTitle: restTitle(arrangement),
    referred: new Set(prose.pieces.flatMap((piece) => (piece.kind === 'reference' ? [piece.id] : []))),
    figure: (id) => figures.get(id),
    table: (id) => tables.get(id),
    isOfClock: (id) => ofClock.has(id),
  };
}

/** `study.md:12`, where line 12 of the prose stands, also when it was included from another file. */
export function placeOf({ file, parts = [] }: Report['prose'], line: number): string {
  const part = parts.filter(({ from }) => from <= line).at(-1);
  return part ? `${part.file}:${line - part.from + part.line}` : `${file}:${line}`;
}

function restTitle({ appended }: Arrangement): string {
  const kinds = new Set(appended.map(({ name }) => name));
  if (kinds.size !== 1) return 'Further figures and tables';
  return kinds.has('figure') ? 'Further figures' : 'Further tables';
}
