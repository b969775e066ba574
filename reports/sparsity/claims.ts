import { type Claim, agreesWithPrediction, between, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';
import { gapComparisons, gapKeys, unitComparisons, unitKeys } from './comparisons.ts';

/** What the claims are about, of the study's parameters. */
export interface ClaimSetting {
  readonly learningRates: readonly number[];
  readonly penalties: readonly number[];
  readonly shifts: readonly number[];
  readonly trainingDigits: number;
}

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  return [...claimsOfStart(rows, setting), ...claimsOfTraining(rows, setting), ...claimsOfUse(rows, setting)];
}

/** Rates, penalties and shifts that claims speak of. */
export function extremes({ learningRates, penalties, shifts }: ClaimSetting) {
  return {
    slow: Math.min(...learningRates),
    fast: Math.max(...learningRates),
    penalty: Math.max(...penalties),
    low: Math.min(...shifts),
  };
}

const plain = { activation: 'relu', penalty: 0 } as const;

function claimsOfStart(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { low } = extremes(setting);
  const start = (selection: Selection, key = 'zeroFraction') => bySeed(rows, { kind: 'start', ...selection }, key);
  const biased = { way: 'bias', shift: low, layer: 1 };
  const last = Math.max(...select(rows, { kind: 'start' }).map(({ layer }) => Number(layer)));
  return [
    {
      id: 'active-means-positive',
      text: 'Only neurons with x > 0 are active: no other element is anything but 0, and none of these is.',
      prediction: { value: 0, source: 'max(0, x)' },
      measurement: measurement(start({ way: 'bias' }, 'activeWithoutReason'), share),
      rule: between(0, 0),
      expected: 'supported',
      evidence: 'tbl-start',
      format: 'percent',
    },
    {
      id: 'half-at-initialisation',
      text: 'At initialisation half of all activations are zero, on average over units and digits.',
      prediction: { value: 0.5, source: 'symmetry: z and −z are as likely' },
      measurement: measurement(start({ way: 'bias', shift: 0 }), share),
      rule: agreesWithPrediction({ tolerance: 0.03 }),
      expected: { full: 'supported' },
      evidence: 'fig-start',
      format: 'percent',
    },
    {
      id: 'half-of-every-unit',
      text: 'The half is every unit’s: most units are zero on 40 % to 60 % of the digits.',
      prediction: {
        value: measurement(bySeed(rows, { kind: 'spread' }, 'expectedAboutHalf')).estimate,
        source: 'digits are alike: a unit is zero on Φ(√(ρ/(1−ρ)) g) of them',
      },
      measurement: measurement(bySeed(rows, { kind: 'spread' }, 'aboutHalf'), share),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'fig-units',
      format: 'percent',
    },
    {
      id: 'spread-is-predicted',
      text: 'How far units lie apart follows from how alike the digits are: measured over expected deviation.',
      prediction: { value: 1, source: 'variance over units = mean of arcsin(ρ)/2π over pairs of digits' },
      measurement: measurement(spreadOverTheory(rows), { scale: 'log' }),
      rule: agreesWithPrediction({ tolerance: 0.05 }),
      expected: { full: 'supported' },
      evidence: 'tbl-start',
      format: 'fixed3',
    },
    {
      id: 'bias-moves-it',
      text: `A constant bias b moves it to Φ(−b/√q): in the first layer, with b = ${low}.`,
      prediction: { value: measurement(start(biased, 'expected')).estimate, source: 'Φ(−b/√q)' },
      measurement: measurement(start(biased), share),
      rule: agreesWithPrediction({ tolerance: 0.02 }),
      expected: { full: 'supported' },
      evidence: 'fig-start',
      format: 'percent',
    },
    {
      id: 'batch-norm-sets-it',
      text: `After batch norm it is Φ(−β/γ), whatever the weights: it departs from that by less than 2 points, with β = ${low}.`,
      prediction: { value: 0, source: 'pre-activations N(β, γ²)' },
      measurement: measurement(departures(rows, { way: 'batch-norm', shift: low, layer: 1 })),
      rule: onlyIf(
        'normalised pre-activations are normal over the digits, as in the first layer; above layers with few active units they are not',
        between(-0.02, 0.02),
        { without: measurement(departures(rows, { way: 'batch-norm', shift: low, layer: last })) },
      ),
      expected: 'only-if',
      evidence: 'fig-start',
      format: 'points1',
    },
  ];
}

function claimsOfTraining(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { slow, fast, penalty } = extremes(setting);
  const zeros = (selection: Selection) =>
    bySeed(rows, { kind: 'run', status: 'completed', ...selection }, 'zeroFraction');
  const accuracy = (selection: Selection) => bySeed(rows, { kind: 'run', ...selection }, 'testAccuracy');
  const penalised = { ...plain, penalty };
  return [
    {
      id: 'sparse-after-training',
      text: 'A trained ReLU network is sparse: more than half of its activations are exactly zero.',
      prediction: null,
      measurement: measurement(zeros(plain), share),
      rule: greaterThan(0.5),
      expected: { full: 'supported' },
      evidence: 'fig-training',
      format: 'percent',
    },
    {
      id: 'steps-decide',
      text: `How sparse it becomes is decided by the steps, not by ReLU: with a learning rate of ${fast} it has more zeros than with ${slow}, by more than 5 points.`,
      prediction: null,
      measurement: measurement(
        paired(zeros({ ...plain, learningRate: fast }), zeros({ ...plain, learningRate: slow }), (a, b) => a - b),
      ),
      rule: greaterThan(0.05),
      expected: { full: 'supported' },
      evidence: 'fig-training',
      format: 'points1',
    },
    {
      id: 'others-have-no-zeros',
      text: 'ReLU has fewer active neurons than leaky ReLU and tanh: those have no zeros at all.',
      prediction: { value: 0, source: 'leaky ReLU and tanh are 0 at x = 0 only' },
      measurement: measurement(
        bySeed(
          rows.filter(({ activation }) => activation !== 'relu'),
          { kind: 'run' },
          'zeroFraction',
        ),
      ),
      rule: between(0, 0.001),
      expected: 'supported',
      evidence: 'tbl-trained',
      format: 'percent2',
    },
    {
      id: 'glorot-range',
      text: 'Trained rectifier networks have 68 % to 83 % of exact zeros.',
      prediction: { value: 0.755, interval: [0.68, 0.83], source: 'Glorot, Bordes & Bengio 2011, as remembered' },
      measurement: measurement(zeros({ ...penalised, learningRate: slow }), share),
      rule: onlyIf(
        `activations are penalised (L1, λ = ${penalty}), at a learning rate of ${slow}`,
        between(0.68, 0.83),
        { without: measurement(zeros({ ...plain, learningRate: slow }), share) },
      ),
      expected: { full: 'only-if' },
      evidence: 'fig-training',
      format: 'percent',
    },
    {
      id: 'sparsity-is-free',
      text: `More zeros cost no accuracy: with the penalty λ = ${penalty} less than a point of it is lost.`,
      prediction: null,
      measurement: measurement(paired(accuracy(penalised), accuracy(plain), (a, b) => a - b)),
      rule: greaterThan(-0.01),
      expected: { full: 'refuted' },
      evidence: 'tbl-trained',
      format: 'points1',
    },
  ];
}

function claimsOfUse(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { penalty } = extremes(setting);
  const saved = (key: string) => measurement(bySeed(rows, { kind: 'run', ...plain }, key), share);
  const gaps = gapComparisons(rows, penalty);
  const units = unitComparisons(rows, penalty);
  const gap = (comparison: keyof typeof gaps) => gaps[comparison].measurement;
  const unit = (comparison: keyof typeof units) => units[comparison].measurement;
  const fewDigits = `On ${setting.trainingDigits} digits`;
  return [
    {
      id: 'saves-work',
      text: 'Sparse activations make the next product cheaper: more than a third of its multiply-adds are saved.',
      prediction: null,
      measurement: saved('savedInHidden'),
      rule: onlyIf('the product skips zeros; a dense one multiplies them all and saves none', greaterThan(1 / 3), {
        without: { estimate: 0, interval: [0, 0], seeds: saved('savedInHidden').seeds },
      }),
      expected: 'only-if',
      evidence: 'tbl-trained',
      format: 'percent',
    },
    {
      id: 'halves-the-pass',
      text: 'ReLU’s zeros halve the work of a forward pass, if all of them are skipped.',
      prediction: null,
      measurement: saved('savedInAll'),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'tbl-trained',
      format: 'percent',
    },
    {
      id: 'smaller-gap-than-leaky',
      text: `${fewDigits} ReLU overfits less for its zeros: its train–test gap in accuracy is smaller by more than a point than that of leaky ReLU, which has none.`,
      prediction: null,
      measurement: gap('gap leaky'),
      rule: lessThan(gapKeys.gap),
      expected: { full: 'refuted' },
      evidence: 'fig-gap',
      format: 'points1',
    },
    {
      id: 'smaller-gap-than-tanh',
      text: `${fewDigits} ReLU overfits less than tanh: its gap in accuracy is smaller by more than a point.`,
      prediction: null,
      measurement: gap('gap tanh'),
      rule: lessThan(gapKeys.gap),
      expected: { full: 'refuted' },
      evidence: 'fig-gap',
      format: 'points1',
    },
    {
      id: 'sparser-smaller-gap',
      text: `The more zeros the less overfitting: with the penalty λ = ${penalty} the gap in accuracy is smaller by more than a point.`,
      prediction: null,
      measurement: gap('gap penalty'),
      rule: lessThan(gapKeys.gap),
      expected: { full: 'refuted' },
      evidence: 'fig-gap',
      format: 'points1',
    },
    {
      id: 'smaller-loss-gap-than-tanh',
      text: `${fewDigits} ReLU overfits less than tanh: the gap in cross-entropy is smaller.`,
      prediction: null,
      measurement: gap('lossGap tanh'),
      rule: lessThan(gapKeys.lossGap),
      expected: { full: 'refuted' },
      evidence: 'tbl-comparisons',
      format: 'fixed3',
    },
    {
      id: 'sparser-smaller-loss-gap',
      text: `The more zeros the less overfitting: with the penalty λ = ${penalty} the gap in cross-entropy is smaller.`,
      prediction: null,
      measurement: gap('lossGap penalty'),
      rule: lessThan(gapKeys.lossGap),
      expected: { full: 'supported' },
      evidence: 'tbl-comparisons',
      format: 'fixed3',
    },
    {
      id: 'purer-than-tanh',
      text: 'ReLU’s units are easier to name than tanh’s, by a proxy: the digits that excite a unit most are of one class, by more than a point more of them.',
      prediction: null,
      measurement: unit('purity tanh'),
      rule: greaterThan(unitKeys.purity),
      expected: { full: 'supported' },
      evidence: 'fig-purity',
      format: 'points1',
    },
    {
      id: 'purer-than-leaky',
      text: 'It is ReLU’s zeros that make units easier to name, by that proxy: leaky ReLU’s are less pure, by more than a point.',
      prediction: null,
      measurement: unit('purity leaky'),
      rule: greaterThan(unitKeys.purity),
      expected: { full: 'refuted' },
      evidence: 'fig-purity',
      format: 'points1',
    },
    {
      id: 'purer-when-sparser',
      text: `The more zeros the easier to name, by that proxy: with the penalty λ = ${penalty} units are purer, by more than a point.`,
      prediction: null,
      measurement: unit('purity penalty'),
      rule: greaterThan(unitKeys.purity),
      expected: { full: 'refuted' },
      evidence: 'fig-purity',
      format: 'points1',
    },
    {
      id: 'more-selective-than-leaky',
      text: 'A single ReLU unit tells one class from all others better than a unit without zeros (leaky ReLU).',
      prediction: null,
      measurement: unit('selectivity leaky'),
      rule: greaterThan(unitKeys.selectivity),
      expected: { full: 'refuted' },
      evidence: 'tbl-comparisons',
      format: 'fixed3',
    },
    {
      id: 'units-above-directions',
      text: 'ReLU’s units are special: they are purer than random directions in the space of their layer.',
      prediction: null,
      measurement: measurement(
        paired(
          bySeed(rows, { kind: 'layer', ...plain }, 'purity'),
          bySeed(rows, { kind: 'layer', ...plain }, 'directionPurity'),
          (own, along) => own - along,
        ),
      ),
      rule: greaterThan(0),
      expected: { full: 'supported' },
      evidence: 'tbl-purity',
      format: 'points1',
    },
  ];
}

/** By seed, measured over expected deviation over units: the geometric mean over layers. */
export function spreadOverTheory(rows: readonly Row[]): ReadonlyMap<number, number> {
  const logs = select(rows, { kind: 'spread' }).map(({ seed, unitDeviation, expectedUnitDeviation }) => ({
    seed,
    departure: Math.log(Number(unitDeviation) / Number(expectedUnitDeviation)),
  }));
  return new Map([...bySeed(logs, {}, 'departure')].map(([seed, mean]) => [seed, Math.exp(mean)]));
}

/** By seed, the zero fraction less the expected one. */
function departures(rows: readonly Row[], selection: Selection): ReadonlyMap<number, number> {
  const of = (key: string) => bySeed(rows, { kind: 'start', ...selection }, key);
  return paired(of('zeroFraction'), of('expected'), (measured, expected) => measured - expected);
}
