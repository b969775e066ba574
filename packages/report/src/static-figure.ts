import { ParameterError } from '@relu-lab/core';
import type { Figure } from './figures/figure.ts';
import { type ThemeName, themeNames } from './figures/theme.ts';
import { checkPlot } from './figures/trace.ts';
import { plainData } from './json.ts';
import { drawFlat } from './static-figure/draw-figure.ts';
import { svgFile } from './static-figure/finish-svg.ts';
import { flatPlot } from './static-figure/flat-plot.ts';

export type { Figure } from './figures/figure.ts';
export type { ThemeName } from './figures/theme.ts';

/** Options of {@link renderSvg}. */
export interface SvgOptions {
  /** Colours of a light or a dark page. Default `light`. */
  readonly theme?: ThemeName;
  /** In pixels, from 200 to 4000; below 600 it is drawn for a phone. Default 760. The height is that of the layout, or 420. */
  readonly width?: number;
}

/**
 * A figure as an SVG file, drawn by Plotly without a browser: the same bytes for the same figure, in every process. Letters are
 * measured as those of DejaVu Sans. Its alternative text is its title.
 *
 * A surface is drawn as a contour map of the same heights, points in space as seen from above; sliders and buttons are left
 * out.
 *
 * @throws ParameterError for a theme or width that is none, for what a page could not draw (see `traceTypes`), and for
 *   traces in three dimensions that have no flat picture; DataError for what is no plain data.
 */
export async function renderSvg(
  figure: Pick<Figure, 'data' | 'layout' | 'alt'>,
  { theme = 'light', width = 760 }: SvgOptions = {},
): Promise<string> {
  if (!themeNames.includes(theme)) {
    throw new ParameterError(`The theme is ${themeNames.join(' or ')}, not '${String(theme)}'`);
  }
  if (!(width >= 200 && width <= 4000)) throw new ParameterError(`The width is 200 to 4000 pixels, not ${width}`);
  checkPlot(figure.data, figure.layout);
  const flat = flatPlot({
    data: plainData(figure.data, 'data') as Figure['data'],
    layout: plainData(figure.layout, 'layout') as Figure['layout'],
  });
  if (flat.status === 'none') throw new ParameterError(flat.reason);
  return svgFile(await drawFlat(flat, width), theme, figure.alt);
}
