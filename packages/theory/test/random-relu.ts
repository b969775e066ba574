import type { RandomStream } from '@relu-lab/core';

/** A dense layer drawn at random: one row of weights and one bias a unit. */
export interface DrawnLayer {
  readonly weights: readonly Float64Array[];
  readonly biases: Float64Array;
}

/** `units` units with Gaussian weights of variance σ_w²/fanIn and Gaussian biases. */
export function drawLayer(
  stream: RandomStream,
  units: number,
  fanIn: number,
  weightVariance: number,
  biasDeviation = 0,
): DrawnLayer {
  const weights = Array.from({ length: units }, () => {
    const row = new Float64Array(fanIn);
    stream.fillNormal(row, 0, Math.sqrt(weightVariance / fanIn));
    return row;
  });
  const biases = new Float64Array(units);
  if (biasDeviation > 0) stream.fillNormal(biases, 0, biasDeviation);
  return { weights, biases };
}

/** The pre-activations of one sample. */
export function preActivations({ weights, biases }: DrawnLayer, a: Float64Array): Float64Array {
  return Float64Array.from(weights, (row, unit) => {
    let sum = biases[unit];
    for (let i = 0; i < row.length; i++) sum += row[i] * a[i];
    return sum;
  });
}

export function rectified(z: Float64Array): Float64Array {
  return z.map((value) => Math.max(0, value));
}
