import type { Layout, Trace } from './trace.ts';

/** Below this width, in pixels, a figure is drawn for a phone. */
export const narrowBelow = 600;

/** How high a figure is, in pixels, where its layout does not say it. */
const usualHeight = { wide: 420, narrow: 360 } as const;

/** A figure's content in the clothes of a page, at a width. Colours of the page are written `var(--name)`. */
export interface Dressed {
  readonly data: readonly Trace[];
  readonly layout: Layout & { readonly height: number };
}

/**
 * The figure with the fonts, margins and colours of a page, at this width whatever its layout says, with colour bars and legends that
 * fit.
 *
 * This function also runs in pages, as its text: it must use nothing but its arguments.
 */
export function dress(
  content: { readonly data: readonly Trace[]; readonly layout: Layout },
  width: number,
  {
    narrow,
    heights,
  }: { readonly narrow: number; readonly heights: { readonly wide: number; readonly narrow: number } },
): Dressed {
  const isNarrow = width < narrow;
  const axis = {
    automargin: true,
    gridcolor: 'var(--grid)',
    linecolor: 'var(--line)',
    zerolinecolor: 'var(--line)',
    tickcolor: 'var(--line)',
    showline: true,
    zeroline: false,
    ticks: '',
    title: { standoff: 10 },
  };
  const scene = { backgroundcolor: 'var(--page)', gridcolor: 'var(--grid)', color: 'var(--text)' };
  const template = {
    layout: {
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { size: isNarrow ? 12 : 13, color: 'var(--text)' },
      xaxis: axis,
      yaxis: axis,
      scene: { xaxis: scene, yaxis: scene, zaxis: scene },
      legend: {
        orientation: 'h',
        x: 0,
        xanchor: 'left',
        y: 1.02,
        yanchor: 'bottom',
        bgcolor: 'rgba(0,0,0,0)',
        // Beside its title a legend has no room.
        ...(isNarrow && { title: { side: 'top' } }),
      },
      hoverlabel: {
        bgcolor: 'var(--raised)',
        bordercolor: 'var(--line)',
        font: { color: 'var(--text)' },
        namelength: -1,
      },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: 'var(--muted)', activecolor: 'var(--text)' },
      shapedefaults: { line: { color: 'var(--muted)' } },
      annotationdefaults: { font: { color: 'var(--muted)' }, arrowcolor: 'var(--muted)' },
      margin: isNarrow ? { l: 44, r: 8, t: 14, b: 44 } : { l: 60, r: 16, t: 14, b: 52 },
    },
    data: { bar: [{ error_y: { color: 'var(--text)' }, error_x: { color: 'var(--text)' } }] },
  };

  // A legend in several rows must not eat the plot.
  const named = content.data.filter((trace) => trace['showlegend'] !== false && typeof trace['name'] === 'string');
  const widest = Math.max(0, ...named.map((trace) => String(trace['name']).length));
  const rows = named.length > 1 ? Math.ceil(named.length / Math.max(1, Math.floor(width / (widest * 8 + 50)))) : 0;
  const asked = content.layout['height'];
  const height = typeof asked === 'number' && asked > 0 ? asked : isNarrow ? heights.narrow : heights.wide;

  // A horizontal bar stands above the legend or the titles of panels, where there are any.
  const hasTitles = Array.isArray(content.layout['annotations']) && content.layout['annotations'].length > 0;
  const hasLegend = named.length > 1 || named.some((trace) => trace['showlegend'] === true);
  const bar = isNarrow
    ? {
        orientation: 'h',
        x: 0.5,
        xanchor: 'center',
        y: hasLegend ? 1.16 : hasTitles ? 1 + 30 / (height - 90) : 1.02,
        yanchor: 'bottom',
        thickness: 12,
        len: 1,
      }
    : { thickness: 14 };
  const withBar = <Owner extends object>(owner: Owner): Owner => {
    const own = 'colorbar' in owner ? owner.colorbar : undefined;
    if (typeof own !== 'object' || own === null) return owner;
    const title = 'title' in own && typeof own.title === 'object' ? own.title : {};
    return {
      ...owner,
      colorbar: { outlinewidth: 0, ...bar, ...own, title: { side: isNarrow ? 'top' : 'right', ...title } },
    };
  };
  // Traces may share a bar, which then belongs to the layout. The width is that of the page.
  const own = Object.entries(content.layout).flatMap(([key, part]) => {
    if (key === 'width') return [];
    return [[key, key.startsWith('coloraxis') && typeof part === 'object' && part !== null ? withBar(part) : part]];
  });
  return {
    data: content.data.map(withBar),
    layout: {
      template,
      ...Object.fromEntries(own),
      height: Math.min(height, 2000) + 21 * Math.max(0, rows - 1),
      autosize: true,
    },
  };
}

/** What {@link dress} needs besides its figure. */
export const dressSizes: Parameters<typeof dress>[2] = { narrow: narrowBelow, heights: usualHeight };
