import { type ElementwiseActivation, random, reluWith, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, cosine, crossEntropy, evaluate, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

export interface KinkCondition {
  readonly hidden: readonly number[];
  readonly trainingDigits: number;
  readonly testDigits: number;
  readonly epochs: number;
}

let digits: ReturnType<typeof loadMnist> | undefined;

/**
 * Trains the same network on digits twice: with the derivative 0 at 0, and with 1. One row a choice, of kind `kink`, with
 * the test accuracy and the share of pre-activations that are exactly 0 on the test digits, before and after training.
 */
export async function trainWithEither(
  { hidden, trainingDigits, testDigits, epochs }: KinkCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  digits ??= loadMnist();
  const all = await digits;
  const data = takeRows(all.train, trainingDigits);
  const test = takeRows(all.test, testDigits);
  const networkSeed = random(seed)
    .stream('network')
    .integer(2 ** 31);
  const rows: Row[] = [];
  for (const subgradient of [0, 1]) {
    const activation: ElementwiseActivation = reluWith({ subgradient });
    const network = mlp({ inputs: data.features, hidden, outputs: 10, activation, seed: networkSeed });
    const zerosAtStart = exactZeros(network, test.inputs);
    const run = await train(network, {
      data,
      loss: crossEntropy(),
      optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
      schedule: cosine(),
      epochs,
      seed,
      signal,
      onProgress: ({ step, steps }) => onProgress((subgradient + step / steps) / 2),
    });
    signal.throwIfAborted();
    const completed = run.status === 'completed';
    rows.push({
      kind: 'kink',
      seed,
      subgradient,
      status: run.status,
      accuracy: completed ? evaluate(network, test, crossEntropy()).accuracy : null,
      zerosAtStart,
      zerosAtEnd: completed ? exactZeros(network, test.inputs) : null,
    });
  }
  return rows;
}

function exactZeros(network: Network, inputs: Float32Array): number {
  network.forward(inputs);
  let zeros = 0;
  let all = 0;
  for (const { name, role } of network.layers) {
    if (role !== 'activation') continue;
    const z = network.preActivation(name);
    for (const value of z) zeros += Number(value === 0);
    all += z.length;
  }
  return zeros / all;
}
