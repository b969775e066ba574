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

/**
 * The traces with about `limit` points in all, each in proportion to its own.
 *
 * A line keeps the first, the lowest, the highest and the last point of every stretch, and every gap, so that no peak is lost; a
 * cloud of points keeps every k-th; a grid becomes coarser, each cell the mean of those under it. What else there is stays.
 */
export function decimate(traces: readonly Trace[], limit: number): Decimated {
  const points = traces.reduce((sum, trace) => sum + pointsOf(trace), 0);
  if (points <= limit) return { traces, points, kept: points };
  const fewer = traces.map((trace) =>
    decimateTrace(trace, Math.max(100, Math.floor((pointsOf(trace) * limit) / points))),
  );
  return { traces: fewer, points, kept: fewer.reduce((sum, trace) => sum + pointsOf(trace), 0) };
}

/** One trace with about `limit` points, as {@link decimate} does it. */
export function decimateTrace(trace: Trace, limit: number): Trace {
  const count = pointsOf(trace);
  if (count <= limit) return trace;
  const grid = gridOf(trace);
  if (grid) return coarser(trace, grid, Math.ceil(Math.sqrt(count / limit)));
  if (!/^scatter/.test(trace.type)) return trace;
  const mode = typeof trace['mode'] === 'string' ? trace['mode'] : 'lines';
  const kept =
    mode.includes('lines') && trace.type !== 'scatter3d' ? extremes(trace, count, limit) : everyKth(count, limit);
  return pickPoints(trace, count, kept) as Trace;
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
function extremes(trace: Trace, count: number, limit: number): readonly number[] {
  const y = trace['y'] as readonly unknown[];
  const size = Math.ceil(count / Math.max(1, Math.floor(limit / 4)));
  const kept = new Set<number>();
  for (let from = 0; from < count; from += size) {
    const to = Math.min(count, from + size);
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      const value = y[i];
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        kept.add(i);
        continue;
      }
      if (!(value >= Number(y[low] ?? NaN))) low = i;
      if (!(value <= Number(y[high] ?? NaN))) high = i;
    }
    for (const i of [from, low, high, to - 1]) kept.add(i);
  }
  return [...kept].sort((a, b) => a - b);
}

/** Everything that has an entry a point, at the points that are kept. */
function pickPoints(value: unknown, count: number, kept: readonly number[]): unknown {
  if (Array.isArray(value)) return value.length === count ? kept.map((i) => value[i] as unknown) : value;
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
  const values = cells.filter((cell) => typeof cell === 'number' && Number.isFinite(cell));
  return values.length === 0 ? null : values.reduce((sum: number, value) => sum + Number(value), 0) / values.length;
}
