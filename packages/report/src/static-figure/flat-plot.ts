import type { Layout, Trace, TraceType } from '../figures/trace.ts';

/** A figure that can be drawn flat, or the reason why it cannot. */
export type FlatPlot =
  | {
      readonly status: 'flat';
      readonly data: readonly Trace[];
      readonly layout: Layout;
      readonly note: string | undefined;
    }
  | { readonly status: 'none'; readonly reason: string };

const live = 'the live figure of the page, with JavaScript,';
const seenFromAbove = `The picture shows it from above; ${live} shows it in three dimensions.`;
const withoutButtons = `The picture shows it at first; ${live} has buttons to change it.`;

const flatTypes: ReadonlySet<TraceType> = new Set([
  'scatter',
  'bar',
  'box',
  'violin',
  'histogram',
  'histogram2d',
  'histogram2dcontour',
  'heatmap',
  'contour',
  'scatterpolar',
  'scatterternary',
  'sankey',
]);

/**
 * What stands for a figure where nothing can be turned or moved. A surface becomes a contour map of the same heights, points
 * in space those seen from above. What needs WebGL must never reach a window that has none.
 */
export function flatPlot({ data, layout }: { readonly data: readonly Trace[]; readonly layout: Layout }): FlatPlot {
  const flat = data.map(flatTrace);
  const missing = data.find((_trace, i) => flat[i] === undefined);
  if (missing) {
    return { status: 'none', reason: `A ${missing.type} trace has no flat picture; the page itself shows it.` };
  }
  const isSolid = data.some(({ type }) => type === 'surface' || type === 'scatter3d');
  const notes = [...(isSolid ? [seenFromAbove] : []), ...stepNotes(layout)];
  return {
    status: 'flat',
    data: flat.filter((trace) => trace !== undefined),
    layout: isSolid ? withoutDepth(layout) : without(layout, ['sliders', 'updatemenus']),
    note: notes.length === 0 ? undefined : notes.join(' '),
  };
}

/** What a picture leaves out of a figure that moves. */
function stepNotes({ sliders, updatemenus }: Layout): readonly string[] {
  const [slider] = Array.isArray(sliders) ? (sliders as readonly { readonly steps?: readonly unknown[] }[]) : [];
  if (slider === undefined) return updatemenus === undefined ? [] : [withoutButtons];
  const { steps = [] } = slider;
  const [first] = steps as readonly { readonly label?: unknown }[];
  const name = typeof first?.label === 'string' && first.label !== '' ? ` (${first.label})` : '';
  return [`The picture shows the first of ${steps.length} steps${name}; ${live} moves through all of them.`];
}

function flatTrace(trace: Trace): Trace | undefined {
  if (flatTypes.has(trace.type)) return trace;
  switch (trace.type) {
    case 'scattergl':
      return { ...trace, type: 'scatter' };
    case 'surface':
      return {
        type: 'contour',
        ...pick(trace, ['x', 'y', 'z', 'colorscale', 'colorbar', 'showscale', 'reversescale', 'name']),
        ...('cmin' in trace && { zmin: trace['cmin'] }),
        ...('cmax' in trace && { zmax: trace['cmax'] }),
        contours: { coloring: 'heatmap' },
        line: { width: 0.5 },
      };
    case 'scatter3d':
      return { type: 'scatter', ...pick(trace, ['x', 'y', 'mode', 'name', 'marker', 'line', 'text', 'showlegend']) };
    default:
      return undefined;
  }
}

/** The axes of the scene as those of a plane. */
function withoutDepth(layout: Layout): Layout {
  const scene = layout['scene'];
  const axes = typeof scene === 'object' && scene !== null ? pick(scene, ['xaxis', 'yaxis']) : {};
  return { ...axes, ...without(layout, ['scene', 'sliders', 'updatemenus']) };
}

function pick(from: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}

function without(layout: Layout, keys: readonly string[]): Layout {
  return Object.fromEntries(Object.entries(layout).filter(([key]) => !keys.includes(key)));
}
