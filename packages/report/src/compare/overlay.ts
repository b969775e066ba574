import type { Trace } from '../figures/trace.ts';
import type { Report, ReportFigure } from '../report.ts';

/**
 * Each figure that both reports have, with the traces of the first in grey behind those of the second. Grids of colours cannot
 * lie on one another: of those the second report's stand alone, and the caption says so.
 */
export function overlaidFigures(before: Report, after: Report): readonly ReportFigure[] {
  return after.figures.flatMap((figure) => {
    const older = before.figures.find(({ id }) => id === figure.id);
    if (!older) return [];
    const behind = older.traces.flatMap((trace, i) => (canFade(trace) ? [faded(trace, i)] : []));
    const note = behind.length > 0 ? 'In grey: before.' : 'After; what was before cannot be laid behind it.';
    return [
      {
        ...figure,
        traces: [...behind, ...figure.traces],
        caption: `${note} ${figure.caption}`,
        rows: [
          ...older.rows.map((row) => ({ report: 'before', ...row })),
          ...figure.rows.map((row) => ({ report: 'after', ...row })),
        ],
      },
    ];
  });
}

const grey = 'rgba(125,135,148,0.65)';

function canFade({ type, fill }: Trace & { readonly fill?: unknown }): boolean {
  return (type === 'scatter' || type === 'bar') && fill !== 'toself';
}

function faded(trace: Trace, index: number): Trace {
  const part = (key: string): object => (typeof trace[key] === 'object' ? (trace[key] as object) : {});
  return {
    ...trace,
    name: `before: ${typeof trace['name'] === 'string' ? trace['name'] : `series ${index + 1}`}`,
    legendgroup: 'before',
    showlegend: false,
    line: { ...part('line'), color: grey },
    marker: { ...part('marker'), color: grey },
    ...('error_x' in trace && { error_x: { ...part('error_x'), color: grey } }),
    ...('error_y' in trace && { error_y: { ...part('error_y'), color: grey } }),
  };
}
