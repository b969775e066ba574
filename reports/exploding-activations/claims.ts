import { relu } from '@relu-lab/core';
import { type Claim, agreesWithPrediction, between, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { batchNormGrowth, moments, residualGrowth } from '@relu-lab/theory';
import { type Selection, bySeed, measurement, paired, select } from '../measurements.ts';
import { atBestRate } from './best-rate.ts';
import { compared, tooLarge } from './conditions.ts';

const log = { scale: 'log' } as const;
const ofRelu = moments(relu);

/** What the study claims of its rows. */
export function claimsOf(
  rows: readonly Row[],
  { depth, trainedDepth }: { readonly depth: number; readonly trainedDepth: number },
): readonly Claim[] {
  const values = (selection: Selection, key: 'forward' | 'backward') =>
    bySeed(rows, { kind: 'growth', ...selection }, key);
  const growth = (selection: Selection, key: 'forward' | 'backward') => measurement(values(selection, key), log);
  const scaled = (weightVariance: number) => growth({ study: 'scale', weightVariance }, 'forward');
  const normalised = (normalization: string, key: 'forward' | 'backward') =>
    growth({ study: 'norm', normalization }, key);
  const accuracies = (normalization: string) =>
    bySeed(atBestRate(rows), { weightVariance: tooLarge, normalization }, 'accuracy');
  return [
    {
      id: 'explodes',
      text: `ReLU’s activations can explode in deeper layers: a layer multiplies their square by more than 1.2.`,
      prediction: { value: 3 * ofRelu.secondMoment, source: 'σ_w²/2 with σ_w² = 3' },
      measurement: scaled(3),
      rule: onlyIf('the weights are too large (σ_w² = 3 here; He’s 2 is not)', greaterThan(1.2), {
        without: scaled(2),
      }),
      expected: 'only-if',
      evidence: 'fig-scale',
      format: 'fixed3',
    },
    {
      id: 'unbounded-is-harmless',
      text: `Being unbounded is no reason to explode: with He’s weights ReLU holds its signals through ${depth} layers.`,
      prediction: { value: 2 * ofRelu.secondMoment, source: 'σ_w²/2 with σ_w² = 2' },
      measurement: scaled(2),
      rule: between(0.9, 1.1),
      expected: 'supported',
      evidence: 'fig-scale',
      format: 'fixed3',
    },
    {
      id: 'half-the-weight-variance',
      text: 'A layer multiplies the square of ReLU’s signals by σ_w²/2, whatever σ_w².',
      prediction: { value: 1, source: 'measured over σ_w²/2, mean field' },
      measurement: measurement(overTheory(rows), log),
      rule: agreesWithPrediction({ tolerance: 0.1 }),
      expected: 'supported',
      evidence: 'fig-scale',
      format: 'fixed3',
    },
    {
      id: 'bounded-is-no-cure',
      text: `A bounded activation keeps a network from exploding: with σ_w² = ${tooLarge} tanh’s gradients do not explode (a layer multiplies their square by less than 1.1).`,
      prediction: {
        value: measurement(
          bySeed(rows, { kind: 'growth', study: 'activation', activation: 'tanh' }, 'expectedBackward'),
        ).estimate,
        source: 'mean field: the length of signals settles, and χ₁ there is above 1',
      },
      measurement: growth({ study: 'activation', activation: 'tanh' }, 'backward'),
      rule: lessThan(1.1),
      expected: 'refuted',
      evidence: 'fig-activations',
      format: 'fixed3',
    },
    {
      id: 'residual-sums-double',
      text: 'Residual sums of He-initialised branches double the square of signals with each block.',
      prediction: { value: residualRate(), source: 'x + W relu(x): variances add, 1 + σ_w²/2' },
      measurement: growth({ study: 'residual', normalization: 'none' }, 'forward'),
      rule: agreesWithPrediction({ relativeTolerance: 0.1 }),
      expected: 'supported',
      evidence: 'fig-residual',
      format: 'fixed3',
    },
    {
      id: 'batch-norm-holds-signals',
      text: `Batch norm manages activations: with σ_w² = ${tooLarge} they keep their size.`,
      prediction: { value: 1, source: 'every layer is normalised' },
      measurement: normalised('batch', 'forward'),
      rule: between(0.95, 1.05),
      expected: 'supported',
      evidence: 'fig-norm-forward',
      format: 'fixed3',
    },
    {
      id: 'layer-norm-holds-signals',
      text: `Layer norm manages activations: with σ_w² = ${tooLarge} they keep their size.`,
      prediction: { value: 1, source: 'every sample is normalised' },
      measurement: normalised('layer', 'forward'),
      rule: between(0.95, 1.05),
      expected: 'supported',
      evidence: 'fig-norm-forward',
      format: 'fixed3',
    },
    {
      id: 'batch-norm-manages-gradients',
      text: 'Batch norm manages gradients as well: a layer multiplies their square by less than 1.1.',
      prediction: { value: batchNormGrowth(relu), source: 'π/(π − 1), Yang et al. 2019' },
      measurement: normalised('batch', 'backward'),
      rule: lessThan(1.1),
      expected: 'refuted',
      evidence: 'fig-norm-backward',
      format: 'fixed3',
    },
    {
      id: 'batch-norm-explodes-gradients',
      text: 'Batch norm itself makes gradients of plain deep ReLU networks explode: their square grows by π/(π − 1) a layer.',
      prediction: { value: batchNormGrowth(relu), source: 'π/(π − 1), Yang et al. 2019' },
      measurement: normalised('batch', 'backward'),
      rule: agreesWithPrediction({ relativeTolerance: 0.05 }),
      expected: 'supported',
      evidence: 'fig-norm-backward',
      format: 'fixed4',
    },
    {
      id: 'batch-norm-of-others',
      text: `Under batch norm gradients of ${others.join(', ')} grow by E[φ′²]/Var[φ] a layer too, to within 1 %, in layers as narrow as these.`,
      prediction: {
        value: 1,
        source: 'measured over E[φ′²]/Var[φ], Yang et al. 2019, for large batches and wide layers',
      },
      measurement: measurement(othersOverTheory(rows), log),
      rule: agreesWithPrediction({ tolerance: 0.01 }),
      expected: { full: 'refuted' },
      evidence: 'tbl-batch-norm',
      format: 'fixed3',
    },
    {
      id: 'excess-fades-with-width',
      text: `What tanh’s gradients grow by beyond that under batch norm is a matter of width and batch: of layers and a batch several times as large less than 60 % of it is left.`,
      prediction: null,
      measurement: { ...measurement(excessLeft(rows)), unit: 'of the excess is left' },
      rule: lessThan(0.6),
      expected: { full: 'supported' },
      evidence: 'tbl-batch-norm',
      format: 'percent0',
    },
    {
      id: 'layer-norm-keeps-gradients',
      text: 'Layer norm keeps gradients: a layer multiplies their square by 1.',
      prediction: { value: ofRelu.derivativeSecondMoment / ofRelu.secondMoment, source: 'E[φ′²]/E[φ²]' },
      measurement: normalised('layer', 'backward'),
      rule: between(0.9, 1.1),
      expected: 'supported',
      evidence: 'fig-norm-backward',
      format: 'fixed3',
    },
    {
      id: 'small-batches-grow-faster',
      text: 'Gradients grow faster under batch norm the smaller the batch.',
      prediction: null,
      measurement: { ...measurement(smallOverLarge(rows), log), unit: 'times as fast a layer' },
      rule: greaterThan(1),
      expected: 'supported',
      evidence: 'fig-batches',
      format: 'fixed3',
    },
    {
      id: 'skips-tame-batch-norm',
      text: 'Residual sums tame batch norm’s gradients: they grow less with each block than with each plain layer.',
      prediction: null,
      measurement: {
        ...measurement(
          paired(
            values({ study: 'residual', normalization: 'batch' }, 'backward'),
            values({ study: 'norm', normalization: 'batch' }, 'backward'),
            (block, layer) => block / layer,
          ),
          log,
        ),
        unit: 'of the growth a plain layer',
      },
      rule: lessThan(1),
      expected: 'supported',
      evidence: 'fig-residual',
      format: 'fixed3',
    },
    {
      id: 'layer-norm-trains',
      text: `Managed by normalisation, a network whose activations would explode learns: ${trainedDepth} layers with σ_w² = ${tooLarge} get at least 10 points more digits right with layer norm than without a norm, each at its best learning rate.`,
      prediction: null,
      measurement: measurement(paired(accuracies('layer'), accuracies('none'), (own, none) => own - none)),
      rule: greaterThan(0.1),
      expected: 'supported',
      evidence: 'fig-trained',
      format: 'points1',
    },
    {
      id: 'batch-norm-trains',
      text: 'Batch norm manages training as well as layer norm: the same deep layers learn no worse with it than by 5 points, each at its best learning rate.',
      prediction: null,
      measurement: measurement(paired(accuracies('batch'), accuracies('layer'), (batch, layer) => batch - layer)),
      rule: greaterThan(-0.05),
      expected: { full: 'refuted' },
      evidence: 'fig-trained',
      format: 'points1',
    },
  ];
}

/** The activations under batch norm but ReLU. */
const others = compared.filter((name) => name !== 'relu');

/** By seed, what the squared gradient grows by a layer under batch norm over what theory has, in a study of growth. */
function overBatchTheory(rows: readonly Row[], selection: Selection): ReadonlyMap<number, number> {
  const own = select(rows, { kind: 'growth', ...selection });
  return paired(
    bySeed(own, {}, 'backward'),
    bySeed(own, {}, 'expectedBackward'),
    (found, expected) => found / expected,
  );
}

/** By seed, the geometric mean of that over the activations but ReLU. */
function othersOverTheory(rows: readonly Row[]): ReadonlyMap<number, number> {
  const logs = others.flatMap((activation) =>
    [...overBatchTheory(rows, { study: 'norm-activation', activation })].map(([seed, ratio]) => ({
      seed,
      departure: Math.log(ratio),
    })),
  );
  return new Map([...bySeed(logs, {}, 'departure')].map(([seed, mean]) => [seed, Math.exp(mean)]));
}

/** By seed, tanh's excess over theory in wide layers and a large batch, over that in narrow ones and a small one. */
function excessLeft(rows: readonly Row[]): ReadonlyMap<number, number> {
  const excess = (study: string): ReadonlyMap<number, number> => overBatchTheory(rows, { study, activation: 'tanh' });
  return paired(excess('norm-wide'), excess('norm-activation'), (wide, narrow) => (wide - 1) / (narrow - 1));
}

/** Growth of the stream a block. */
function residualRate(): number {
  const { q } = residualGrowth(relu, { weightVariance: 2, blocks: 1 });
  return q[1] / q[0];
}

/** By seed, growth over what theory expects of it: the geometric mean over all weight scales. */
export function overTheory(rows: readonly Row[]): ReadonlyMap<number, number> {
  const logs = select(rows, { kind: 'growth', study: 'scale' }).map((row) => ({
    seed: row.seed,
    departure: Math.log(Number(row.forward ?? NaN) / Number(row.expectedForward ?? NaN)),
  }));
  return new Map([...bySeed(logs, {}, 'departure')].map(([seed, mean]) => [seed, Math.exp(mean)]));
}

/** By seed, growth of gradients in the smallest batch over that in the largest. */
export function smallOverLarge(rows: readonly Row[]): ReadonlyMap<number, number> {
  const own = select(rows, { kind: 'growth', study: 'batch' });
  const sizes = own.map(({ samples }) => Number(samples));
  const of = (samples: number) => bySeed(own, { samples }, 'backward');
  return paired(of(Math.min(...sizes)), of(Math.max(...sizes)), (small, large) => small / large);
}
