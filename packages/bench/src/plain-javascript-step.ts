import type { StepTask, TrainingStep } from './training-step.ts';

/** What one writes without a library: typed arrays and loops whose innermost one walks over neighbours. */
export function plainJavaScriptStep({ batch, initial, learningRate }: StepTask): TrainingStep {
  const { rows } = batch;
  const layers = initial.map(({ weights, biases }) => {
    const units = biases.length;
    return {
      inputs: weights.length / units,
      units,
      weights: weights.slice(),
      biases: biases.slice(),
      weightGradients: new Float32Array(weights.length),
      biasGradients: new Float32Array(units),
      outputs: new Float32Array(rows * units),
      outputGradients: new Float32Array(rows * units),
    };
  });
  const last = layers[layers.length - 1];
  const inputs = new Float32Array(batch.inputs.length);
  let loss = NaN;
  return {
    name: 'plain JavaScript',
    run() {
      inputs.set(batch.inputs);
      for (const [i, layer] of layers.entries()) {
        forward(i === 0 ? inputs : layers[i - 1].outputs, layer, rows, layer !== last);
      }
      loss = softmaxCrossEntropy(last.outputs, batch.targets, last.outputGradients, rows, last.units);
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
    loss: () => loss,
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
