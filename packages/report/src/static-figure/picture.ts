import { messageOf } from '../errors.ts';
import { isCrowded } from '../figures/decimate.ts';
import { type ThemeName, themeNames } from '../figures/theme.ts';
import type { Problem, Report, ReportFigure } from '../report.ts';
import { drawFlat } from './draw-figure.ts';
import { type Drawing, svgFile } from './finish-svg.ts';
import { flatPlot } from './flat-plot.ts';

/** A figure as pictures that need no script: for a page, and for a phone. */
export interface Picture {
  readonly wide: Drawing;
  readonly narrow: Drawing;
  /** What the picture does not show. */
  readonly note?: string;
}

/** The pictures of a report by the id of the figure; a figure without one has no flat picture. */
export type Pictures = ReadonlyMap<string, Picture>;

/** How wide the pictures are, in pixels. */
const pictureWidths = { wide: 760, narrow: 358 } as const;

/** What is said of bars that are too many. */
const longestBars = 'Of bars that lie closer together than it can show, the picture has the longest.';

/** Draws all figures of a report. One that cannot be drawn is a problem in its place. */
export async function drawPictures({ figures, provenance }: Pick<Report, 'figures' | 'provenance'>): Promise<{
  readonly pictures: Pictures;
  readonly problems: readonly Problem[];
}> {
  return drawEach([...figures, ...provenance.clock.figures]);
}

/** Draws figures. One that cannot be drawn is a problem in its place. */
export async function drawEach(figures: readonly Pick<ReportFigure, 'id' | 'traces' | 'layout'>[]): Promise<{
  readonly pictures: Pictures;
  readonly problems: readonly Problem[];
}> {
  const drawn = await Promise.all(figures.map(drawOne));
  return {
    pictures: new Map(drawn.flatMap(({ id, picture }) => (picture ? [[id, picture] as const] : []))),
    problems: drawn.flatMap(({ problem }) => (problem ? [problem] : [])),
  };
}

async function drawOne({ id, traces, layout }: Pick<ReportFigure, 'id' | 'traces' | 'layout'>): Promise<{
  readonly id: string;
  readonly picture?: Picture;
  readonly problem?: Problem;
}> {
  const flat = flatPlot({ data: traces, layout });
  if (flat.status === 'none') return { id };
  try {
    const [wide, narrow] = await Promise.all([
      drawFlat(flat, pictureWidths.wide),
      drawFlat(flat, pictureWidths.narrow),
    ]);
    const note = [flat.note, ...(flat.data.some(isCrowded) ? [longestBars] : [])].filter((part) => part !== undefined);
    return { id, picture: { wide, narrow, ...(note.length > 0 && { note: note.join(' ') }) } };
  } catch (error) {
    return { id, problem: { place: id, message: `its picture cannot be drawn: ${messageOf(error)}` } };
  }
}

/** The file of a figure's picture, beside the report. */
export function pictureFile(id: string, theme: ThemeName): string {
  return `figures/${id}-${theme}.svg`;
}

/** The files of all pictures by path. */
export function pictureFiles(
  { figures, provenance }: Pick<Report, 'figures' | 'provenance'>,
  pictures: Pictures,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...figures, ...provenance.clock.figures].flatMap(({ id, alt }) => {
      const picture = pictures.get(id);
      if (!picture) return [];
      return themeNames.map((theme) => [pictureFile(id, theme), svgFile(picture.wide, theme, alt)]);
    }),
  );
}
