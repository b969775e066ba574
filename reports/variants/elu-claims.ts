import { elu, relu } from '@relu-lab/core';
import {
  type Claim,
  type Measurement,
  agreesWithPrediction,
  between,
  greaterThan,
  lessThan,
  onlyIf,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { moments } from '@relu-lab/theory';
import { bySeed, measurement, medianMeasurement, paired, select, share } from '../measurements.ts';

const exact = { minimumSeeds: 0 } as const;

/** Where float32 no longer tells −1 + eˣ from −1: between half and a whole distance of the numbers beside −1. */
const outputEnds = { from: -25 * Math.LN2, to: -24 * Math.LN2 };

/** Of ELU: its shape, in float64 and in float32, and the mean of what it puts out. */
export function eluClaims(rows: readonly Row[]): readonly Claim[] {
  const shape = (key: string, alpha: number) => computed(select(rows, { kind: 'smoothness', alpha })[0]?.[key]);
  const ofFloats = (key: string) => computed(select(rows, { kind: 'float32' })[0]?.[key]);
  const atStart = (contestant: string) =>
    bySeed(rows, { kind: 'layer', moment: 'start', layer: 1, contestant }, 'mean');
  const difference = (key: string) =>
    measurement(paired(meanAtEnd(rows, 'elu', key), meanAtEnd(rows, 'relu', key), (own, other) => own - other));
  return [
    {
      id: 'elu-smooth',
      text: 'ELU is smooth: its slope does not jump at 0.',
      prediction: { value: 0, source: '|1 − α|, with α = 1' },
      measurement: shape('slopeJump', 1),
      rule: onlyIf('α = 1', lessThan(1e-4, exact), { without: shape('slopeJump', 2) }),
      expected: 'only-if',
      evidence: 'tbl-elu',
      format: 'fixed4',
    },
    {
      id: 'elu-twice-smooth',
      text: 'ELU is smooth all the way: with α = 1 its curvature does not jump at 0 either.',
      prediction: { value: 1, source: 'φ″ is α eˣ on the left, and 0 on the right' },
      measurement: shape('curvatureJump', 1),
      rule: lessThan(0.01, exact),
      expected: 'refuted',
      evidence: 'tbl-elu',
      format: 'fixed3',
    },
    {
      id: 'elu-gradient-nonzero',
      text: 'ELU has a non-zero gradient for negative inputs.',
      prediction: null,
      measurement: ofFloats('leastDerivativeAbove'),
      rule: onlyIf(
        'x is above about −17: below, float32 rounds the output to −α, and the derivative that is taken from the output to 0',
        greaterThan(0, exact),
        { without: ofFloats('derivativeBelow') },
      ),
      expected: 'only-if',
      evidence: 'tbl-elu',
      format: 'scientific',
    },
    {
      id: 'elu-float32-ends',
      text: 'In float32 ELU is flat, and without gradient, from about x = −17 downwards.',
      prediction: {
        value: (outputEnds.from + outputEnds.to) / 2,
        interval: [outputEnds.from, outputEnds.to],
        source: 'numbers beside −1 lie 2⁻²⁴ apart: eˣ of less is lost',
      },
      measurement: ofFloats('derivativeEndsAt'),
      rule: agreesWithPrediction({ tolerance: 0, minimumSeeds: 0 }),
      expected: 'supported',
      evidence: 'tbl-elu',
      format: 'fixed2',
    },
    {
      id: 'elu-flat-in-use',
      text: 'Trained networks use ELU where it is flat: more than 1 in 100,000 of its outputs below 0 have no gradient in float32.',
      prediction: null,
      measurement: medianMeasurement(meanAtEnd(rows, 'elu', 'flat')),
      rule: greaterThan(1e-5),
      expected: { full: 'supported' },
      evidence: 'tbl-elu',
      format: 'percent4',
    },
    {
      id: 'elu-does-not-die',
      text: 'No unit of ELU dies in training: none is without gradient on every digit.',
      prediction: null,
      measurement: measurement(meanAtEnd(rows, 'elu', 'flatUnits'), share),
      rule: between(0, 0),
      expected: { full: 'supported' },
      evidence: 'tbl-elu',
      format: 'percent2',
    },
    {
      id: 'elu-bounded-below',
      text: 'ELU is bounded below: no output is less than −α, whatever the input.',
      prediction: { value: elu().range.from, source: 'α (eˣ − 1) for x → −∞, with α = 1' },
      measurement: ofFloats('least'),
      rule: agreesWithPrediction({ tolerance: 0, minimumSeeds: 0 }),
      expected: 'supported',
      evidence: 'tbl-elu',
      format: 'fixed4',
    },
    {
      id: 'elu-mean-at-start',
      text: 'At initialisation the mean activation of ELU is closer to 0 than ReLU’s, by the factor that follows from the two functions, to within 0.06.',
      prediction: {
        value: moments(elu(), { variance: 2 }).mean / moments(relu, { variance: 2 }).mean,
        source: 'E[φ(z)] of both, with z of variance σ_w² = 2',
      },
      measurement: measurement(paired(atStart('elu'), atStart('relu'), (own, other) => own / other)),
      rule: agreesWithPrediction({ tolerance: 0.06 }),
      expected: { full: 'supported' },
      evidence: 'tbl-means',
      format: 'fixed3',
    },
    {
      id: 'elu-mean-closer',
      text: 'In trained networks the mean activations of ELU’s units are closer to 0 than those of ReLU’s.',
      prediction: null,
      measurement: difference('unitMean'),
      rule: lessThan(0),
      expected: { full: 'supported' },
      evidence: 'tbl-means',
      format: 'fixed3',
    },
    {
      id: 'elu-mean-closer-relative',
      text: 'In trained networks the mean activations of ELU’s units are closer to 0 than ReLU’s in relation to the size of the activations, too.',
      prediction: null,
      measurement: difference('relativeMean'),
      rule: lessThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-means',
      format: 'fixed3',
    },
  ];
}

/** What is computed and not drawn has no spread. */
function computed(value: unknown): Measurement {
  const number = typeof value === 'number' ? value : NaN;
  return { estimate: number, interval: [number, number], seeds: 0 };
}

/** By seed, the mean over hidden layers after training. */
function meanAtEnd(rows: readonly Row[], contestant: string, key: string): ReadonlyMap<number, number> {
  return bySeed(rows, { kind: 'layer', moment: 'end', contestant }, key);
}
