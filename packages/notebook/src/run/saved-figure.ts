import type { Layout, Trace } from '@relu-lab/report';
import { isDeepStrictEqual } from 'node:util';
import { notebookTemplate } from '../display/template.ts';
import type { NotebookDocument, Output } from './notebook-file.ts';
import { isRecord } from './outputs-problem.ts';

/** A figure in an output, as `show` of this package or Plotly's own libraries leave it there. */
export interface SavedFigure {
  readonly data: readonly Trace[];
  /** Without the clothes that figures wear in a notebook, so that a page can dress them. */
  readonly layout: Layout;
  /** The figure in words, and what is shown; null for a figure that says neither. */
  readonly alt: string | null;
  readonly caption: string | null;
}

const plotly = 'application/vnd.plotly.v1+json';

/** The figure that an output holds, or null. */
export function figureIn(output: Output): SavedFigure | null {
  if (!('data' in output)) return null;
  const { data, layout = {} } = (output.data[plotly] ?? {}) as { readonly data?: unknown; readonly layout?: unknown };
  if (!Array.isArray(data) || data.length === 0 || !data.every(isRecord) || !isRecord(layout)) return null;
  const isOurs = isDeepStrictEqual(layout['template'], notebookTemplate);
  const [, alt = null, rest = null] =
    /^\[figure\] ([^\n]*)(?:\n([^]*))?$/.exec(textOf(output.data['text/plain'])) ?? [];
  return { data: data as unknown as Trace[], layout: isOurs ? undressed(layout) : layout, alt, caption: rest };
}

/** The colours of series stay: a page has none of its own for a figure made by hand. */
function undressed(layout: Layout): Layout {
  const own = Object.entries(layout).filter(([key]) => key !== 'template' && key !== 'autosize');
  return { colorway: notebookTemplate.layout.colorway, ...Object.fromEntries(own) };
}

/** Text of a notebook, which may be a list of lines. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('');
  return typeof value === 'string' ? value : '';
}

/** How many figures a notebook holds. */
export function countFigures({ cells }: NotebookDocument): number {
  return cells.flatMap(({ outputs = [] }) => outputs).filter((output) => figureIn(output) !== null).length;
}

/** Whether a notebook has code, of which nothing is shown. */
export function hasNoOutputs({ cells }: NotebookDocument): boolean {
  const code = cells.filter(({ cell_type: type }) => type === 'code');
  return code.length > 0 && code.every(({ outputs = [] }) => outputs.length === 0);
}
