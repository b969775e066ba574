import { random, tanh } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';
import { correlationMap, lengthMap } from '@relu-lab/theory';

export interface PhaseCondition {
  /** σ_w². */
  readonly weightVariance: number;
  /** σ_b². */
  readonly biasVariance: number;
  /** Units of each layer, and inputs. */
  readonly width: number;
  /** Weight layers. */
  readonly depth: number;
}

/** Of the two inputs: their mean square, and their correlation. */
const start = { q: 1, correlation: 0.5 } as const;

/**
 * Passes two inputs through a tanh network with biases, as Poole et al. do: one row of kind `phase` a layer, with the mean square q and the correlation
 * of the two inputs' pre-activations, and what the maps of mean field theory make of the same start.
 */
export function followTwoInputs(condition: PhaseCondition, seed: number): readonly Row[] {
  const { weightVariance, biasVariance, width, depth } = condition;
  const stream = random(seed).stream('two inputs');
  let signals = correlatedInputs(width, stream.stream('inputs'));
  let expected: { readonly q: number; readonly correlation: number } | null = null;
  return Array.from({ length: depth }, (_, i) => {
    const layer = stream.stream(`layer ${i + 1}`);
    const weights = new Float64Array(width * width);
    layer.stream('weights').fillNormal(weights, 0, Math.sqrt(weightVariance / width));
    const biases = new Float64Array(width);
    layer.stream('biases').fillNormal(biases, 0, Math.sqrt(biasVariance));
    const [first, second] = signals.map((signal) => affine(weights, biases, signal));
    expected = nextLayer(expected, condition);
    signals = [first.map(Math.tanh), second.map(Math.tanh)];
    const [own, other] = [mean(first, first), mean(second, second)];
    return {
      ...{ kind: 'phase', weightVariance, biasVariance, layer: i + 1, seed },
      ...{ q: (own + other) / 2, correlation: mean(first, second) / Math.sqrt(own * other) },
      ...{ expectedQ: expected.q, expectedCorrelation: expected.correlation },
    };
  });
}

/** What theory has of the next layer; the inputs of the first one pass no activation. */
function nextLayer(
  before: { readonly q: number; readonly correlation: number } | null,
  { weightVariance, biasVariance }: PhaseCondition,
): { readonly q: number; readonly correlation: number } {
  if (before === null) {
    const q = weightVariance * start.q + biasVariance;
    return { q, correlation: (weightVariance * start.q * start.correlation + biasVariance) / q };
  }
  const layer = { weightVariance, biasVariance, q: before.q };
  return { q: lengthMap(tanh, layer), correlation: correlationMap(tanh, layer, before.correlation) };
}

/** Two inputs of exactly that mean square and correlation. */
function correlatedInputs(width: number, stream: ReturnType<typeof random>): readonly Float64Array[] {
  const first = unitLength(stream.stream('first'), width);
  const drawn = unitLength(stream.stream('second'), width);
  const along = mean(first, drawn);
  const across = drawn.map((value, i) => value - along * first[i]);
  const size = Math.sqrt(mean(across, across));
  const { q, correlation: c } = start;
  return [
    first.map((value) => Math.sqrt(q) * value),
    first.map((value, i) => Math.sqrt(q) * (c * value + (Math.sqrt(1 - c * c) * across[i]) / size)),
  ];
}

/** Of mean square 1. */
function unitLength(stream: ReturnType<typeof random>, width: number): Float64Array {
  const values = new Float64Array(width);
  stream.fillNormal(values);
  const size = Math.sqrt(mean(values, values));
  return values.map((value) => value / size);
}

function affine(weights: Float64Array, biases: Float64Array, signal: Float64Array): Float64Array {
  return biases.map((bias, unit) => {
    let z = bias;
    for (let i = 0; i < signal.length; i++) z += weights[unit * signal.length + i] * signal[i];
    return z;
  });
}

/** Mean of the products. */
function mean(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, i) => sum + value * second[i], 0) / first.length;
}
