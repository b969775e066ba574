import { type ActivationName, activation, random } from '@relu-lab/core';
import { crossEntropy, mlp, sgd, train } from '@relu-lab/nn';

export interface StepTimingOptions {
  /** Names in the catalogue, maxout among them. */
  readonly activations: readonly ActivationName[];
  readonly hidden: readonly number[];
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** Training steps of each activation in a round. */
  readonly steps: number;
  /** Default 784, as MNIST. */
  readonly inputs?: number;
  /** Default 10. */
  readonly outputs?: number;
  /** Default 64. */
  readonly batchSize?: number;
  /** Seed of the samples and of the networks; default 0. Times do not depend on it. */
  readonly seed?: number;
  /** Stops between two runs, by throwing the signal's reason. */
  readonly signal?: { throwIfAborted(): void };
  /** How far it is, from 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** The median time of a training step with an activation, in one round. */
export interface StepTiming {
  readonly activation: ActivationName;
  /** From 1 on. */
  readonly round: number;
  readonly secondsPerStep: number;
}

/**
 * Times training steps (SGD with momentum) of networks that differ in their activation only, in one thread, on normal samples: round by round,
 * every activation in turn, so that what the machine does meanwhile meets them all. A job of its own, for nothing else to run beside it.
 *
 * @throws what `mlp` and `train` throw for options that make no network or no run.
 */
export async function timeSteps(options: StepTimingOptions): Promise<readonly StepTiming[]> {
  const { activations, hidden, rounds, steps, inputs = 784, outputs = 10, batchSize = 64, seed = 0 } = options;
  const data = madeUpDigits(batchSize * steps, inputs, outputs, seed);
  const networks = activations.map((name) => ({
    name,
    network: mlp({ inputs, hidden, outputs, activation: activation(name), seed }),
  }));
  const timings: StepTiming[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const { name, network } of networks) {
      options.signal?.throwIfAborted();
      const optimizer = sgd({ learningRate: 1e-3, momentum: 0.9 });
      const run = await train(network, { data, loss: crossEntropy(), optimizer, epochs: 1, batchSize, seed: round });
      // The first round warms up.
      if (round > 0) timings.push({ activation: name, round, secondsPerStep: run.timing.secondsPerStep });
    }
    options.onProgress?.((round + 1) / (rounds + 1));
  }
  return timings;
}

function madeUpDigits(rows: number, features: number, classes: number, seed: number) {
  const stream = random(seed).stream('made-up digits');
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(classes));
  return { name: 'made-up digits', rows, features, classes, inputs, targets };
}
