import { type Claim, formatNumber, greaterThan, lessThan } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, paired, share } from '../measurements.ts';
import { type ClaimSetting, extremes, plain } from './claim-setting.ts';
import { gapComparisons, gapKeys, unitComparisons, unitKeys } from './comparisons.ts';

/** What is claimed of the use of zeros: efficiency, overfitting, interpretability. */
export function claimsOfUse(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { penalty } = extremes(setting);
  const saved = (key: string) => measurement(bySeed(rows, { kind: 'run', ...plain }, key), share);
  const gaps = gapComparisons(rows, penalty);
  const units = unitComparisons(rows, penalty);
  const gap = (comparison: keyof typeof gaps) => gaps[comparison].measurement;
  const unit = (comparison: keyof typeof units) => units[comparison].measurement;
  const fewDigits = `On ${formatNumber(setting.trainingDigits, 'integer')} digits`;
  return [
    {
      id: 'saves-work',
      text: 'Sparse activations give a product that skips zeros less to do: in trained networks more than a third of the multiply-adds that read hidden activations are those of zeros.',
      prediction: null,
      measurement: saved('savedInHidden'),
      rule: greaterThan(1 / 3),
      expected: { full: 'supported' },
      evidence: 'tbl-work',
      format: 'percent',
    },
    {
      id: 'halves-the-pass',
      text: 'ReLU’s zeros halve the work of a forward pass, if all of them are skipped.',
      prediction: null,
      measurement: saved('savedInAll'),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'tbl-work',
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
      text: `The more zeros the less a ReLU network overfits: with the penalty λ = ${penalty} its gap in accuracy is smaller by more than a point.`,
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
      text: `The more zeros the less a ReLU network overfits: with the penalty λ = ${penalty} its gap in cross-entropy is smaller.`,
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
      text: 'It is ReLU’s zeros that make its units purer, and so easier to name: leaky ReLU’s are less pure, by more than a point.',
      prediction: null,
      measurement: unit('purity leaky'),
      rule: greaterThan(unitKeys.purity),
      expected: { full: 'refuted' },
      evidence: 'fig-purity',
      format: 'points1',
    },
    {
      id: 'purer-when-sparser',
      text: `The more zeros the purer ReLU’s units, and so the easier to name: with the penalty λ = ${penalty} they are purer, by more than a point.`,
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
      text: 'ReLU’s units are special: the digits that excite them are more of one class than those of random directions in their layer.',
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
