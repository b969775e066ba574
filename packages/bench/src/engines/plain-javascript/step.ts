import type { PreparedWork } from '../../engine.ts';
import { labels, layerWeights, learningRate, uniform } from '../../inputs.ts';
import { networkWidths } from '../../work.ts';

/** A step of gradient descent in loops. */
export function plainStep(text: string, rows: number): PreparedWork {
  const widths = networkWidths(text);
  const batch = uniform(1, rows * widths[0]);
  const targets = labels(rows, widths[widths.length - 1]);
  const layers = widths.slice(1).map((units, i) => ({
    inputs: widths[i],
    units,
    weights: layerWeights(i, widths[i], units),
    biases: new Float32Array(units),
    weightGradients: new Float32Array(units * widths[i]),
    biasGradients: new Float32Array(units),
    outputs: new Float32Array(rows * units),
    outputGradients: new Float32Array(rows * units),
  }));
  const last = layers[layers.length - 1];
  const inputs = new Float32Array(batch.length);
  let loss = NaN;
  return {
    run() {
      inputs.set(batch);
      for (const [i, layer] of layers.entries()) {
        forward(i === 0 ? inputs : layers[i - 1].outputs, layer, rows, layer !== last);
      }
      loss = softmaxCrossEntropy(last.outputs, targets, last.outputGradients, rows, last.units);
      for (let i = layers.length - 1; i >= 0; i--) {
        backward(
          i === 0 ? inputs : layers[i - 1].outputs,
          layers[i],
          rows,
          i === 0 ? null : layers[i - 1].outputGradients,
        );
      }
      for (const { weights, biases, weightGradients, biasGradients } of layers) {
        descend(weights, weightGradients, learningRate);
        descend(biases, biasGradients, learningRate);
      }
    },
    result: () => [loss],
  };
}

interface PlainLayer {
  readonly inputs: number;
  readonly units: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly weightGradients: Float32Array;
  readonly biasGradients: Float32Array;
  readonly outputs: Float32Array;
  readonly outputGradients: Float32Array;
}

/** outputs = a Wᵀ + b, and where `rectified` the ReLU of that. */
function forward(a: Float32Array, layer: PlainLayer, rows: number, rectified: boolean): void {
  const { inputs, units, weights, biases, outputs } = layer;
  for (let r = 0; r < rows; r++) {
    for (let u = 0; u < units; u++) {
      let z = biases[u];
      for (let i = 0; i < inputs; i++) z += a[r * inputs + i] * weights[u * inputs + i];
      outputs[r * units + u] = rectified && z <= 0 ? 0 : z;
    }
  }
}

/** Gradients of weights and biases, and of `a` before its ReLU where there is one. */
function backward(a: Float32Array, layer: PlainLayer, rows: number, inputGradients: Float32Array | null): void {
  const { inputs, units, weights, weightGradients, biasGradients, outputGradients } = layer;
  weightGradients.fill(0);
  biasGradients.fill(0);
  inputGradients?.fill(0);
  for (let r = 0; r < rows; r++) {
    for (let u = 0; u < units; u++) {
      const dz = outputGradients[r * units + u];
      biasGradients[u] += dz;
      for (let i = 0; i < inputs; i++) weightGradients[u * inputs + i] += dz * a[r * inputs + i];
      if (!inputGradients) continue;
      for (let i = 0; i < inputs; i++) inputGradients[r * inputs + i] += dz * weights[u * inputs + i];
    }
  }
  if (!inputGradients) return;
  for (let i = 0; i < inputGradients.length; i++) if (a[i] <= 0) inputGradients[i] = 0;
}

function softmaxCrossEntropy(
  logits: Float32Array,
  labels: ArrayLike<number>,
  gradients: Float32Array,
  rows: number,
  classes: number,
): number {
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    const row = r * classes;
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[row + c]);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[row + c] - largest);
    for (let c = 0; c < classes; c++) {
      const target = c === labels[r] ? 1 : 0;
      gradients[row + c] = (Math.exp(logits[row + c] - largest) / sum - target) / rows;
    }
    loss += Math.log(sum) + largest - logits[row + labels[r]];
  }
  return loss / rows;
}

function descend(parameters: Float32Array, gradients: Float32Array, rate: number): void {
  for (let i = 0; i < parameters.length; i++) parameters[i] -= rate * gradients[i];
}
