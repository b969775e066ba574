/** What the rounds of one entrant come to. */
export interface Spread {
  readonly lowest: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly highest: number;
  readonly count: number;
}

/** Median, quartiles and extremes of at least one number. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return {
    lowest: sorted[0],
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
    highest: sorted[sorted.length - 1],
    count: sorted.length,
  };
}

/** The `share` quantile of ascending numbers, linear between neighbours (type 7 of Hyndman & Fan). */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** How often faster `ours` is than `theirs`, from the seconds of the same rounds. */
export interface Ratio {
  /** Median of theirs over median of ours: above 1 is faster. */
  readonly value: number;
  /** Lower and upper quartile of the ratios round by round; null where rounds were too few or not the same. */
  readonly quartiles: readonly [number, number] | null;
  /** Whether the core was shared in most rounds of one of the two, so that the ratio says little. */
  readonly shared?: boolean;
}

/** The ratio of medians, theirs over ours, with its spread from round to round. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const value = spreadOf(theirs).median / spreadOf(ours).median;
  if (ours.length !== theirs.length || ours.length < 2) return { value, quartiles: null };
  const { lowerQuartile, upperQuartile } = spreadOf(theirs.map((seconds, i) => seconds / ours[i]));
  return { value, quartiles: [Math.min(lowerQuartile, value), Math.max(upperQuartile, value)] };
}
