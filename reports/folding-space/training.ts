import { regionCountsDuringTraining } from '@relu-lab/analysis';
import { type Dataset, random, relu, takeRows } from '@relu-lab/core';
import { loadMnist, spirals } from '@relu-lab/datasets';
import { adam, crossEntropy, evaluate, mlp, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

export interface TrainingCondition {
  readonly data: 'spirals' | 'digits';
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  /** Points or digits to learn from. */
  readonly samples: number;
  readonly epochs: number;
}

let digits: ReturnType<typeof loadMnist> | undefined;

/**
 * Trains a network and counts its linear regions on the way, in a window of a plane: the one in which the spirals lie, or the plane
 * through three digits of the set, a 0, a 1 and a 2. One row a count, of kind `training`.
 */
export async function countDuringTraining(
  { data: name, hidden, samples, epochs }: TrainingCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  const [networkSeed, dataSeed] = ['network', 'data'].map((stream) =>
    random(seed)
      .stream(stream)
      .integer(2 ** 31),
  );
  const data = await dataOf(name, samples, dataSeed);
  const network = mlp({
    inputs: data.features,
    hidden,
    outputs: data.classes ?? 2,
    activation: relu,
    seed: networkSeed,
  });
  const window =
    name === 'spirals' ? ({ uRange: [-1.2, 1.2], vRange: [-1.2, 1.2] } as const) : throughThreeDigits(data);
  const regions = regionCountsDuringTraining(network, window);
  const { status } = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: adam({ learningRate: name === 'spirals' ? 0.01 : 0.001 }),
    epochs,
    seed,
    signal,
    probes: [regions],
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const { accuracy } = evaluate(network, data, crossEntropy());
  const { steps, counts, predicted } = regions.result();
  return steps.map((step, i) => ({
    kind: 'training',
    data: name,
    seed,
    status,
    step,
    share: step / Math.max(1, steps[steps.length - 1]),
    isLast: i === steps.length - 1,
    count: counts[i],
    attainable: predicted.montufarLowerBound,
    neurons: hidden.reduce((sum, width) => sum + width, 0),
    trainingAccuracy: status === 'completed' ? accuracy : null,
  }));
}

async function dataOf(name: TrainingCondition['data'], samples: number, seed: number): Promise<Dataset> {
  if (name === 'spirals') return spirals({ samples, seed, turns: 1 });
  digits ??= loadMnist();
  return takeRows((await digits).train, samples);
}

/** The plane through the first 0, 1 and 2, and a quarter of the way beyond. */
function throughThreeDigits({ inputs, targets, features }: Dataset) {
  const [origin, first, second] = [0, 1, 2].map((digit) => {
    const row = targets.indexOf(digit);
    return Array.from(inputs.subarray(row * features, (row + 1) * features));
  });
  const from = (point: readonly number[]): readonly number[] => point.map((x, i) => x - origin[i]);
  return { origin, u: from(first), v: from(second), uRange: [-0.25, 1.25], vRange: [-0.25, 1.25] } as const;
}
