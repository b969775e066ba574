import { type ActivationName, activation, random } from '@relu-lab/core';
import { crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, ExperimentResult, Row } from '@relu-lab/sweep';

export interface CostCondition {
  readonly activations: readonly ActivationName[];
  readonly hidden: readonly number[];
  readonly batchSize: number;
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** Training steps of each activation in a round. */
  readonly steps: number;
}

const digitFeatures = 784;
const digitClasses = 10;

/**
 * Times training steps of networks that differ in their activation only, in one thread: round by round, every activation in
 * turn, so that what the machine does meanwhile meets them all. A job of its own, for nothing else to run beside it.
 *
 * Timings: one row a round and activation with the median seconds of a step.
 */
export async function measureCost(
  { activations, hidden, batchSize, rounds, steps }: CostCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<ExperimentResult> {
  const rows = batchSize * steps;
  const stream = random(seed).stream('made-up digits');
  const inputs = new Float32Array(rows * digitFeatures);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(digitClasses));
  const data = { name: 'made-up digits', rows, features: digitFeatures, classes: digitClasses, inputs, targets };
  const networks = activations.map((name) => ({
    name,
    network: mlp({ inputs: digitFeatures, hidden, outputs: digitClasses, activation: activation(name), seed }),
  }));
  const timings: Row[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const { name, network } of networks) {
      signal.throwIfAborted();
      const optimizer = sgd({ learningRate: 1e-3, momentum: 0.9 });
      const run = await train(network, { data, loss: crossEntropy(), optimizer, epochs: 1, batchSize, seed: round });
      // The first round warms up.
      if (round > 0) timings.push({ activation: name, round, secondsPerStep: run.timing.secondsPerStep });
    }
    onProgress((round + 1) / (rounds + 1));
  }
  return { rows: [], timings };
}
