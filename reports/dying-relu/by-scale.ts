import { deadUnits } from '@relu-lab/analysis';
import { initializer, random, relu, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

export interface ScaleCondition {
  /** σ_w² of the normal weights; 2 is He's. */
  readonly weightVariance: number;
  readonly hidden: readonly number[];
  /** Training digits, on which units are watched too. */
  readonly digits: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

let mnist: ReturnType<typeof loadMnist> | undefined;

/**
 * Trains one ReLU network from weights of a given scale, and counts the units that were dead on all digits before, and those that died: one row of
 * kind `scale`. What is counted at the end is null where the run diverged. The weights of one seed are the same at every scale, up to it.
 */
export async function countDeaths(
  condition: ScaleCondition,
  seed: number,
  context?: ExperimentContext,
): Promise<readonly Row[]> {
  mnist ??= loadMnist();
  const { weightVariance, hidden, digits, epochs, batchSize, learningRate } = condition;
  const data = takeRows((await mnist).train, digits);
  const network = mlp({
    inputs: data.features,
    hidden,
    outputs: 10,
    activation: relu,
    weights: initializer('lecun-normal', { gain: Math.sqrt(weightVariance) }),
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const initial = network.snapshot();
  const before = deadUnits(network, data).layers;
  const run = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: sgd({ learningRate }),
    epochs,
    batchSize,
    seed,
    ...(context && { signal: context.signal }),
  });
  context?.signal.throwIfAborted();
  const after = run.status === 'diverged' ? null : deadUnits(network, data, { initial }).layers;
  const units = hidden.reduce((sum, width) => sum + width, 0);
  return [
    {
      kind: 'scale',
      weightVariance,
      learningRate,
      seed,
      status: run.status,
      deadStart: before.reduce((sum, { dead }) => sum + dead.length, 0) / units,
      died: after && after.reduce((sum, { fates }) => sum + (fates?.died.length ?? 0), 0) / units,
    },
  ];
}
