import { formatNumber } from '../number-format.ts';
import { type Verdict, verdicts } from './claim.ts';
import type { DecidedClaim } from './decide-claim.ts';

/** A sign for each verdict, beside its word. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  supported: '✓',
  refuted: '✕',
  'only-if': '◐',
  inconclusive: '?',
};

/** `97.8 % (97.6 % to 98.0 %, 5 seeds)`, or `0 (exact)` for what rests on no seed and has no spread. */
export function measurementText({ measurement, format }: DecidedClaim): string {
  const { estimate, interval, seeds, unit, per = 'seed' } = measurement;
  const written = (x: number): string => formatNumber(x, format);
  const number = `${written(estimate)}${unit === undefined ? '' : ` ${unit}`}`;
  if (seeds === 0 && interval?.[0] === interval?.[1] && interval?.[0] === estimate) return `${number} (exact)`;
  const range = interval === null ? 'no interval' : `${written(interval[0])} to ${written(interval[1])}`;
  return `${number} (${range}, ${seeds} ${seeds === 1 ? per : `${per}s`})`;
}

/** `2 (1.9 to 2.1; mean field)`, or `none` */
export function predictionText({ prediction, measurement, format }: DecidedClaim): string {
  if (prediction === null) return 'none';
  const { value, interval, source } = prediction;
  const written = (x: number): string => formatNumber(x, format);
  const details = [
    ...(interval ? [`${written(interval[0])} to ${written(interval[1])}`] : []),
    ...(source === undefined ? [] : [source]),
  ].join('; ');
  const unit = measurement.unit === undefined ? '' : ` ${measurement.unit}`;
  return `${written(value)}${unit}${details === '' ? '' : ` (${details})`}`;
}

/** `3 supported, 1 refuted`: supported, only-if, inconclusive, refuted, without those that there are none of. */
export function verdictCounts(claims: readonly DecidedClaim[]): string {
  const counts = verdicts.map((verdict) => ({
    verdict,
    count: claims.filter((claim) => claim.verdict === verdict).length,
  }));
  const written = counts.flatMap(({ verdict, count }) => (count > 0 ? [`${count} ${verdict}`] : []));
  return written.join(', ') || 'no claims';
}
