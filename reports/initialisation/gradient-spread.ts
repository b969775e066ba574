import { initializer, random } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';

export interface GradientSpreadCondition {
  /** Inputs, and units of each hidden layer. */
  readonly width: number;
  /** Weight layers; there is one hidden layer less. */
  readonly depth: number;
  /** Networks drawn. */
  readonly networks: number;
}

/**
 * Draws He-initialised ReLU networks without biases, and sends the gradient of a random sum of the last hidden activations back to the input: one row of kind
 * `gradient-spread` a network, with the square of what arrives over that of what was sent. Its mean over networks is 1. A network that is silent has 0.
 */
export function measureGradientSpread(condition: GradientSpreadCondition, seed: number): readonly Row[] {
  const { width, depth, networks } = condition;
  const he = initializer('he-normal');
  return Array.from({ length: networks }, (_, network) => {
    const stream = random(seed).stream(`network ${network}`);
    const layers = Array.from({ length: depth - 1 }, (__, layer) => {
      const weights = new Float32Array(width * width);
      he.weights(weights, width, width, stream.stream(`layer ${layer}`));
      return weights;
    });
    const input = new Float64Array(width);
    stream.stream('input').fillNormal(input);
    const activations = layers.reduce<readonly Float64Array[]>(
      (below, weights) => [...below, reluLayer(weights, below[below.length - 1])],
      [input],
    );
    const sent = new Float64Array(width);
    stream.stream('gradient').fillNormal(sent);
    const arrived = layers.reduceRight<Float64Array>(
      (above, weights, layer) => backward(weights, above, activations[layer + 1]),
      sent,
    );
    return { kind: 'gradient-spread', width, depth, seed, network, squaredGradient: square(arrived) / square(sent) };
  });
}

function reluLayer(weights: Float32Array, below: Float64Array): Float64Array {
  return below.map((_, unit) => {
    let z = 0;
    for (let i = 0; i < below.length; i++) z += weights[unit * below.length + i] * below[i];
    return Math.max(0, z);
  });
}

/** Through the units that are active, to their inputs. */
function backward(weights: Float32Array, above: Float64Array, activation: Float64Array): Float64Array {
  const below = new Float64Array(above.length);
  for (let unit = 0; unit < above.length; unit++) {
    if (activation[unit] === 0) continue;
    for (let i = 0; i < below.length; i++) below[i] += weights[unit * below.length + i] * above[unit];
  }
  return below;
}

function square(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
