import type { Trace } from './trace.ts';

/** A trace whose points all say where they are, also those whose places were left to be counted. */
export interface Placed {
  readonly trace: Trace;
  /** How many points are drawn: as many as the shortest coordinate has. */
  readonly count: number;
  /** The coordinate in which a line has its peaks and a bar its length; undefined where there is none of x and y. */
  readonly measured: 'x' | 'y' | undefined;
}

/** Coordinates that may be left out, each beside the one that is then counted along it. */
const counted = [
  { left: 'x', beside: 'y' },
  { left: 'y', beside: 'x' },
  { left: 'theta', beside: 'r' },
  { left: 'r', beside: 'theta' },
] as const;

/**
 * The trace with `x0 + i dx` as x where only y is given, and so on: without it, points that are left out would move the others.
 *
 * @returns undefined where places are counted from what is no number, such as a day.
 */
export function withPlaces(trace: Trace): Placed | undefined {
  const given = ['x', 'y', 'r', 'theta', 'a', 'b', 'c', 'z'].filter((key) => Array.isArray(trace[key]));
  const count = Math.min(...given.map((key) => (trace[key] as readonly unknown[]).length));
  const [missing] = counted.filter(({ left, beside }) => !given.includes(left) && given.includes(beside));
  if (!missing) return { trace, count, measured: given.includes('x') ? measuredIn(trace) : undefined };
  const { left, beside } = missing;
  const start = trace[`${left}0`] ?? 0;
  const step =
    trace[`d${left}`] ?? (left === 'theta' ? (trace['thetaunit'] === 'radians' ? 2 * Math.PI : 360) / count : 1);
  if (typeof start !== 'number' || typeof step !== 'number') return undefined;
  return {
    trace: {
      ...trace,
      [left]: Array.from({ length: count }, (_, i) => start + i * step),
      ...(trace.type === 'bar' && { orientation: beside === 'x' ? 'h' : 'v' }),
    },
    count,
    measured: beside === 'x' || beside === 'y' ? beside : undefined,
  };
}

function measuredIn({ type, orientation }: Trace & { readonly orientation?: unknown }): 'x' | 'y' {
  return type === 'bar' && orientation === 'h' ? 'x' : 'y';
}
