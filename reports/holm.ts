import { holm, pairedTTest, summarizeSeeds } from '@relu-lab/analysis';
import type { Measurement } from '@relu-lab/report';

/** One comparison of several: paired differences by seed, and the number that they are held against. */
export interface Comparison {
  readonly differences: ReadonlyMap<number, number>;
  readonly threshold: number;
}

/** A measurement whose interval has the level that Holm's correction leaves it, and the adjusted p value. */
export interface CorrectedMeasurement {
  readonly measurement: Measurement;
  /** That the mean difference is the threshold, two-sided and adjusted; null where there are fewer than two differences, or no spread. */
  readonly pValue: number | null;
}

const alpha = 0.05;

/**
 * Mean differences of several comparisons that are judged together: the interval of each (Student's) leaves out its threshold exactly where Holm's
 * procedure on the paired t tests says that it differs, so that the probability that any verdict is by chance is at most 5 %. Differences
 * that are not finite, such as those of diverged runs, are left out.
 */
export function holmMeasurements<Name extends string>(
  comparisons: Readonly<Record<Name, Comparison>>,
): Readonly<Record<Name, CorrectedMeasurement>> {
  const entries = Object.entries<Comparison>(comparisons).map(([name, { differences, threshold }]) => {
    const usable = [...differences.values()].filter(Number.isFinite);
    return { name, usable, pValue: differs(usable, threshold) };
  });
  const adjusted = holm(entries.map(({ pValue }) => pValue ?? 1));
  return Object.fromEntries(
    entries.map(({ name, usable, pValue }, i) => [
      name,
      {
        measurement: meanAtLevel(usable, 1 - alpha * shareOf(pValue, adjusted[i], entries.length)),
        pValue: pValue === null ? null : adjusted[i],
      },
    ]),
  ) as Record<Name, CorrectedMeasurement>;
}

/** p value, before correction, that the mean is the threshold. */
function differs(values: readonly number[], threshold: number): number | null {
  if (values.length === 0) return null;
  const thresholds = values.map(() => threshold);
  return pairedTTest(values, thresholds).pValue;
}

/** What part of α the correction leaves a comparison. */
function shareOf(pValue: number | null, adjusted: number, comparisons: number): number {
  return pValue === null || adjusted === 0 ? 1 / comparisons : pValue / adjusted;
}

function meanAtLevel(values: readonly number[], level: number): Measurement {
  if (values.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { mean, interval, seeds } = summarizeSeeds(values, { level });
  return { estimate: mean, interval, seeds };
}
