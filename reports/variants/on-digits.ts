import { type Dataset, random, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, cosine, crossEntropy, evaluate, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';
import { type Contestant, multiplicationsOf, networkOf } from './contestants.ts';

export interface DigitsCondition {
  readonly contestant: Contestant;
  readonly hiddenLayers: number;
  /** Units of each of ReLU's hidden layers. */
  readonly width: number;
  /** Training digits: the first ones of the 60 000. */
  readonly trainingDigits: number;
  /** Test digits: the first ones of the 10 000. */
  readonly testDigits: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At the start; it falls to 0 by a half cosine. */
  readonly learningRate: number;
  readonly momentum: number;
}

let digits: ReturnType<typeof loadMnist> | undefined;

/**
 * Trains one contestant on digits. Rows: one of kind `run` with its accuracy and what it costs, and for each moment (`start`, `end`)
 * one of kind `layer` a hidden layer, with what its outputs are like on the test digits.
 *
 * A run that diverged has no accuracy, and no rows of the end.
 */
export async function trainOnDigits(
  condition: DigitsCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  digits ??= loadMnist();
  const all = await digits;
  const { contestant, hiddenLayers, width, learningRate, momentum, epochs, batchSize } = condition;
  const data = takeRows(all.train, condition.trainingDigits);
  const test = takeRows(all.test, condition.testDigits);
  const networkSeed = random(seed)
    .stream('network')
    .integer(2 ** 31);
  const shape = { inputs: data.features, hiddenLayers, width, outputs: 10 };
  const network = networkOf(contestant, shape, networkSeed);
  const start = layerRows(network, test, 'start');
  const run = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: sgd({ learningRate, momentum }),
    schedule: cosine(),
    epochs,
    batchSize,
    seed,
    signal,
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const diverged = run.status === 'diverged';
  const accuracy = diverged ? null : (evaluate(network, test, crossEntropy()).accuracy ?? null);
  const ofRun: Row = {
    kind: 'run',
    status: run.status,
    accuracy,
    parameters: network.parameterCount,
    multiplications: multiplicationsOf(network),
  };
  const rows = [ofRun, ...start, ...(diverged ? [] : layerRows(network, test, 'end'))];
  return rows.map((row) => ({ contestant: contestant.name, trainingDigits: condition.trainingDigits, seed, ...row }));
}

/** One row a hidden layer: mean and size of its outputs, the slopes that PReLU learns, and the pieces of maxout that never win. */
function layerRows(network: Network, test: Dataset, moment: 'start' | 'end'): readonly Row[] {
  network.forward(test.inputs);
  const hidden = network.layers.filter(({ role }) => role === 'activation');
  return hidden.map((layer, i) => ({
    kind: 'layer',
    moment,
    layer: i + 1,
    ...outputsOf(network.output(layer.name), layer.outputs),
    ...(layer.activation?.name === 'elu'
      ? flatnessOf(network.output(layer.name), layer.outputs)
      : { flat: null, flatUnits: null }),
    slope: layer.kind === 'prelu' ? meanOf(network.parameterValues(`${layer.name}.slope`)) : null,
    idlePieces:
      layer.kind === 'maxout'
        ? idleShare(network.preActivation(layer.name), layer.outputs, layer.inputs[0] / layer.outputs)
        : null,
  }));
}

/**
 * Mean and variance over units and samples; and the mean over units of how far a unit's own mean is from 0, as it is and in relation to the root
 * of the mean square.
 */
export function outputsOf(
  outputs: ArrayLike<number>,
  units: number,
): {
  readonly mean: number;
  readonly variance: number;
  readonly unitMean: number;
  readonly relativeMean: number;
} {
  const sums = new Float64Array(units);
  let squares = 0;
  for (let i = 0; i < outputs.length; i++) {
    sums[i % units] += outputs[i];
    squares += outputs[i] ** 2;
  }
  const samples = outputs.length / units;
  const mean = sums.reduce((sum, value) => sum + value, 0) / outputs.length;
  const unitMean = sums.reduce((sum, value) => sum + Math.abs(value), 0) / outputs.length;
  const secondMoment = squares / (samples * units);
  return { mean, variance: secondMoment - mean ** 2, unitMean, relativeMean: unitMean / Math.sqrt(secondMoment) };
}

/**
 * Outputs of ELU that float32 has rounded to −1, and that have no gradient therefore: their share of those below 0, and the share of units that
 * are so on every sample.
 */
export function flatnessOf(
  outputs: ArrayLike<number>,
  units: number,
): { readonly flat: number; readonly flatUnits: number } {
  const moved = new Uint8Array(units);
  let [below, flat] = [0, 0];
  for (let i = 0; i < outputs.length; i++) {
    if (outputs[i] < 0) below++;
    if (outputs[i] === -1) flat++;
    else moved[i % units] = 1;
  }
  return { flat: flat / below, flatUnits: 1 - meanOf(moved) };
}

/** Of all pieces of a maxout layer, the share that is the largest of its unit on no sample. */
export function idleShare(preActivations: ArrayLike<number>, units: number, pieces: number): number {
  const won = new Uint8Array(units * pieces);
  const samples = preActivations.length / won.length;
  for (let sample = 0; sample < samples; sample++) {
    for (let unit = 0; unit < units; unit++) {
      const from = sample * won.length + unit * pieces;
      let winner = 0;
      for (let piece = 1; piece < pieces; piece++) {
        if (preActivations[from + piece] > preActivations[from + winner]) winner = piece;
      }
      won[unit * pieces + winner] = 1;
    }
  }
  return 1 - meanOf(won);
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
