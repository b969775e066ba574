import { type Claim, agreesWithPrediction, between, greaterThan } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, paired, select, share } from '../measurements.ts';
import type { ClaimSetting } from './claims.ts';
import { advantage, furthest, slopesAgainstUsual, usualSlope } from './comparisons.ts';
import { fixedSlope } from './contestants.ts';

const usual = usualSlope;

/** A slope that is not small. */
const large = 0.3;

/** Where PReLU's slopes start. */
export const initialSlope = 0.25;

/** Of leaky ReLU and PReLU: what a slope below 0 does. */
export function slopeClaims(
  rows: readonly Row[],
  { hiddenLayers, silentEpochs, silentRate, silentDepth, brinkDepth }: ClaimSetting,
): readonly Claim[] {
  const cameBack = (alpha: number, depth = silentDepth) => measurement(backAtTheEnd(rows, alpha, depth), share);
  const inTime = `within ${silentEpochs} epochs at a learning rate of ${silentRate}`;
  const learned = (layer: number) =>
    bySeed(rows, { kind: 'layer', moment: 'end', contestant: 'prelu', layer }, 'slope');
  return [
    {
      id: 'leaky-passes-alpha',
      text: `Leaky ReLU passes the share α of the gradient for x < 0: with α = ${usual}, a hundredth.`,
      prediction: { value: usual, source: 'the definition' },
      measurement: measurement(bySeed(rows, { kind: 'passed', alpha: usual }, 'passed'), share),
      rule: agreesWithPrediction({ relativeTolerance: 1e-5 }),
      expected: 'supported',
      evidence: 'fig-silent',
      format: 'fixed4',
    },
    {
      id: 'relu-stays-silent',
      text: 'Units of ReLU’s first layer that are silent on every digit stay so: none comes back.',
      prediction: { value: 0, source: 'no gradient reaches them, and nothing below them moves' },
      measurement: cameBack(0),
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      evidence: 'fig-silent',
      format: 'percent',
    },
    {
      id: 'leaky-brings-back',
      text: `Leaky ReLU with the typical α = ${usual} prevents dying: most units that lie ${silentDepth} or more below 0 on every digit come back ${inTime}.`,
      prediction: null,
      measurement: cameBack(usual),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'fig-silent',
      format: 'percent',
    },
    {
      id: 'leaky-brings-back-from-the-brink',
      text: `Leaky ReLU with the typical α = ${usual} saves units at the brink of death: most that lie only ${brinkDepth} or more below 0 on every digit come back ${inTime}.`,
      prediction: null,
      measurement: cameBack(usual, brinkDepth),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'fig-silent',
      format: 'percent',
    },
    {
      id: 'large-slope-brings-back',
      text: `Leaky ReLU with a slope of ${large} brings silent units back: most that lie ${silentDepth} or more below 0 on every digit come back ${inTime}.`,
      prediction: null,
      measurement: cameBack(large),
      rule: greaterThan(0.5),
      expected: { full: 'supported' },
      evidence: 'fig-silent',
      format: 'percent',
    },
    {
      id: 'usual-slope-changes-nothing',
      text: `A slope of ${usual} below 0 changes the accuracy of ReLU by less than half a point.`,
      prediction: null,
      measurement: measurement(advantage(rows, { kind: 'slope', alpha: usual }, { kind: 'slope', alpha: 0 })),
      rule: between(-0.005, 0.005),
      expected: { full: 'supported' },
      evidence: 'fig-slopes',
      format: 'points2',
    },
    {
      id: 'larger-slope-is-better',
      text: `Leaky ReLU’s typical slope is too small: a larger one is more accurate than ${usual}.`,
      prediction: null,
      measurement: furthest(slopesAgainstUsual(rows), 'upwards'),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-slopes',
      format: 'points2',
    },
    {
      id: 'prelu-learns',
      text: `PReLU’s α is learned: slopes move away from ${initialSlope}, where they start, by more than 0.001 in the mean of a layer.`,
      prediction: null,
      measurement: measurement(slopeMoves(rows)),
      rule: greaterThan(0.001),
      expected: { full: 'supported' },
      evidence: 'fig-prelu',
      format: 'fixed3',
    },
    {
      id: 'prelu-first-layer-steepest',
      text: 'PReLU learns larger slopes in the first layer than in the last hidden one, as He et al. are remembered to have found in convolutional networks.',
      prediction: null,
      measurement: measurement(paired(learned(1), learned(hiddenLayers), (first, last) => first - last)),
      rule: greaterThan(0),
      expected: { full: 'refuted' },
      evidence: 'fig-prelu',
      format: 'fixed3',
    },
    {
      id: 'prelu-equals-its-start',
      text: `Learning the slope hardly matters for accuracy: PReLU’s is within half a point of leaky ReLU’s with α fixed at ${initialSlope}.`,
      prediction: null,
      measurement: measurement(
        advantage(rows, { kind: 'run', contestant: 'prelu' }, { kind: 'run', contestant: fixedSlope.name }),
      ),
      rule: between(-0.005, 0.005),
      expected: { full: 'supported' },
      evidence: 'tbl-accuracy',
      format: 'points2',
    },
  ];
}

/** By seed, the share of silenced units that are above 0 on some digit after the last epoch. */
export function backAtTheEnd(rows: readonly Row[], alpha: number, depth: number): ReadonlyMap<number, number> {
  const silent = select(rows, { kind: 'silent', alpha, depth, status: 'completed' });
  const last = silent.reduce((epoch, row) => Math.max(epoch, Number(row.epoch)), 0);
  return new Map([...bySeed(silent, { epoch: last }, 'silent')].map(([seed, still]) => [seed, 1 - still]));
}

/** By seed, the mean over layers of how far a layer's mean slope has moved. */
function slopeMoves(rows: readonly Row[]): ReadonlyMap<number, number> {
  const layers = select(rows, { kind: 'layer', moment: 'end', contestant: 'prelu' }).map((row) => ({
    ...row,
    moved: Math.abs(Number(row.slope ?? NaN) - initialSlope),
  }));
  return bySeed(layers, {}, 'moved');
}
