import { type Claim, agreesWithPrediction, between, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bornDeadProbability } from '@relu-lab/theory';
import { bySeed, measurement, paired, select, share } from '../measurements.ts';
import {
  bornDeadShare,
  cameBack,
  deadAmongSilent,
  deadAtBirth,
  departures,
  died,
  diedAtHighestThatTrains,
  diedByScale,
  everCameBack,
  finished,
  survivors,
} from './counts.ts';

/** What the claims are about, of the study's parameters. */
export interface ClaimSetting {
  /** Learning rates: one at which networks learn well, one near the largest that they stand, and one in between. */
  readonly sensibleRate: number;
  readonly highRate: number;
  readonly middleRate: number;
  readonly momentum: number;
  readonly negativeBias: number;
  /** σ_w² that are larger and smaller than He's. */
  readonly largeVariance: number;
  readonly smallVariance: number;
  /** Hidden layers of the network that is not trained. */
  readonly deepLayers: number;
}

/** Networks that theory's shares are held against, and such as people use. */
export const narrow = { width: 4, depth: 16 } as const;
export const wide = { width: 16, depth: 32 } as const;

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { sensibleRate, highRate, middleRate, momentum, negativeBias, deepLayers } = setting;
  const theory = bornDeadProbability(narrow);
  const deepest = { kind: 'deep-he', layer: deepLayers };
  const expectedDead = Number(select(rows, deepest)[0]?.expectedDead ?? NaN);
  return [
    {
      id: 'inactive-is-dead',
      text: 'A neuron with x ≤ 0 is dead: most neurons that are silent on a sample are silent on every sample.',
      prediction: null,
      measurement: measurement(
        deadAmongSilent(rows, { learningRate: sensibleRate, momentum: 0, weightDecay: 0 }),
        share,
      ),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'tbl-fates',
      format: 'percent',
    },
    {
      id: 'permanently-inactive',
      text: 'Neurons that are dead become permanently inactive: none of them speaks again, whether SGD has momentum, weight decay or neither.',
      prediction: {
        value: 0,
        source:
          'in the first layer nothing but its own weights moves x; their gradient is 0, and decay changes no sign',
      },
      measurement: everCameBack(rows, (layer) => layer === 1),
      rule: onlyIf('the unit is in the first layer, where no layer below it moves', between(0, 0), {
        without: everCameBack(rows, (layer) => layer > 1),
      }),
      expected: { full: 'only-if' },
      evidence: 'fig-revived',
      format: 'percent',
    },
    {
      id: 'deeper-units-revive',
      text: 'Beyond the first layer most units that die come back: the layers below them move.',
      prediction: null,
      measurement: cameBack(rows, { learningRate: highRate, momentum: 0, weightDecay: 0 }, (layer) => layer > 1),
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
      expected: { full: 'supported' },
      evidence: 'tbl-rates',
      format: 'points',
    },
    {
      id: 'momentum-kills',
      text: `At the same learning rate of ${middleRate} more units die with momentum ${momentum} than without.`,
      prediction: null,
      measurement: {
        ...measurement(
          paired(
            died(rows, { learningRate: middleRate, momentum }),
            died(rows, { learningRate: middleRate }),
            (withMomentum, without) => withMomentum - without,
          ),
        ),
        unit: survivors,
      },
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-dose',
      format: 'points',
    },
    {
      id: 'momentum-is-a-larger-rate',
      text: `Momentum ${momentum} kills as a rate ten times as large does: with it and ${highRate / 10} as many units die as without it at ${highRate}, to within 10 points.`,
      prediction: { value: 0, source: 'a constant gradient is summed to 1 / (1 − 0.9) of itself' },
      measurement: {
        ...measurement(
          paired(
            died(rows, { learningRate: highRate / 10, momentum }),
            died(rows, { learningRate: highRate }),
            (withMomentum, without) => withMomentum - without,
          ),
        ),
        unit: survivors,
      },
      rule: agreesWithPrediction({ tolerance: 0.1 }),
      expected: { full: 'inconclusive' },
      evidence: 'fig-dose',
      format: 'points',
    },
    {
      id: 'poor-scale-kills',
      text: 'Poor initialisation makes dead neurons: with weights of the wrong scale (Xavier’s) more units are dead at birth, before the first step, than with He’s.',
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
      id: 'large-weights-kill',
      text: `Poor initialisation makes dead neurons: in training at a rate of ${middleRate} more units die from weights with σ_w² = ${setting.largeVariance} than from He’s 2.`,
      prediction: null,
      measurement: diedByScale(rows, middleRate, setting.largeVariance),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-scale',
      format: 'points',
    },
    {
      id: 'small-weights-kill',
      text: `Poor initialisation makes dead neurons: in training at a rate of ${middleRate} at least 10 points more units die from weights with σ_w² = ${setting.smallVariance}, Xavier’s in square layers, than from He’s 2.`,
      prediction: null,
      measurement: diedByScale(rows, middleRate, setting.smallVariance),
      rule: greaterThan(0.1),
      expected: { full: 'refuted' },
      evidence: 'fig-scale',
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
      text: `Proper initialisation (He) prevents dead units: in a network of ${deepLayers} hidden layers fewer than 1 % of the units of the last are dead on real digits before the first step.`,
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
      expected: { full: 'supported' },
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
