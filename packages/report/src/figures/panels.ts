import type { Layout } from './trace.ts';

/** Where a panel is, and the names of its axes in traces. */
export interface Panel {
  readonly x: string;
  readonly y: string;
  readonly layout: Layout;
}

/** Shares of the whole width between columns, and of a row's height between rows. */
const gap = { across: 0.08, upwards: 0.3 } as const;

/**
 * Panels in rows from left to right and top to bottom, each with a title above it.
 *
 * @param axes - what every x and y axis has; their titles stand at the bottom and at the left only. The axis that `matches` names does not match itself.
 */
export function panels(
  titles: readonly string[],
  columns: number,
  axes: { readonly x: Layout; readonly y: Layout },
): readonly Panel[] {
  const rows = Math.ceil(titles.length / columns);
  const width = (1 - gap.across * (columns - 1)) / columns;
  const between = gap.upwards / rows;
  const height = (1 - between * (rows - 1)) / rows;
  return titles.map((title, i) => {
    const suffix = i === 0 ? '' : String(i + 1);
    const left = (i % columns) * (width + gap.across);
    const top = 1 - Math.floor(i / columns) * (height + between);
    return {
      x: `x${suffix}`,
      y: `y${suffix}`,
      layout: {
        [`xaxis${suffix}`]: {
          ...without(axes.x, [i + columns < titles.length && 'title', i === 0 && 'matches']),
          domain: [left, left + width],
          anchor: `y${suffix}`,
        },
        [`yaxis${suffix}`]: {
          ...without(axes.y, [i % columns > 0 && 'title', i === 0 && 'matches']),
          domain: [Math.max(0, top - height), top],
          anchor: `x${suffix}`,
        },
        title,
      },
    };
  });
}

function without(axis: Layout, keys: readonly (string | false)[]): Layout {
  return Object.fromEntries(Object.entries(axis).filter(([key]) => !keys.includes(key)));
}

/** The layout of panels, with their titles above them. */
export function panelsLayout(all: readonly Panel[], rest: Layout): Layout {
  const axes = all.map(({ layout }) => Object.fromEntries(Object.entries(layout).filter(([key]) => key !== 'title')));
  return {
    ...Object.assign({}, ...axes),
    ...rest,
    annotations: all.map(({ x, y, layout }) => ({
      text: `<b>${String(layout['title'])}</b>`,
      xref: `${x} domain`,
      yref: `${y} domain`,
      x: 0,
      y: 1,
      xanchor: 'left',
      yanchor: 'bottom',
      showarrow: false,
    })),
    margin: { t: 34 },
  };
}
