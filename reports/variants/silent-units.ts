import { type Dataset, leakyRelu, random, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, type Probe, type StepView, crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

export interface SilentUnitsCondition {
  /** Slope below 0; 0 is ReLU. */
  readonly alpha: number;
  /** Units of each of the two hidden layers; every second one of the first is silenced. */
  readonly width: number;
  /** Training digits, on all of which units are watched. */
  readonly digits: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** How far below 0 the largest pre-activation of a silenced unit lies, of all digits; pre-activations have a size of about 1.4. */
  readonly depth: number;
}

let mnist: ReturnType<typeof loadMnist> | undefined;

/**
 * Silences every second unit of the first layer, by a bias with which its pre-activation is below 0 on every training digit, trains by SGD
 * without momentum, and counts how many of them are silent still.
 *
 * Rows: one of kind `silent` an epoch (0 is the start) with the share of the silenced units that are below 0 on every digit; and one of kind
 * `passed` with the share of the gradient that such a unit passes in the first step: the size of ∂ℓ/∂z over that of ∂ℓ/∂a.
 */
export async function watchSilentUnits(
  condition: SilentUnitsCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  mnist ??= loadMnist();
  const { alpha, width, epochs, batchSize, learningRate, depth } = condition;
  const data = takeRows((await mnist).train, condition.digits);
  const network = mlp({
    inputs: data.features,
    hidden: [width, width],
    outputs: 10,
    activation: leakyRelu({ alpha }),
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const silenced = silenceEverySecond(network, data, depth);
  const rows: Row[] = [{ kind: 'silent', epoch: 0, silent: shareBelow(network, data, silenced) }];
  const eachEpoch: Probe = {
    name: 'silent units',
    every: Math.ceil(data.rows / batchSize),
    step: ({ epoch }) => {
      rows.push({ kind: 'silent', epoch, silent: shareBelow(network, data, silenced) });
    },
  };
  const firstStep: Probe = {
    name: 'gradient of silent units',
    step: (view) => {
      if (view.step === 1) rows.push({ kind: 'passed', passed: passedGradient(view, width, silenced) });
    },
  };
  const { status } = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: sgd({ learningRate }),
    epochs,
    batchSize,
    seed,
    signal,
    probes: [firstStep, eachEpoch],
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  return rows.map((row) => ({ ...row, alpha, depth, seed, status }));
}

/** The units that were silenced: 0, 2, 4, … of the first layer. */
function silenceEverySecond(network: Network, data: Dataset, depth: number): readonly number[] {
  const largest = largestPreActivations(network, data);
  const biases = largest.map((value, unit) => (unit % 2 === 0 ? -value - depth : 0));
  network.setParameter('dense1.bias', biases);
  return Array.from({ length: Math.ceil(largest.length / 2) }, (_, i) => 2 * i);
}

function shareBelow(network: Network, data: Dataset, units: readonly number[]): number {
  const largest = largestPreActivations(network, data);
  return units.filter((unit) => largest[unit] < 0).length / units.length;
}

/** Of each unit of the first layer, over all samples. */
function largestPreActivations(network: Network, data: Dataset): Float32Array {
  network.forward(data.inputs);
  const z = network.output('dense1');
  const largest = new Float32Array(network.layer('dense1').outputs).fill(-Infinity);
  for (let i = 0; i < z.length; i++) largest[i % largest.length] = Math.max(largest[i % largest.length], z[i]);
  return largest;
}

function passedGradient(view: StepView, width: number, units: readonly number[]): number {
  const size = (layer: string): number => {
    const gradient = view.gradient(layer);
    let squares = 0;
    for (let from = 0; from < gradient.length; from += width) {
      for (const unit of units) squares += gradient[from + unit] ** 2;
    }
    return Math.sqrt(squares);
  };
  return size('dense1') / size('leaky-relu1');
}
