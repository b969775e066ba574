import { median } from '@relu-lab/analysis';
import { type Claim, type Measurement, agreesWithPrediction, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, medianMeasurement, paired, share } from '../measurements.ts';
import { ofActivations, ofElement, ofStep, ratio, shareOfStep, speedUpIfFree } from './costs.ts';
import { shareOfOperations, workOf } from './work.ts';

/** Activations that need an exponential. */
export const withExponential = ['elu', 'selu', 'tanh', 'sigmoid', 'gelu', 'silu', 'mish'] as const;

/** What the claims need to know of the parameters. */
export interface Shapes {
  readonly batchSize: number;
  /** Narrow, in between and wide. */
  readonly widths: readonly [number, number, number];
  /** Sizes of arrays: in the first-level cache, in the second, and beyond. */
  readonly elements: readonly [number, number, number];
}

/** What a seed determines. */
export function claimsOf(rows: readonly Row[]): readonly Claim[] {
  const differs = (key: string) => bySeed(rows, { kind: 'operation' }, key);
  return [
    {
      id: 'a-max-and-a-comparison',
      text: 'ReLU is only a max forward and a comparison backward: one operation an element gives every output and every gradient.',
      prediction: { value: 0, source: 'the definition' },
      measurement: {
        ...measurement(paired(differs('max'), differs('comparison'), Math.max), share),
        unit: 'of float32 numbers differ',
      },
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      format: 'percent',
    },
  ];
}

/**
 * What the clock says. Every ratio is taken within a round, and its median over rounds has a distribution-free interval, so that a round
 * in which the machine was busy counts no more than another; thresholds lie far from what is measured where a verdict is expected.
 */
export function timedClaims(
  timings: readonly Row[],
  { batchSize, widths: [narrow, middle, wide], elements: [, cached, large] }: Shapes,
): readonly Claim[] {
  const alone = (activation: string) => ofElement(timings, activation, cached);
  const stepAgainstRelu = (activation: string, width: number) =>
    ratio(ofStep(timings, activation, width), ofStep(timings, 'relu', width));
  const shareAt = (width: number) => shareOfStep(timings, 'relu', width, batchSize);
  return [
    {
      id: 'cheaper-than-exponentials',
      text: 'Computational efficiency: an element of ReLU, forward and backward, takes less than half the time of one of any activation with an exponential (ELU, SELU, tanh, sigmoid, GELU, SiLU, Mish).',
      prediction: null,
      measurement: {
        ...inRounds(
          withExponential
            .map((activation) => ratio(alone(activation), alone('relu')))
            .reduce((least, next) => paired(least, next, Math.min)),
        ),
        unit: 'times ReLU’s, the cheapest of them',
      },
      rule: greaterThan(2),
      expected: { full: 'supported' },
      evidence: 'fig-elements',
      format: 'fixed1',
    },
    {
      id: 'leaky-is-as-cheap',
      text: 'Leaky ReLU is cheap as well: an element takes less than 1.5 times as long as one of ReLU.',
      prediction: { value: 1, source: 'the same bytes, and one multiplication more' },
      measurement: { ...inRounds(ratio(alone('leaky-relu'), alone('relu'))), unit: 'times ReLU’s' },
      rule: lessThan(1.5),
      expected: { full: 'supported' },
      evidence: 'fig-elements',
      format: 'fixed2',
    },
    {
      id: 'limited-by-memory',
      text: 'On large arrays memory limits ReLU, not arithmetic: beyond the caches the same element takes more than 1.5 times as long.',
      prediction: null,
      measurement: {
        ...inRounds(ratio(ofElement(timings, 'relu', large), ofElement(timings, 'relu', cached))),
        unit: 'times an element in the caches',
      },
      rule: greaterThan(1.5),
      expected: { full: 'supported' },
      evidence: 'fig-sizes',
      format: 'fixed2',
    },
    {
      id: 'small-share',
      text: 'ReLU is a small part of a training step: if it took no time at all, steps of wide networks would be less than 5 % faster.',
      prediction: {
        value: 1 / (1 - shareOfOperations(wide, batchSize)),
        source: 'Amdahl, with the share of its operations among all',
      },
      measurement: { ...inRounds(speedUpIfFree(timings, 'relu', wide, batchSize)), unit: 'times as fast' },
      rule: lessThan(1.05),
      expected: { full: 'supported' },
      evidence: 'fig-shares',
      format: 'fixed4',
    },
    {
      id: 'share-falls-with-width',
      text: 'The share of ReLU in a training step falls with width: in wide networks it is less than half of what it is in narrow ones.',
      prediction: {
        value: shareOfOperations(wide, batchSize) / shareOfOperations(narrow, batchSize),
        source: 'elements grow with the width, products with its square',
      },
      measurement: { ...inRounds(ratio(shareAt(wide), shareAt(narrow))), unit: 'of the share in narrow ones' },
      rule: lessThan(0.5),
      expected: { full: 'supported' },
      evidence: 'fig-shares',
      format: 'fixed3',
    },
    {
      id: 'faster-steps',
      text: 'ReLU makes training steps more than 10 % faster than GELU does.',
      prediction: {
        value: predictedStep(timings, 'gelu', narrow, batchSize),
        source: 'both activations alone, times their elements',
      },
      measurement: { ...inRounds(stepAgainstRelu('gelu', narrow)), unit: 'times ReLU’s' },
      rule: onlyIf(`the layers are narrow: at width ${narrow}, and not at ${wide}`, greaterThan(1.1), {
        without: inRounds(stepAgainstRelu('gelu', wide)),
      }),
      expected: { full: 'only-if' },
      evidence: 'fig-steps',
      format: 'fixed2',
    },
    {
      id: 'maxout-is-expensive',
      text: 'Maxout is computationally expensive: with two pieces a training step takes more than 1.3 times as long as with ReLU.',
      prediction: {
        value: workOf(middle, batchSize, 2).multiplyAdds / workOf(middle, batchSize).multiplyAdds,
        source: 'the multiply-adds of the matrix products',
      },
      measurement: { ...inRounds(stepAgainstRelu('maxout', middle)), unit: 'times ReLU’s' },
      rule: greaterThan(1.3),
      expected: { full: 'supported' },
      evidence: 'fig-steps',
      format: 'fixed2',
    },
  ];
}

/** A step with an activation as a multiple of one with ReLU, if it differs by what the two take alone. */
export function predictedStep(timings: readonly Row[], activation: string, width: number, batchSize: number): number {
  const difference = paired(
    ofActivations(timings, activation, width, batchSize),
    ofActivations(timings, 'relu', width, batchSize),
    (own, relu) => own - relu,
  );
  const added = [...ratio(difference, ofStep(timings, 'relu', width)).values()];
  return added.length === 0 ? NaN : 1 + median(added);
}

/** The median over rounds. */
export function inRounds(values: ReadonlyMap<number, number>): Measurement {
  return { ...medianMeasurement(values), per: 'round' };
}
