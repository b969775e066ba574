import { type Initializer, random } from '@relu-lab/core';

/** A ReLU network without biases that is only drawn, not built. */
export interface DrawnMlp {
  /** Inputs, and units of each hidden layer. */
  readonly widths: readonly number[];
  /** Rule for the weights. */
  readonly weights: Initializer;
  /** Seed of the network. */
  readonly seed: number;
}

/**
 * The last hidden layer's activations, for each input, of the network that `mlp({ inputs, hidden, activation: relu, weights, seed, … })` makes,
 * biases 0: the same weights from the same streams, the sums in float64. All zeros as soon as one layer is silent.
 */
export function lastHiddenActivations(
  { widths, weights, seed }: DrawnMlp,
  inputs: readonly Float64Array[],
): readonly Float64Array[] {
  const parameters = random(seed).stream('parameters');
  let signals = inputs;
  for (let layer = 1; layer < widths.length; layer++) {
    const [fanIn, units] = [widths[layer - 1], widths[layer]];
    if (signals.every(isSilent)) return inputs.map(() => new Float64Array(widths[widths.length - 1]));
    const drawn = new Float32Array(units * fanIn);
    weights.weights(drawn, fanIn, units, parameters.stream(`dense${layer}`).stream('weight'));
    signals = signals.map((signal) => reluLayer(drawn, signal, units));
  }
  return signals;
}

/** Whether every unit is at 0. */
export function isSilent(signal: Float64Array): boolean {
  return signal.every((value) => value === 0);
}

function reluLayer(weights: Float32Array, signal: Float64Array, units: number): Float64Array {
  const fanIn = signal.length;
  const out = new Float64Array(units);
  for (let unit = 0, offset = 0; unit < units; unit++, offset += fanIn) {
    let sum = 0;
    for (let i = 0; i < fanIn; i++) sum += weights[offset + i] * signal[i];
    out[unit] = sum > 0 ? sum : 0;
  }
  return out;
}
