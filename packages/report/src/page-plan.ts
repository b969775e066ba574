import { type Arrangement, arrange } from './prose/arrange.ts';
import { prosePieces } from './prose/pieces.ts';
import { type ResolvedProse, resolveProse } from './prose/resolve.ts';
import { proseScope } from './prose/scope.ts';
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
  const arrangement = arrange(pieces, { figures: [...figures.keys()], tables: [...tables.keys()] });
  const prose = resolveProse(pieces, {
    file: report.prose.file,
    scope: proseScope(report),
    numbers: arrangement.numbers,
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
    restTitle: restTitle(arrangement),
    figure: (id) => figures.get(id),
    table: (id) => tables.get(id),
    isOfClock: (id) => ofClock.has(id),
  };
}

function restTitle({ appended }: Arrangement): string {
  const kinds = new Set(appended.map(({ name }) => name));
  if (kinds.size !== 1) return 'Further figures and tables';
  return kinds.has('figure') ? 'Further figures' : 'Further tables';
}
