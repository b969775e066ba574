import { type Claim, between, formatNumber, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, paired, share } from '../measurements.ts';
import { type ClaimSetting, extremes, plain } from './claim-setting.ts';

/** The shares of zeros that are quoted from Glorot, Bordes & Bengio 2011. */
const [leastOfGlorot, mostOfGlorot] = [0.68, 0.83];

const written = (share: number): string => formatNumber(share, 'percent0');

/** What is claimed of the zeros of trained networks. */
export function claimsOfTraining(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
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
      text: `How sparse a trained ReLU network becomes is decided by the steps, not by ReLU: with a learning rate of ${fast} it has more zeros than with ${slow}, by more than 5 points.`,
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
      text: `Trained rectifier networks have ${written(leastOfGlorot)} to ${written(mostOfGlorot)} of exact zeros.`,
      prediction: {
        value: (leastOfGlorot + mostOfGlorot) / 2,
        interval: [leastOfGlorot, mostOfGlorot],
        source: 'Glorot, Bordes & Bengio 2011, as remembered',
      },
      measurement: measurement(zeros({ ...penalised, learningRate: slow }), share),
      rule: onlyIf(
        `activations are penalised (L1, λ = ${penalty}), at a learning rate of ${slow}`,
        between(leastOfGlorot, mostOfGlorot),
        { without: measurement(zeros({ ...plain, learningRate: slow }), share) },
      ),
      expected: { full: 'only-if' },
      evidence: 'fig-training',
      format: 'percent',
    },
    {
      id: 'fewer-without-penalty',
      text: `Without a penalty on activations a trained rectifier network has fewer zeros than Glorot, Bordes and Bengio’s with one: below ${written(leastOfGlorot)}, at a learning rate of ${slow}.`,
      prediction: null,
      measurement: measurement(zeros({ ...plain, learningRate: slow }), share),
      rule: lessThan(leastOfGlorot),
      expected: { full: 'supported' },
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
