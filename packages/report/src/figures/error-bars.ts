import type { Interval } from '../claims/claim.ts';

/** Plotly's error bars from intervals: how far each end lies from the value; nothing where there is no interval. */
export function errorBars(
  values: readonly number[],
  intervals: readonly (Interval | null)[],
): Readonly<Record<string, unknown>> {
  const reach = (end: 0 | 1): (number | null)[] =>
    values.map((value, i) => {
      const interval = intervals[i];
      if (!interval) return null;
      const distance = end === 0 ? value - interval[0] : interval[1] - value;
      return Number.isFinite(distance) ? Math.max(0, distance) : null;
    });
  return { type: 'data', symmetric: false, array: reach(1), arrayminus: reach(0), thickness: 1.8, width: 4 };
}
