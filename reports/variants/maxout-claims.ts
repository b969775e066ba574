import { fitPower } from '@relu-lab/analysis';
import { type Claim, agreesWithPrediction, lessThan } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, paired, select, share } from '../measurements.ts';

/** Of maxout: what one unit and two can be, and what they cost. */
export function maxoutClaims(rows: readonly Row[]): readonly Claim[] {
  const squared = { value: -2, source: 'linear interpolation: h² max|f″| / 8 with h = 2/k' };
  const multiplications = (contestant: string) => bySeed(rows, { kind: 'run', contestant }, 'multiplications');
  return [
    {
      id: 'maxout-one-unit-convex',
      text: 'Maxout is a maximum of linear functions, and flexible: one unit of k pieces follows any convex curve, with an error that falls as 1/k².',
      prediction: squared,
      measurement: measurement(errorExponents(rows, 1)),
      rule: agreesWithPrediction({ tolerance: 0.15 }),
      expected: 'supported',
      evidence: 'fig-pieces',
      format: 'fixed2',
    },
    {
      id: 'maxout-two-units-anything',
      text: 'A maxout network with two hidden units of k pieces follows any smooth curve, convex or not, with an error that falls as 1/k².',
      prediction: squared,
      measurement: measurement(errorExponents(rows, 2)),
      rule: agreesWithPrediction({ tolerance: 0.15 }),
      expected: 'supported',
      evidence: 'fig-pieces',
      format: 'fixed2',
    },
    {
      id: 'maxout-expensive',
      text: 'Maxout is computationally expensive: with two pieces a network of the same width multiplies twice as often as ReLU’s.',
      prediction: { value: 2, source: 'as many weights as pieces, but in the last layer' },
      measurement: measurement(paired(multiplications('maxout'), multiplications('relu'), (own, other) => own / other)),
      rule: agreesWithPrediction({ relativeTolerance: 0.05 }),
      expected: 'supported',
      evidence: 'tbl-accuracy',
      format: 'fixed3',
    },
    {
      id: 'maxout-wastes-nothing',
      text: 'Maxout uses the pieces that it pays for: after training fewer than 1 % of its pieces are the largest on no digit.',
      prediction: null,
      measurement: measurement(
        bySeed(rows, { kind: 'layer', moment: 'end', contestant: 'maxout' }, 'idlePieces'),
        share,
      ),
      rule: lessThan(0.01),
      expected: { full: 'supported' },
      evidence: 'tbl-accuracy',
      format: 'percent2',
    },
  ];
}

/** By seed, the slope of the logarithm of the error against that of the number of pieces. */
export function errorExponents(rows: readonly Row[], units: number): ReadonlyMap<number, number> {
  const own = select(rows, { kind: 'pieces', units });
  const seeds = [...new Set(own.map(({ seed }) => Number(seed)))];
  return new Map(
    seeds.map((seed) => {
      const ofSeed = select(own, { seed });
      const numbers = (key: string) => ofSeed.map((row) => Number(row[key]));
      return [seed, fitPower(numbers('pieces'), numbers('error')).slope];
    }),
  );
}
