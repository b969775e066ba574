import { power } from '@relu-lab/core';
import { type Claim, agreesWithPrediction, between, formatNumber, greaterThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { seluMap } from '@relu-lab/theory';
import { bySeed, measurement, select } from '../measurements.ts';
import type { ClaimSetting } from './claims.ts';

/** Theory's map of mean and variance at its fixed point. */
export const atFixedPoint = seluMap();

/** ∂ν̃/∂ν there: what is left of a difference of variances behind a layer. */
export const [, [, varianceContraction]] = atFixedPoint.jacobian;

/** Of SELU: what keeps mean and variance, and what does not. */
export function seluClaims(rows: readonly Row[], { signalDepth }: ClaimSetting): readonly Claim[] {
  const last = (condition: string, key: 'mean' | 'variance') =>
    bySeed(rows, { kind: 'signals', condition, layer: signalDepth }, key);
  const mean = (condition: string) => measurement(last(condition, 'mean'));
  const variance = (condition: string) => measurement(last(condition, 'variance'), { scale: 'log' });
  const nearOne = between(0.8, 1.2);
  const lecun = 'the weights have variance 1 / fanIn (LeCun’s, where He’s explode)';
  return [
    {
      id: 'selu-fixed-point',
      text: 'Wide SELU layers hold a mean of 0 and a variance of 1.',
      prediction: { value: atFixedPoint.variance, source: 'the fixed point (0, 1) of Klambauer et al.' },
      measurement: measurement(bySeed(withoutInput(rows), {}, 'variance')),
      rule: agreesWithPrediction({ tolerance: 0.05 }),
      expected: 'supported',
      evidence: 'fig-contraction',
      format: 'fixed3',
    },
    {
      id: 'selu-contraction',
      text: `A SELU layer pulls the variance back to 1: a difference shrinks by a factor of ${formatNumber(varianceContraction, 'fixed4')} a layer.`,
      prediction: { value: varianceContraction, source: '∂ν̃/∂ν at the fixed point, Klambauer et al. 2017' },
      measurement: measurement(contractions(rows), { scale: 'log' }),
      rule: agreesWithPrediction({ relativeTolerance: 0.03 }),
      expected: { full: 'supported' },
      evidence: 'fig-contraction',
      format: 'fixed4',
    },
    {
      id: 'selu-keeps-mean',
      text: `SELU is self-normalising: on digits, before training, it keeps the mean of its activations near 0 (within 0.1) through ${signalDepth} layers.`,
      prediction: { value: atFixedPoint.mean, source: 'the fixed point (0, 1)' },
      measurement: mean('as asked for'),
      rule: onlyIf(lecun, between(-0.1, 0.1), { without: mean('He weights') }),
      expected: { full: 'only-if' },
      evidence: 'fig-signals',
      format: 'fixed3',
    },
    {
      id: 'selu-keeps-variance',
      text: `SELU is self-normalising: on digits, before training, it keeps the variance of its activations near 1 (from 0.8 to 1.2) through ${signalDepth} layers.`,
      prediction: { value: atFixedPoint.variance, source: 'the fixed point (0, 1)' },
      measurement: variance('as asked for'),
      rule: onlyIf(lecun, nearOne, { without: variance('He weights') }),
      expected: { full: 'only-if' },
      evidence: 'fig-signals',
      format: 'fixed3',
    },
    {
      id: 'selu-needs-standardised-inputs',
      text: `SELU needs standardised inputs even in the end: from pixels of 0 to 255 its variance is still off by more than 0.2 after ${signalDepth} layers.`,
      prediction: { value: 0, source: 'lengths tend to 1 from anywhere' },
      measurement: measurement(
        new Map([...last('pixels from 0 to 255', 'variance')].map(([seed, value]) => [seed, Math.abs(value - 1)])),
      ),
      rule: greaterThan(0.2),
      expected: { full: 'refuted' },
      evidence: 'fig-signals',
      format: 'fixed3',
    },
    {
      id: 'selu-first-layer-sees-inputs',
      text: 'SELU’s first layers need standardised inputs: from pixels of 0 to 255 the variance in the first hidden layer is above 10.',
      prediction: null,
      measurement: measurement(
        bySeed(rows, { kind: 'signals', condition: 'pixels from 0 to 255', layer: 1 }, 'variance'),
        {
          scale: 'log',
        },
      ),
      rule: greaterThan(10),
      expected: 'supported',
      evidence: 'fig-signals',
      format: 'significant3',
    },
    {
      id: 'selu-ordinary-dropout',
      text: 'Ordinary dropout breaks SELU’s normalisation: the variance ends above 1.2.',
      prediction: null,
      measurement: variance('ordinary dropout'),
      rule: greaterThan(1.2),
      expected: 'supported',
      evidence: 'fig-signals',
      format: 'fixed3',
    },
    {
      id: 'selu-alpha-dropout',
      text: 'Alpha dropout does not break SELU’s normalisation: the variance stays between 0.8 and 1.2.',
      prediction: { value: atFixedPoint.variance, source: 'it leaves (0, 1) alone' },
      measurement: variance('alpha dropout'),
      rule: nearOne,
      expected: 'supported',
      evidence: 'fig-signals',
      format: 'fixed3',
    },
    {
      id: 'selu-after-training',
      text: 'SELU keeps the variance near 1 in trained networks, too: between 0.8 and 1.2 in the mean of the hidden layers.',
      prediction: null,
      measurement: measurement(bySeed(rows, { kind: 'layer', moment: 'end', contestant: 'selu' }, 'variance')),
      rule: nearOne,
      expected: { full: 'refuted' },
      evidence: 'tbl-selu',
      format: 'fixed2',
    },
  ];
}

function withoutInput(rows: readonly Row[]): readonly Row[] {
  return select(rows, { kind: 'contraction' }).filter(({ layer }) => Number(layer) > 0);
}

/** By seed, the factor a layer by which the difference of two variances shrinks: its geometric mean over all layers. */
export function contractions(rows: readonly Row[]): ReadonlyMap<number, number> {
  const layers = select(rows, { kind: 'contraction' });
  const depth = layers.reduce((deepest, { layer }) => Math.max(deepest, Number(layer)), 0);
  const start = bySeed(layers, { layer: 0 }, 'difference');
  const end = bySeed(layers, { layer: depth }, 'difference');
  return new Map([...end].map(([seed, left]) => [seed, power(left / (start.get(seed) ?? NaN), 1 / depth)]));
}
