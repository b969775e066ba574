import { proportion } from '@relu-lab/analysis';
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
import { bornDeadProbability } from '@relu-lab/theory';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';

/** What the claims are about, of the study's parameters. */
export interface ClaimSetting {
  /** A learning rate at which networks learn well, and one at which momentum is compared. */
  readonly sensibleRate: number;
  readonly highRate: number;
  readonly momentumRate: number;
  readonly negativeBias: number;
  readonly hiddenLayers: number;
}

/** Networks that theory's shares are held against, and such as people use. */
export const narrow = { width: 4, depth: 16 } as const;
export const wide = { width: 16, depth: 32 } as const;

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { sensibleRate, highRate, momentumRate, negativeBias, hiddenLayers } = setting;
  const theory = bornDeadProbability(narrow);
  const deepest = { kind: 'deep-he', layer: hiddenLayers };
  const expectedDead = Number(select(rows, deepest)[0]?.expectedDead ?? NaN);
  return [
    {
      id: 'inactive-is-dead',
      text: 'A neuron with x ≤ 0 is dead: most neurons that are silent on a sample are silent on every sample.',
      prediction: null,
      measurement: measurement(deadAmongSilent(rows, sensibleRate), share),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'fig-deep-he',
      format: 'percent',
    },
    {
      id: 'permanently-inactive',
      text: 'Neurons that are dead become permanently inactive: none of them speaks again.',
      prediction: {
        value: 0,
        source: 'in the first layer nothing but its own weights moves x, and their gradient is 0',
      },
      measurement: cameBack(rows, highRate, (layer) => layer === 1),
      rule: onlyIf(
        'the unit is in the first layer, where no layer below it moves, and SGD has neither momentum nor weight decay',
        between(0, 0),
        { without: cameBack(rows, highRate, (layer) => layer > 1) },
      ),
      expected: { full: 'only-if' },
      evidence: 'fig-revived',
      format: 'percent',
    },
    {
      id: 'deeper-units-revive',
      text: 'Beyond the first layer most units that die come back: the layers below them move.',
      prediction: null,
      measurement: cameBack(rows, highRate, (layer) => layer > 1),
      rule: greaterThan(0.5),
      expected: { full: 'supported' },
      evidence: 'fig-revived',
      format: 'percent',
    },
    {
      id: 'born-dead-on-one-input',
      text: `A network of width ${narrow.width} and ${narrow.depth} layers is dead on a given input with probability 1 − (1 − 2⁻ᴺ)^(L−1).`,
      prediction: { value: theory.singleInput, source: 'exact, by the symmetry of the weights' },
      measurement: bornDeadShare(rows, narrow, 'silentOnOne'),
      rule: agreesWithPrediction({ tolerance: 0.03 }),
      expected: { full: 'supported' },
      evidence: 'fig-born-dead',
      format: 'percent',
    },
    {
      id: 'born-dead-between-bounds',
      text: 'The share of such networks that are dead on every input lies between the bounds of Lu et al.',
      prediction: {
        value: (theory.lowerBound + theory.upperBound) / 2,
        interval: [theory.lowerBound, theory.upperBound],
        source: 'Lu et al. 2019',
      },
      measurement: bornDeadShare(rows, narrow, 'silentOnAll'),
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: { full: 'supported' },
      evidence: 'fig-born-dead',
      format: 'percent',
    },
    {
      id: 'width-prevents-born-dead',
      text: `Networks as wide as people use are not born dead: of width ${wide.width} and ${wide.depth} layers fewer than 1 in 200 are.`,
      prediction: {
        value: bornDeadProbability(wide).upperBound / 2,
        interval: [bornDeadProbability(wide).lowerBound, bornDeadProbability(wide).upperBound],
        source: 'Lu et al. 2019',
      },
      measurement: bornDeadShare(rows, wide, 'silentOnAll'),
      rule: lessThan(0.005, { minimumSeeds: 1 }),
      expected: { full: 'supported' },
      evidence: 'fig-born-dead',
      format: 'percent2',
    },
    {
      id: 'common-at-sensible-rates',
      text: `Dying is common: with He initialisation and a learning rate of ${sensibleRate} more than a tenth of the units die.`,
      prediction: null,
      measurement: measurement(died(rows, { learningRate: sensibleRate }), share),
      rule: greaterThan(0.1),
      expected: { full: 'refuted' },
      evidence: 'fig-dose',
      format: 'percent',
    },
    {
      id: 'too-large-rate-kills',
      text: `Too large a learning rate kills: at the highest rate at which a network still trains more of its units die than at a rate of ${sensibleRate}.`,
      prediction: null,
      measurement: measurement(
        paired(diedAtHighestThatTrains(rows), died(rows, { learningRate: sensibleRate }), (high, low) => high - low),
      ),
      rule: greaterThan(0),
      evidence: 'tbl-rates',
      format: 'points',
    },
    {
      id: 'momentum-kills',
      text: 'At the same learning rate more units die with momentum 0.9 than without.',
      prediction: null,
      measurement: measurement(
        paired(
          died(rows, { learningRate: momentumRate, momentum: 0.9 }),
          died(rows, { learningRate: momentumRate }),
          (withMomentum, without) => withMomentum - without,
        ),
      ),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-dose',
      format: 'points',
    },
    {
      id: 'momentum-is-a-larger-rate',
      text: `Momentum 0.9 kills as a rate ten times as large does: with it and ${highRate / 10} as many units die as without it at ${highRate}, to within 10 points.`,
      prediction: { value: 0, source: 'a constant gradient is summed to 1 / (1 − 0.9) of itself' },
      measurement: measurement(
        paired(
          died(rows, { learningRate: highRate / 10, momentum: 0.9 }),
          died(rows, { learningRate: highRate }),
          (withMomentum, without) => withMomentum - without,
        ),
      ),
      rule: agreesWithPrediction({ tolerance: 0.1 }),
      evidence: 'fig-dose',
      format: 'points',
    },
    {
      id: 'poor-scale-kills',
      text: 'Poor initialisation makes dead neurons: with weights of the wrong scale (Xavier’s) more units are dead at birth than with He’s.',
      prediction: { value: 0, source: 'ReLU is homogeneous: the scale of the weights changes no sign' },
      measurement: measurement(
        paired(deadAtBirth(rows, { initializer: 'xavier-normal' }), deadAtBirth(rows, {}), (xavier, he) => xavier - he),
      ),
      rule: greaterThan(0),
      expected: 'refuted',
      evidence: 'fig-dose-initialisation',
      format: 'points',
    },
    {
      id: 'poor-bias-kills',
      text: `Poor initialisation makes dead neurons: with biases of ${negativeBias} more units are dead at birth than with biases of 0.`,
      prediction: null,
      measurement: measurement(
        paired(deadAtBirth(rows, { bias: negativeBias }), deadAtBirth(rows, {}), (biased, plain) => biased - plain),
      ),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-dose-initialisation',
      format: 'points',
    },
    {
      id: 'he-prevents-dead-units',
      text: `Proper initialisation prevents it: with He’s fewer than 1 % of the units of layer ${hiddenLayers} are dead on real digits before the first step.`,
      prediction: {
        value: expectedDead,
        source: 'wide layers, correlations of these digits mapped through the layers',
      },
      measurement: measurement(bySeed(rows, deepest, 'dead'), share),
      rule: lessThan(0.01),
      expected: { full: 'refuted' },
      evidence: 'fig-deep-he',
      format: 'percent',
    },
    {
      id: 'theory-of-dead-units',
      text: 'How many units of a deep He-initialised network are dead follows from how alike the digits are: over the layers for which theory speaks there are neither more nor fewer, to within 3 points on average.',
      prediction: { value: 0, source: 'deadByLayer' },
      measurement: measurement(departures(rows)),
      rule: agreesWithPrediction({ tolerance: 0.03 }),
      evidence: 'fig-deep-he',
      format: 'points',
    },
    {
      id: 'leaky-never-dies',
      text: 'Leaky ReLU prevents dying: none of its units is dead at any learning rate.',
      prediction: { value: 0, source: 'a slope that is nowhere 0' },
      measurement: measurement(bySeed(finished(rows, { activation: 'leaky-relu' }), {}, 'deadEnd'), share),
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      evidence: 'fig-dose',
      format: 'percent',
    },
  ];
}

/** The condition that others are compared with. */
const plain = { activation: 'relu', initializer: 'recommended', bias: 0, momentum: 0 } as const;

export function doses(rows: readonly Row[], change: Selection): readonly Row[] {
  return select(rows, { kind: 'dose', ...plain, ...change });
}

/** Runs that did not diverge: what is counted at the end of the others is null. */
function finished(rows: readonly Row[], change: Selection): readonly Row[] {
  return doses(rows, change).filter(({ status }) => status === 'completed');
}

export function died(rows: readonly Row[], change: Selection): ReadonlyMap<number, number> {
  return bySeed(finished(rows, change), {}, 'died');
}

/** The start is the same at every learning rate. */
function deadAtBirth(rows: readonly Row[], change: Selection): ReadonlyMap<number, number> {
  return bySeed(doses(rows, change), {}, 'deadStart');
}

/**
 * By seed, the share of units that died at the highest learning rate at which the network still trains. The rate is chosen by the loss and
 * never by the deaths: networks that diverge, or stay with a loss near guessing, have been given too much, whether or not their units are dead.
 */
function diedAtHighestThatTrains(rows: readonly Row[]): ReadonlyMap<number, number> {
  const highest = new Map<number, Row>();
  for (const row of finished(rows, {})) {
    if (row.trains !== true) continue;
    const seed = Number(row.seed);
    if (Number(row.learningRate) > Number(highest.get(seed)?.learningRate ?? 0)) highest.set(seed, row);
  }
  return new Map([...highest].map(([seed, row]) => [seed, Number(row.died)]));
}

/** By seed, of all pairs of a unit and a sample on which it is silent, the share whose unit is dead, after training at a sensible rate. */
function deadAmongSilent(rows: readonly Row[], learningRate: number): ReadonlyMap<number, number> {
  const layers = select(rows, { kind: 'fates', learningRate, momentum: 0, status: 'completed' });
  return ratioBySeed(
    layers,
    (row) => Number(row.deadAtEnd),
    (row) => Number(row.zeroFraction) * Number(row.units),
  );
}

/** Of the units that were dead at some step, without momentum, the share that spoke again; pooled within a seed. */
export function cameBack(
  rows: readonly Row[],
  learningRate: number,
  isMeant: (layer: number) => boolean,
  momentum = 0,
): Measurement {
  const layers = select(rows, { kind: 'fates', learningRate, momentum, status: 'completed' }).filter(({ layer }) =>
    isMeant(Number(layer)),
  );
  const shares = ratioBySeed(
    layers,
    ({ cameBack: back }) => Number(back),
    ({ everDead }) => Number(everDead),
  );
  return measurement(shares, share);
}

/** By seed, the sum of one number over the sum of another; NaN where the second is 0. */
function ratioBySeed(
  rows: readonly Row[],
  part: (row: Row) => number,
  whole: (row: Row) => number,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { readonly part: number; readonly whole: number }>();
  for (const row of rows) {
    const seed = Number(row.seed);
    const before = sums.get(seed) ?? { part: 0, whole: 0 };
    sums.set(seed, { part: before.part + part(row), whole: before.whole + whole(row) });
  }
  return new Map([...sums].map(([seed, sum]) => [seed, sum.part / sum.whole]));
}

/** Share of all networks drawn of that shape, with Wilson's interval. */
function bornDeadShare(
  rows: readonly Row[],
  shape: { readonly width: number; readonly depth: number },
  key: 'silentOnOne' | 'silentOnAll',
): Measurement {
  const found = select(rows, { kind: 'born-dead', ...shape });
  const total = (name: string): number => found.reduce((sum, row) => sum + Number(row[name]), 0);
  const networks = total('networks');
  if (networks === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { share: estimate, interval } = proportion(total(key), networks);
  return { estimate, interval, seeds: found.length, unit: `of ${networks} networks` };
}

/** By seed, the mean of the measured dead share less the expected one, over the layers for which theory has one. */
function departures(rows: readonly Row[]): ReadonlyMap<number, number> {
  const layers = select(rows, { kind: 'deep-he' })
    .filter(({ expectedDead }) => typeof expectedDead === 'number')
    .map((row) => ({ ...row, departure: Number(row.dead) - Number(row.expectedDead) }));
  return bySeed(layers, {}, 'departure');
}
