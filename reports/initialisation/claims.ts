import { type ActivationName, type InitializerName, tanh } from '@relu-lab/core';
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
import { trainableDepth } from '@relu-lab/theory';
import {
  type Comparison,
  type Selection,
  bySeed,
  measurement,
  paired,
  seedShare,
  select,
  share,
  shareWon,
} from '../measurements.ts';
import { finiteWidthClaims } from './finite-width-claims.ts';
import { deep, middle, patience, patientDepth, shallow } from './design.ts';
import { phaseClaims } from './phase-claims.ts';

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], { briefEpochs }: { readonly briefEpochs: number }): readonly Claim[] {
  const longEpochs = patience * briefEpochs;
  return [
    {
      id: 'he-is-crucial',
      text: 'Proper initialisation (He) is crucial: for most seeds the ReLU network trains with it, and with Xavier’s weights, which are half as large in variance, it does not.',
      prediction: null,
      measurement: heWhereXavierFails(rows, deep),
      rule: onlyIf(
        `the network is deep: ${deep} weight layers (twice 6 ξ of Xavier’s rule), against ${shallow} (half of it)`,
        greaterThan(0.5),
        { without: heWhereXavierFails(rows, shallow) },
      ),
      expected: { full: 'refuted' },
      evidence: 'fig-sensitivity',
      format: 'percent0',
    },
    {
      id: 'he-is-crucial-in-brief',
      text: `Proper initialisation (He) is crucial where time is short: in ${briefEpochs} passes over the digits ReLU networks of ${deep} layers train with it, and with Xavier’s weights they do not, for most seeds.`,
      prediction: null,
      measurement: heWhereXavierFails(rows, deep, 'brief'),
      rule: greaterThan(0.5),
      expected: { full: 'supported' },
      evidence: 'tbl-patience',
      format: 'percent0',
    },
    {
      id: 'patience-for-xavier',
      text: `Time makes up for poor initialisation: in ${longEpochs} passes over the digits more ReLU networks of ${deep} layers train from Xavier’s weights than in ${briefEpochs}.`,
      prediction: null,
      measurement: measurement(
        paired(trains(rows, xavierDeep, 'long'), trains(rows, xavierDeep, 'brief'), (long, brief) => long - brief),
        { bounds: [-1, 1] },
      ),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'tbl-patience',
      format: 'points',
    },
    {
      id: 'he-is-best',
      text: `He’s rule is the best of the three for ReLU: at ${shallow}, ${middle} and ${deep} layers networks end with less loss than from Xavier’s and from PyTorch’s default.`,
      prediction: null,
      measurement: shareWon(heComparisons(rows).map(({ comparison }) => comparison)),
      rule: between(1, 1),
      expected: { full: 'inconclusive' },
      evidence: 'tbl-comparisons',
      format: 'percent0',
    },
    {
      id: 'worse-than-tanh',
      text: `Sensitivity to initialisation is a disadvantage of ReLU: with weight variances 2 or 4 times too small or too large fewer ReLU networks of ${deep} layers train than tanh networks.`,
      prediction: null,
      measurement: measurement(paired(trainedOffEdge(rows, 'tanh'), trainedOffEdge(rows, 'relu'), (t, r) => t - r)),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-off-edge',
      format: 'points',
    },
    growthClaim(rows, deep, {
      id: 'he-keeps-signals',
      text: 'He initialisation keeps the mean square of ReLU’s signals from layer to layer.',
      activation: 'relu',
      initializer: 'he-normal',
    }),
    growthClaim(rows, deep, {
      id: 'xavier-halves-signals',
      text: 'Under Xavier’s initialisation every ReLU layer halves the mean square of the signal.',
      activation: 'relu',
      initializer: 'xavier-normal',
    }),
    growthClaim(rows, deep, {
      id: 'pytorch-default-gradient',
      text: 'Under PyTorch’s default for dense layers every ReLU layer divides the squared gradient by 6.',
      activation: 'relu',
      initializer: 'pytorch-default',
      direction: 'backward',
    }),
    {
      id: 'defaults-are-proper',
      text: `A framework’s default is proper initialisation: ReLU networks of ${deep} layers train with PyTorch’s.`,
      prediction: { value: 0, source: 'the gradient of the first layer is 6 to the power of the depth too small' },
      measurement: seedShare(trains(rows, { activation: 'relu', initializer: 'pytorch-default', depth: deep })),
      rule: greaterThan(0.5),
      expected: { full: 'refuted' },
      evidence: 'fig-sensitivity',
      format: 'percent0',
    },
    ...(['gelu', 'silu'] as const).map((activation): Claim => ({
      id: `he-for-${activation}`,
      text: `He initialisation is proper for ReLU’s smooth relatives: it keeps the mean square of the signal of ${activation === 'gelu' ? 'GELU' : 'SiLU'} networks, to within 5 % a layer.`,
      prediction: predictedGrowth(rows, { activation, initializer: 'he-normal', depth: deep }, 'forward'),
      measurement: growth(rows, { activation, initializer: 'he-normal', depth: deep }, 'forward'),
      rule: between(0.95, 1.05),
      expected: { full: 'refuted' },
      evidence: 'tbl-growth',
      format: 'fixed2',
    })),
    {
      id: 'six-xi',
      text: 'Networks train up to a depth of about 6 ξ: of tanh networks of at most half that depth more than three in four train.',
      prediction: { value: 1, source: 'Schoenholz et al. 2017' },
      measurement: measurement(
        trainedByLimit(rows, (depth, limit) => depth <= limit / 2),
        share,
      ),
      rule: greaterThan(0.75),
      expected: { full: 'supported' },
      evidence: 'fig-trainable',
      format: 'percent0',
    },
    {
      id: 'not-beyond-six-xi',
      text: 'Networks do not train beyond a depth of about 6 ξ: of tanh networks of at least twice that depth fewer than one in four train.',
      prediction: { value: 0, source: 'Schoenholz et al. 2017' },
      measurement: measurement(
        trainedByLimit(rows, (depth, limit) => depth >= limit * 2),
        share,
      ),
      rule: lessThan(0.25),
      expected: { full: 'supported' },
      evidence: 'fig-trainable',
      format: 'percent0',
    },
    {
      id: 'relu-not-beyond-six-xi',
      text: `ReLU networks do not train beyond a depth of about 6 ξ either: from Xavier’s weights fewer than half of ${deep} layers, which is twice that depth, train in ${longEpochs} passes over the digits.`,
      prediction: { value: 0, source: 'Schoenholz et al. 2017' },
      measurement: seedShare(trains(rows, xavierDeep, 'long')),
      rule: lessThan(0.5),
      expected: { full: 'refuted' },
      evidence: 'tbl-patience',
      format: 'percent0',
    },
    {
      id: 'patience-goes-deeper',
      text: `How deep a network trains is a matter of patience too: at the edge of chaos more tanh networks of ${patientDepth} layers train in ${patience} times as many steps.`,
      prediction: null,
      measurement: measurement(
        paired(
          bySeed(rows, { kind: 'patient' }, 'trains'),
          bySeed(impatient(rows), {}, 'trains'),
          (long, brief) => long - brief,
        ),
      ),
      rule: greaterThan(0),
      expected: { full: 'refuted' },
      evidence: 'fig-trainable',
      format: 'points',
    },
    ...phaseClaims(rows),
    ...finiteWidthClaims(rows),
  ];
}

const xavierDeep = { activation: 'relu', initializer: 'xavier-normal', depth: deep } as const;

type Direction = 'forward' | 'backward';

interface GrowthClaim {
  readonly id: string;
  readonly text: string;
  readonly activation: ActivationName;
  readonly initializer: InitializerName;
  readonly direction?: Direction;
}

/** A claim that growth is as theory has it, within a tenth. */
function growthClaim(rows: readonly Row[], depth: number, claim: GrowthClaim): Claim {
  const { id, text, activation, initializer, direction = 'forward' } = claim;
  const condition = { activation, initializer, depth };
  return {
    id,
    text,
    prediction: predictedGrowth(rows, condition, direction),
    measurement: growth(rows, condition, direction),
    rule: agreesWithPrediction({ relativeTolerance: 0.1 }),
    expected: { full: 'supported' },
    evidence: 'tbl-growth',
    format: 'fixed3',
  };
}

/** The geometric mean over seeds of the factor a layer. */
export function growth(rows: readonly Row[], condition: Selection, direction: Direction): Measurement {
  return measurement(bySeed(rows, { kind: 'initial', ...condition }, `${direction}Growth`), { scale: 'log' });
}

export function predictedGrowth(
  rows: readonly Row[],
  condition: Selection,
  direction: Direction,
): { readonly value: number; readonly source: string } {
  const key = direction === 'forward' ? 'predictedForwardGrowth' : 'predictedBackwardGrowth';
  const [row] = select(rows, { kind: 'initial', ...condition });
  return {
    value: Number(row?.[key] ?? NaN),
    source: direction === 'forward' ? 'mean field: σ_w² E[φ²]/q + σ_b²/q, a layer' : 'mean field: σ_w² E[φ′²], a layer',
  };
}

/** By seed, 1 where the network trains and 0 where it does not, or diverges: in the usual time, in a brief one, or in a longer one. */
export function trains(
  rows: readonly Row[],
  condition: Selection,
  kind: 'initial' | 'brief' | 'long' = 'initial',
): ReadonlyMap<number, number> {
  return bySeed(rows, { kind, ...condition }, 'trains');
}

/** By seed, whether the network trains from He's weights and does not from Xavier's. */
function heWhereXavierFails(rows: readonly Row[], depth: number, kind?: 'brief'): Measurement {
  const relu = (initializer: string) => trains(rows, { activation: 'relu', initializer, depth }, kind);
  return seedShare(
    paired(relu('he-normal'), relu('xavier-normal'), (he, xavier) => (he === 1 && xavier === 0 ? 1 : 0)),
  );
}

/** He's rule against each other one at each depth, by the logarithm of the final loss. */
export function heComparisons(
  rows: readonly Row[],
): readonly { readonly depth: number; readonly other: InitializerName; readonly comparison: Comparison }[] {
  const loss = (initializer: InitializerName, depth: number): ReadonlyMap<number, number> => {
    const found = bySeed(rows, { kind: 'initial', activation: 'relu', initializer, depth }, 'lossEnd');
    return new Map([...found].map(([seed, value]) => [seed, Math.log(value)]));
  };
  return [shallow, middle, deep].flatMap((depth) =>
    (['xavier-normal', 'pytorch-default'] as const).map((other) => ({
      depth,
      other,
      comparison: { first: loss('he-normal', depth), second: loss(other, depth) },
    })),
  );
}

/** By seed, the share of the weight variances off the edge of chaos with which a network trains. */
function trainedOffEdge(rows: readonly Row[], activation: string): ReadonlyMap<number, number> {
  const off = select(rows, { kind: 'off-edge', activation }).filter(({ factor }) => factor !== 1);
  return bySeed(off, {}, 'trains');
}

/** By seed, the share that trains of the tanh networks of such depth and limit. */
function trainedByLimit(
  rows: readonly Row[],
  which: (depth: number, limit: number) => boolean,
): ReadonlyMap<number, number> {
  const map = select(rows, { kind: 'map' }).filter(({ depth, weightVariance, biasVariance }) => {
    const limit = depthLimit(Number(weightVariance), Number(biasVariance));
    return limit !== null && which(Number(depth), limit);
  });
  return bySeed(map, {}, 'trains');
}

/** The rows of the map that the patient networks repeat. */
function impatient(rows: readonly Row[]): readonly Row[] {
  const [patient] = select(rows, { kind: 'patient' });
  if (patient === undefined) return [];
  const { depth, weightVariance } = patient;
  return select(rows, { kind: 'map', depth: Number(depth), weightVariance: Number(weightVariance) });
}

const limits = new Map<string, number | null>();

/** 6 ξ of tanh, found once for each pair of variances: infinite at the edge of chaos, null where theory does not say. */
function depthLimit(weightVariance: number, biasVariance: number): number | null {
  const key = `${weightVariance} ${biasVariance}`;
  const known = limits.get(key);
  if (known !== undefined) return known;
  const found = trainableDepth(tanh, { weightVariance, biasVariance });
  const limit = found.status === 'none' ? null : found.status === 'finite' ? found.depth : Infinity;
  limits.set(key, limit);
  return limit;
}
