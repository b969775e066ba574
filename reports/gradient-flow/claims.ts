import { type ElementwiseActivation, relu, selu, sigmoid } from '@relu-lab/core';
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
import { meanField, moments } from '@relu-lab/theory';
import { bySeed, measurement, paired, select, share } from '../measurements.ts';
import { atBestRate } from './best-rate.ts';

/** A network learns where it gets more than so many of ten digits right; a guess gets one. */
const learns = 0.3;

const he = 'the weights have σ_w² = 2, as He draws them';

/** What the study claims of its rows, about networks of `depth` weight layers. */
export function claimsOf(rows: readonly Row[], depth: number): readonly Claim[] {
  const growth = (activation: string, initializer: string) =>
    measurement(bySeed(rows, { kind: 'flow', activation, initializer }, 'growth'), { scale: 'log' });
  const change = (activation: string, key = 'change') =>
    measurement(bySeed(rows, { kind: 'flow', activation, initializer: 'xavier-normal' }, key), { scale: 'log' });
  const accuracies = (activation: string, initializer: string) =>
    bySeed(atBestRate(rows, { activation, initializer, depth }), {}, 'accuracy');
  const accuracy = (activation: string, initializer: string) => measurement(accuracies(activation, initializer), share);
  return [
    {
      id: 'gradients-preserved',
      text: 'Gradients are preserved by ReLU: a layer multiplies their square by 1.',
      prediction: { value: 2 * moments(relu).derivativeSecondMoment, source: 'χ₁ = σ_w²/2 with σ_w² = 2' },
      measurement: growth('relu', 'he-normal'),
      rule: onlyIf(he, between(0.9, 1.1), { without: growth('relu', 'xavier-normal') }),
      expected: 'only-if',
      evidence: 'tbl-growth',
      format: 'fixed3',
    },
    {
      id: 'half-lost',
      text: 'ReLU lets half of the squared gradient through: with σ_w² = 1, as Xavier draws square layers, a layer halves it.',
      prediction: { value: moments(relu).derivativeSecondMoment, source: 'χ₁ = σ_w²/2 with σ_w² = 1' },
      measurement: growth('relu', 'xavier-normal'),
      rule: agreesWithPrediction({ relativeTolerance: 0.1 }),
      expected: 'supported',
      evidence: 'tbl-growth',
      format: 'fixed3',
    },
    {
      id: 'growth-is-predicted',
      text: 'What a layer does to gradients is χ₁ = σ_w² E[φ′(z)²], in all these networks: the largest departure is below 5 %.',
      prediction: { value: 0, source: 'mean field, infinite width' },
      measurement: measurement(largestDeparture(rows)),
      rule: lessThan(0.05),
      expected: 'supported',
      evidence: 'fig-theory',
      format: 'percent1',
    },
    {
      id: 'sigmoid-vanishes',
      text: 'Sigmoid’s gradients vanish: of their square less than a sixteenth survives a layer with σ_w² = 1.',
      prediction: chiOf(sigmoid),
      measurement: growth('sigmoid', 'xavier-normal'),
      rule: lessThan(1 / 16),
      expected: 'supported',
      evidence: 'tbl-growth',
      format: 'fixed4',
    },
    {
      id: 'tanh-vanishes',
      text: `Tanh’s gradients vanish exponentially as well: of ${depth} layers with σ_w² = 1 the upper half takes as much of them as the lower (at least three quarters, in the logarithm).`,
      prediction: {
        value: measurement(upperOverLower(rows, 'expectedSize')).estimate,
        source: 'mean field: σ_w² = 1 is tanh’s edge of chaos, where signals shrink and χ₁ goes to 1',
      },
      measurement: { ...measurement(upperOverLower(rows, 'size')), unit: 'of what the lower half takes' },
      rule: greaterThan(0.75),
      expected: 'refuted',
      evidence: 'fig-flow-xavier',
      format: 'fixed2',
    },
    {
      id: 'tanh-loss-is-predicted',
      text: `How much smaller tanh’s gradients are at the bottom of ${depth} layers with σ_w² = 1 than at the top follows from mean field theory, to within a fifth of their size (not its square).`,
      prediction: {
        value: change('tanh', 'expectedChange').estimate,
        source: 'mean field, with the signals as they are',
      },
      measurement: change('tanh'),
      rule: agreesWithPrediction({ relativeTolerance: 0.2 }),
      expected: { full: 'supported' },
      evidence: 'fig-flow-xavier',
      format: 'significant2',
    },
    {
      id: 'xavier-keeps-tanh-signals',
      text: `Xavier’s weights keep the variance of tanh’s signals from layer to layer: at the top of ${depth} layers more than half of the first layer’s mean square is left.`,
      prediction: {
        value: signalAtTheTop(rows, 'expectedSignal').estimate,
        source: 'the length map at σ_w² = 1: q shrinks as 1/(2 layers)',
      },
      measurement: signalAtTheTop(rows, 'signal'),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'fig-signals',
      format: 'significant2',
    },
    {
      id: 'selu-holds-signals',
      text: 'SELU with LeCun’s weights holds its signals: a layer multiplies their square by 1, to within 2 %.',
      prediction: { value: 1, source: 'the fixed point of SELU (Klambauer et al. 2017)' },
      measurement: measurement(
        bySeed(rows, { kind: 'flow', activation: 'selu', initializer: 'lecun-normal' }, 'signalGrowth'),
        { scale: 'log' },
      ),
      rule: agreesWithPrediction({ tolerance: 0.02 }),
      expected: { full: 'supported' },
      evidence: 'fig-signals-lecun',
      format: 'fixed3',
    },
    {
      id: 'selu-grows',
      text: 'SELU with LeCun’s weights lets gradients grow: a layer multiplies their square by its χ₁, which is above 1.',
      prediction: chiOf(selu),
      measurement: growth('selu', 'lecun-normal'),
      rule: agreesWithPrediction({ relativeTolerance: 0.05 }),
      expected: 'supported',
      evidence: 'tbl-growth',
      format: 'fixed3',
    },
    {
      id: 'relu-trains-deep',
      text: `ReLU enables deep networks to train: one of ${depth} layers learns digits (more than ${10 * learns} in 10 right).`,
      prediction: null,
      measurement: accuracy('relu', 'he-normal'),
      rule: onlyIf(he, greaterThan(learns), { without: accuracy('relu', 'xavier-normal') }),
      expected: 'only-if',
      evidence: 'fig-trained',
      format: 'percent',
    },
    {
      id: 'xavier-stalls',
      text: `${depth} layers of ReLU do not learn from Xavier’s weights: they guess (fewer than 2 in 10 right).`,
      prediction: null,
      measurement: accuracy('relu', 'xavier-normal'),
      rule: lessThan(0.2),
      expected: 'supported',
      evidence: 'fig-trained',
      format: 'percent',
    },
    {
      id: 'sigmoid-does-not-train',
      text: `${depth} layers of sigmoid do not learn from any of the three rules (fewer than 2 in 10 right).`,
      prediction: null,
      measurement: measurement(
        best(['xavier-normal', 'he-normal', 'lecun-normal'].map((rule) => accuracies('sigmoid', rule))),
        share,
      ),
      rule: lessThan(0.2),
      expected: 'supported',
      evidence: 'fig-trained',
      format: 'percent',
    },
    {
      id: 'deeper-than-sigmoid',
      text: 'ReLU can be trained more than ten layers deeper than sigmoid.',
      prediction: null,
      measurement: {
        ...measurement(
          paired(
            deepest(rows, 'relu', 'he-normal'),
            deepest(rows, 'sigmoid', 'xavier-normal'),
            (first, second) => first - second,
          ),
        ),
        unit: 'layers',
      },
      rule: greaterThan(10),
      expected: 'supported',
      evidence: 'fig-depth',
      format: 'fixed1',
    },
    {
      id: 'deeper-than-tanh',
      text: `${depth} layers of ReLU with He’s weights learn better than ${depth} of tanh with Xavier’s.`,
      prediction: null,
      measurement: measurement(
        paired(accuracies('relu', 'he-normal'), accuracies('tanh', 'xavier-normal'), (first, second) => first - second),
      ),
      rule: greaterThan(0),
      expected: { full: 'refuted' },
      evidence: 'fig-trained',
      format: 'points1',
    },
    {
      id: 'tanh-saturates-from-below',
      text: 'Trained from weights uniform between ±1/√n, tanh saturates most in the first hidden layer.',
      prediction: null,
      measurement: saturationAbove(rows, 'tanh', 'first'),
      rule: greaterThan(0),
      expected: 'supported',
      evidence: 'fig-saturation',
      format: 'points1',
    },
    {
      id: 'sigmoid-saturates-from-above',
      text: 'Trained from weights uniform between ±1/√n, sigmoid saturates most in the top hidden layer.',
      prediction: null,
      measurement: saturationAbove(rows, 'sigmoid', 'last'),
      rule: greaterThan(0),
      expected: 'supported',
      evidence: 'fig-saturation',
      format: 'points1',
    },
  ];
}

/** χ₁ where signals settle, with σ_w² = 1 and no biases. */
function chiOf(activation: ElementwiseActivation): Claim['prediction'] {
  const { chi1 } = meanField(activation, { weightVariance: 1 });
  return chi1 === null ? null : { value: chi1, source: 'χ₁ where signals settle, with σ_w² = 1' };
}

/** By seed, the loss of tanh's gradients a layer in the upper half of a network under Xavier's weights over that in the lower half, in the logarithm: 1 if it is exponential. */
export function upperOverLower(rows: readonly Row[], key: 'size' | 'expectedSize'): ReadonlyMap<number, number> {
  const own = select(rows, { kind: 'layer', activation: 'tanh', initializer: 'xavier-normal' });
  const layers = own.map(({ layer }) => Number(layer));
  const [bottom, top] = [Math.min(...layers), Math.max(...layers)];
  const middle = Math.floor((bottom + top) / 2);
  const of = (layer: number): ReadonlyMap<number, number> => bySeed(own, { layer }, key);
  const loss = (from: number, to: number): ReadonlyMap<number, number> =>
    paired(of(to), of(from), (above, below) => Math.log(above / below) / (to - from));
  return paired(loss(middle, top), loss(bottom, middle), (upper, lower) => upper / lower);
}

/** The mean square of tanh's signals at the highest hidden layer over that at the lowest, under Xavier's weights. */
function signalAtTheTop(rows: readonly Row[], key: 'signal' | 'expectedSignal'): Measurement {
  const own = select(rows, { kind: 'layer', activation: 'tanh', initializer: 'xavier-normal' });
  const top = Math.max(...own.map(({ layer }) => Number(layer)));
  return measurement(bySeed(own, { layer: top }, key), { scale: 'log' });
}

/** By seed, the largest departure of a growth from what theory expects of it, over all networks. */
export function largestDeparture(rows: readonly Row[]): ReadonlyMap<number, number> {
  const largest = new Map<number, number>();
  for (const { seed, growth, expectedGrowth } of select(rows, { kind: 'flow' })) {
    const departure = Math.abs(Number(growth ?? NaN) / Number(expectedGrowth ?? NaN) - 1);
    largest.set(Number(seed), Math.max(largest.get(Number(seed)) ?? 0, departure));
  }
  return largest;
}

/** By seed, the largest of several values. */
function best(values: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
  return values.reduce((first, second) => paired(first, second, Math.max));
}

/** By seed, weight layers of the deepest of these networks that learns; 0 where none does. */
export function deepest(rows: readonly Row[], activation: string, initializer: string): ReadonlyMap<number, number> {
  const depths = new Map<number, number>();
  for (const { seed, depth, accuracy } of atBestRate(rows, { activation, initializer })) {
    const learned = Number(accuracy) > learns ? Number(depth) : 0;
    depths.set(Number(seed), Math.max(depths.get(Number(seed)) ?? 0, learned));
  }
  return depths;
}

/** The saturated share of the first or the last hidden layer over the largest of the others, over seeds. */
function saturationAbove(rows: readonly Row[], activation: string, which: 'first' | 'last'): Measurement {
  const own = select(rows, { kind: 'saturation', activation, initializer: 'pytorch-default' });
  const layers = [...new Set(own.map(({ layer }) => Number(layer)))].sort((a, b) => a - b);
  const chosen = which === 'first' ? layers[0] : layers[layers.length - 1];
  const of = (layer: number): ReadonlyMap<number, number> => bySeed(own, { layer }, 'saturatedFraction');
  const others = layers.filter((layer) => layer !== chosen).map(of);
  if (others.length === 0) return measurement(new Map());
  return measurement(
    paired(of(chosen), best(others), (first, second) => first - second),
    { bounds: [-1, 1] },
  );
}
