import {
  type Claim,
  type Measurement,
  type VerdictRule,
  agreesWithPrediction,
  formatNumber,
  greaterThan,
  lessThan,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { lossOfGradient } from './he-example.ts';
import { bySeed, measurement, paired, select, share } from '../measurements.ts';

const allDigits = 60_000;

/** The deviation of the weights in an example of He et al. 2015, and how many times smaller gradients become there. */
const smallDeviation = 0.01;
const lossInPaper = 1.7e4;

/** A claim, and the activations that it is about. */
interface ClaimOf extends Claim {
  readonly of: readonly string[];
}

/**
 * What the study claims of its rows. Claims of trained networks rest on the seeds whose runs did not diverge, those of
 * initialisation on all; every measurement says how many they are. What is said of an activation that was left out is left
 * out too.
 */
export function claimsOf(
  rows: readonly Row[],
  { activations, trainingDigits }: { readonly activations: readonly string[]; readonly trainingDigits: number },
): readonly Claim[] {
  const accuracy = (activation: string) => bySeed(rows, { kind: 'run', activation }, 'testAccuracy');
  const difference = (first: string, second: string) =>
    measurement(paired(accuracy(first), accuracy(second), (a, b) => a - b));
  const zeros = (moment: string) => bySeed(rows, { kind: 'units', activation: 'relu', moment }, 'zeroFraction');
  const growth = (activation: string) =>
    measurement(bySeed(rows, { kind: 'gradient', activation, moment: 'start', layer: 1 }, 'growthPerLayer'), {
      scale: 'log',
    });
  const immortal = activations.filter((name) => select(rows, { activation: name, hasZeroRegion: false }).length > 0);
  const written = formatNumber(allDigits, 'integer');
  const claims: readonly ClaimOf[] = [
    {
      of: ['relu'],
      id: 'relu-learns',
      text: `A ReLU network trained on all ${written} digits classifies more than 97.5 % of the test digits correctly.`,
      prediction: null,
      measurement: measurement(accuracy('relu'), share),
      rule: onAllDigits(greaterThan(0.975), trainingDigits),
      expected: { full: 'supported', quick: 'inconclusive' },
      evidence: 'fig-accuracy',
      format: 'percent2',
    },
    {
      of: ['relu'],
      id: 'half-zero-at-initialisation',
      text: 'At initialisation half of a ReLU network’s activations are exactly zero.',
      prediction: { value: 0.5, source: 'symmetric weights and zero biases' },
      measurement: measurement(zeros('start'), share),
      rule: agreesWithPrediction({ tolerance: 0.03 }),
      expected: { full: 'supported' },
      evidence: 'fig-sparsity-change',
      format: 'percent',
    },
    {
      of: ['relu'],
      id: 'sparse-after-training',
      text: 'A trained ReLU network is sparse: more than half of its activations are exactly zero.',
      prediction: null,
      measurement: measurement(zeros('end'), share),
      rule: greaterThan(0.5),
      expected: { full: 'supported' },
      evidence: 'fig-sparsity',
      format: 'percent',
    },
    {
      of: ['relu'],
      id: 'few-relu-units-die',
      text: 'With He initialisation and a sensible learning rate, fewer than 1 % of ReLU units die in training.',
      prediction: null,
      measurement: measurement(
        paired(
          bySeed(rows, { kind: 'units', activation: 'relu', moment: 'end' }, 'died'),
          bySeed(rows, { kind: 'units', activation: 'relu', moment: 'end' }, 'units'),
          (died, units) => died / units,
        ),
        share,
      ),
      rule: lessThan(0.01),
      expected: { full: 'supported' },
      evidence: 'tbl-fates',
      format: 'percent2',
    },
    {
      of: immortal,
      id: 'only-relu-dies',
      text: `Units without a flat side never die: ${immortal.join(', ')} have no dead unit.`,
      prediction: { value: 0, source: 'a slope that is nowhere 0 on an interval' },
      measurement: measurement(deadWithoutFlatSide(rows), share),
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      evidence: 'fig-dead',
      format: 'percent2',
    },
    {
      of: ['relu'],
      id: 'he-keeps-gradients',
      text: 'He initialisation keeps the size of ReLU’s gradients from layer to layer: squared gradients grow by a factor of 1 a layer.',
      prediction: { value: 1, source: 'χ₁: weight variance 2 times mean squared slope ½' },
      measurement: growth('relu'),
      rule: agreesWithPrediction({ relativeTolerance: 0.25 }),
      expected: { full: 'supported' },
      evidence: 'fig-gradient-start',
      format: 'fixed2',
    },
    {
      of: ['relu'],
      id: 'small-weights-lose-gradients',
      text: `Weights of a fixed small deviation (${smallDeviation}) lose gradients: from the tenth to the second layer of the example of He et al. they become ${formatNumber(lossInPaper, 'integer')} times smaller.`,
      prediction: { value: lossInPaper, source: 'He et al. 2015, as remembered' },
      measurement: exactly(lossOfGradient(smallDeviation)),
      rule: agreesWithPrediction({ relativeTolerance: 0.05, minimumSeeds: 0 }),
      expected: 'supported',
      format: 'significant3',
    },
    {
      of: ['sigmoid'],
      id: 'sigmoid-vanishes',
      text: 'Sigmoid’s gradients vanish: squared gradients shrink to a sixteenth or less from each hidden layer to the one below.',
      prediction: {
        value: 1 / 16,
        interval: [0, 1 / 16],
        source: 'χ₁ is at most the weight variance, 1 under Xavier, times the largest squared slope',
      },
      measurement: growth('sigmoid'),
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: { full: 'supported' },
      evidence: 'fig-gradient-start',
      format: 'fixed3',
    },
    {
      of: ['relu', 'sigmoid'],
      id: 'relu-beats-sigmoid',
      text: 'ReLU networks are more accurate than sigmoid networks of the same shape and training.',
      prediction: null,
      measurement: difference('relu', 'sigmoid'),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'fig-accuracy',
      format: 'points2',
    },
    {
      of: ['relu', 'tanh'],
      id: 'relu-beats-tanh',
      text: `Trained on all ${written} digits ReLU networks are more accurate than tanh networks of the same shape and training.`,
      prediction: null,
      measurement: difference('relu', 'tanh'),
      rule: onAllDigits(greaterThan(0), trainingDigits),
      expected: 'inconclusive',
      evidence: 'fig-accuracy',
      format: 'points2',
    },
    {
      of: ['leaky-relu', 'relu'],
      id: 'leaky-beats-relu',
      text: `Trained on all ${written} digits leaky ReLU networks are more accurate than ReLU networks.`,
      prediction: null,
      measurement: difference('leaky-relu', 'relu'),
      rule: onAllDigits(greaterThan(0), trainingDigits),
      expected: 'inconclusive',
      evidence: 'fig-accuracy',
      format: 'points2',
    },
  ];
  return claims.filter(({ of }) => of.length > 0 && of.every((name) => activations.includes(name)));
}

/** What is computed and not drawn has no spread. */
function exactly(value: number): Measurement {
  return { estimate: value, interval: [value, value], seeds: 0, unit: 'times smaller' };
}

/** A rule for what is said of training on all digits: with fewer nothing follows. */
function onAllDigits(rule: VerdictRule, trainingDigits: number): VerdictRule {
  if (trainingDigits >= allDigits) return rule;
  return {
    describe: (input) => rule.describe(input),
    decide: () => ({
      verdict: 'inconclusive',
      reason: `trained on ${formatNumber(trainingDigits, 'integer')} digits only`,
    }),
  };
}

/** By seed, the share of dead units in the networks of all activations that have no zero region. */
function deadWithoutFlatSide(rows: readonly Row[]): ReadonlyMap<number, number> {
  const units = select(rows, { kind: 'units', moment: 'end', hasZeroRegion: false });
  const total = (key: string) => bySeed(units, {}, key);
  return paired(total('dead'), total('units'), (dead, count) => dead / count);
}
