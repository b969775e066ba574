import { power } from '@relu-lab/core';
import { type Claim, type Measurement, formatNumber, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, paired, select } from '../measurements.ts';
import { plain } from './claim-setting.ts';
import { distinct } from './networks.ts';
import type { kernels } from './skipping.ts';

/** By round. */
type Rounds = ReadonlyMap<number, number>;

/** What the clock says of zeros: whether a product is faster for as many as trained networks have. */
export function timedClaims(rows: readonly Row[], timings: readonly Row[]): readonly Claim[] {
  const batches = distinct(timings, 'batch').map(Number);
  const [few, many] = [Math.min(...batches), Math.max(...batches)];
  const zeros = measurement(bySeed(rows, { kind: 'run', status: 'completed', ...plain }, 'zeroFraction')).estimate;
  const gain = (batch: number): Measurement => ({
    ...measurement(skippingAgainstBest(timings, batch, zeros), { scale: 'log' }),
    per: 'round',
  });
  return [
    {
      id: 'skipping-saves-time',
      text: 'Sparse activations make the next product faster: with as many zeros as trained networks have here, a SIMD kernel that skips them beats the fastest of those that take no notice of them.',
      prediction: { value: 1 - zeros, source: 'time goes with the multiply-adds that are left' },
      measurement: { ...gain(few), unit: 'times the fastest without skipping' },
      rule: onlyIf(
        `samples come in batches of ${formatNumber(few, 'integer')}, and not of ${formatNumber(many, 'integer')}`,
        lessThan(1),
        { without: gain(many) },
      ),
      expected: { full: 'only-if' },
      evidence: 'fig-skipping',
      format: 'fixed2',
    },
  ];
}

/**
 * By round, the time of the skipping SIMD kernel at a share of zeros over that of the fastest that has no use of them: the dense kernel, or
 * the skipping one without any zeros. Of a single sample the latter is the faster: what it gains is no merit of zeros.
 */
export function skippingAgainstBest(timings: readonly Row[], batch: number, zeros: number): Rounds {
  const best = paired(
    secondsAt(timings, 'dense', batch, zeros),
    secondsAt(timings, 'skippingRows', batch, 0),
    Math.min,
  );
  return paired(secondsAt(timings, 'skippingRows', batch, zeros), best, (own, other) => own / other);
}

/** By round, the time of a kernel at any share of zeros: between those that were timed by a line through the logarithms. */
function secondsAt(timings: readonly Row[], kernel: keyof typeof kernels, batch: number, zeros: number): Rounds {
  const own = select(timings, { kernel, batch });
  const shares = distinct(own, 'zeroFraction').map(Number);
  const left = Math.max(...shares.filter((share) => share <= zeros));
  const right = Math.min(...shares.filter((share) => share >= zeros));
  const part = right > left ? (zeros - left) / (right - left) : 0;
  const at = (zeroFraction: number) => bySeed(own, { zeroFraction }, 'seconds', 'round');
  return paired(at(left), at(right), (from, to) => power(from, 1 - part) * power(to, part));
}
