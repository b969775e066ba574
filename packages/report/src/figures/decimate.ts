import { type Placed, withPlaces } from './places.ts';
import { summarize } from './summarize.ts';
import type { Trace } from './trace.ts';

/** Traces with fewer points, and how many there were. */
export interface Decimated {
  readonly traces: readonly Trace[];
  readonly points: number;
  readonly kept: number;
}

/** How many points a trace draws: cells of a grid, else the longest of its coordinates. */
export function pointsOf(trace: Trace): number {
  const grid = gridOf(trace);
  if (grid) return grid.reduce((sum, row) => sum + row.length, 0);
  return Math.max(0, ...coordinates.map((key) => lengthOf(trace[key])));
}

/** More bars than this in one trace are thinner than a page can show, and a browser draws them for minutes. */
const barsATrace = 6000;

/**
 * The traces with about `limit` points in all, each in proportion to its own, and no more than 6000 bars a trace.
 *
 * A line keeps the first, the lowest, the highest and the last point of every stretch, and every gap, so that no peak is lost; bars
 * keep the longest of every stretch; clouds of points, lines without an x and a y, and violins keep every k-th; a grid becomes
 * coarser, each cell the mean of those under it; a histogram or box becomes what is drawn of it. What else there is stays.
 */
export function decimate(traces: readonly Trace[], limit: number): Decimated {
  const isLarge = traces.reduce((sum, trace) => sum + pointsOf(trace), 0) > limit;
  const drawn = isLarge ? summarizeAll(traces) : traces;
  const points = drawn.reduce((sum, trace) => sum + pointsOf(trace), 0);
  if (points <= limit && !drawn.some(isCrowded)) return { traces: drawn, points, kept: points };
  const fewer = drawn.map((trace) => {
    const share = points <= limit ? Infinity : Math.max(100, Math.floor((pointsOf(trace) * limit) / points));
    return decimateTrace(trace, trace.type === 'bar' ? Math.min(barsATrace, share) : share);
  });
  return { traces: fewer, points, kept: fewer.reduce((sum, trace) => sum + pointsOf(trace), 0) };
}

/** Whether it has more bars than a page can show. */
export function isCrowded(trace: Trace): boolean {
  return trace.type === 'bar' && pointsOf(trace) > barsATrace;
}

function summarizeAll(traces: readonly Trace[]): readonly Trace[] {
  const isAlone = traces.filter(({ type }) => type === 'histogram').length === 1;
  return traces.map((trace, index) => summarize(trace, { index, isAlone }));
}

/** One trace with about `limit` points, as {@link decimate} does it. */
export function decimateTrace(trace: Trace, limit: number): Trace {
  const count = pointsOf(trace);
  if (count <= limit) return trace;
  const grid = gridOf(trace);
  if (grid) return coarser(trace, grid, Math.ceil(Math.sqrt(count / limit)));
  if (trace.type === 'violin') return byRank(trace, limit);
  if (trace.type !== 'bar' && !/^scatter/.test(trace.type)) return trace;
  const placed = withPlaces(trace);
  if (!placed || placed.count <= limit) return trace;
  const fewer = pickPoints(placed.trace, placed.count, keptOf(placed, limit)) as Trace;
  return trace.type === 'bar' ? widened(fewer, placed) : fewer;
}

function keptOf({ trace, count, measured }: Placed, limit: number): readonly number[] {
  const mode = typeof trace['mode'] === 'string' ? trace['mode'] : 'lines';
  if (measured === undefined) return everyKth(count, limit);
  const values = trace[measured] as readonly unknown[];
  if (trace.type === 'bar') return longest(values, count, limit);
  return mode.includes('lines') && trace.type !== 'scatter3d' ? extremes(values, count, limit) : everyKth(count, limit);
}

/** Bars of numbers, each as wide as all those that it stands for. */
function widened(fewer: Trace, { trace, measured }: Placed): Trace {
  const places = trace[measured === 'x' ? 'y' : 'x'] as readonly unknown[];
  const kept = pointsOf(fewer);
  const width = (Number(places[places.length - 1]) - Number(places[0])) / kept;
  return 'width' in trace || !(places.every(isNumber) && width > 0) ? fewer : { ...fewer, width };
}

/** A distribution of numbers by every k-th of them in order, the ends among them. */
function byRank(trace: Trace, limit: number): Trace {
  const key = 'y' in trace ? 'y' : 'x';
  const values = trace[key];
  if (('x' in trace && 'y' in trace) || !Array.isArray(values) || !values.every(isNumber)) return trace;
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return { ...trace, [key]: Array.from({ length: limit }, (_, i) => sorted[Math.round((i * last) / (limit - 1))]) };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const coordinates = ['x', 'y', 'z', 'r', 'theta', 'a', 'b', 'c', 'values'];

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function gridOf({ type, z }: Trace & { readonly z?: unknown }): readonly (readonly unknown[])[] | undefined {
  if (!['heatmap', 'contour', 'surface'].includes(type)) return undefined;
  return Array.isArray(z) && z.every(Array.isArray) ? (z as readonly (readonly unknown[])[]) : undefined;
}

function everyKth(count: number, limit: number): readonly number[] {
  const step = Math.ceil(count / limit);
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

/** Indices of the first, lowest, highest and last point of each stretch, and of all gaps. */
function extremes(values: readonly unknown[], count: number, limit: number): readonly number[] {
  const size = Math.ceil(count / Math.max(1, Math.floor(limit / 4)));
  const kept = new Set<number>();
  for (let from = 0; from < count; from += size) {
    const to = Math.min(count, from + size);
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        kept.add(i);
        continue;
      }
      if (!(value >= Number(values[low] ?? NaN))) low = i;
      if (!(value <= Number(values[high] ?? NaN))) high = i;
    }
    for (const i of [from, low, high, to - 1]) kept.add(i);
  }
  return [...kept].sort((a, b) => a - b);
}

/** Indices of the bar of each stretch that reaches furthest from 0. */
function longest(values: readonly unknown[], count: number, limit: number): readonly number[] {
  const length = (i: number): number => Math.abs(Number(values[i] ?? NaN)) || 0;
  const size = Math.ceil(count / limit);
  return Array.from({ length: Math.ceil(count / size) }, (_, stretch) => {
    const from = stretch * size;
    let best = from;
    for (let i = from; i < Math.min(count, from + size); i++) if (length(i) > length(best)) best = i;
    return best;
  });
}

/** Everything that has an entry a point, at the points that are kept. */
function pickPoints(value: unknown, count: number, kept: readonly number[]): unknown {
  if (Array.isArray(value)) return value.length >= count ? kept.map((i) => value[i] as unknown) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pickPoints(item, count, kept)]));
}

function coarser(trace: Trace, grid: readonly (readonly unknown[])[], size: number): Trace {
  const blocks = (count: number): number[] => Array.from({ length: Math.ceil(count / size) }, (_, i) => i * size);
  const columns = Math.max(...grid.map((row) => row.length));
  const middle = (values: unknown): unknown =>
    Array.isArray(values) && values.length > 1
      ? blocks(values.length).map((from) => values[Math.min(values.length - 1, from + (size >> 1))] as unknown)
      : values;
  return {
    ...trace,
    ...('x' in trace && { x: middle(trace['x']) }),
    ...('y' in trace && { y: middle(trace['y']) }),
    z: blocks(grid.length).map((top) =>
      blocks(columns).map((left) => meanOf(grid.slice(top, top + size).flatMap((row) => row.slice(left, left + size)))),
    ),
  };
}

function meanOf(cells: readonly unknown[]): number | null {
  const values = cells.filter(isNumber);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
