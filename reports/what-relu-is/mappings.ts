import { type ActivationName, type Dataset, activation, random } from '@relu-lab/core';
import { checkerboard, circles, spirals, twoMoons } from '@relu-lab/datasets';
import { type Network, adam, cosine, crossEntropy, evaluate, mlp, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

/** Sets of two classes in the plane that no straight line tells apart. */
export const mappings = {
  moons: (samples: number, seed: number): Dataset => twoMoons({ samples, seed }),
  circles: (samples: number, seed: number): Dataset => circles({ samples, seed }),
  spirals: (samples: number, seed: number): Dataset => spirals({ samples, seed, turns: 1 }),
  checkerboard: (samples: number, seed: number): Dataset => checkerboard({ samples, seed, cells: 3 }),
} as const;

export type Mapping = keyof typeof mappings;

export interface MappingCondition {
  readonly mapping: Mapping;
  readonly activation: ActivationName;
  readonly hidden: readonly number[];
  /** Points to learn from; as many others to be tested on. */
  readonly samples: number;
  readonly epochs: number;
  /** Points along a side of the grid on which the network is asked for its answer; 0 for no grid. */
  readonly grid: number;
}

/** Half the side of the square that the grid covers. */
export const reach = 1.5;

/**
 * Trains a network to tell two classes apart in the plane. Rows: one of kind `mapping` with the accuracy on points that it
 * has not seen, and one of kind `answer` for each point of the grid with the probability that it gives to class 1.
 */
export async function learnMapping(
  condition: MappingCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  const { mapping, hidden, samples, epochs, grid } = condition;
  const draw = random(seed).stream(mapping);
  const [trainingSeed, testSeed, networkSeed] = Array.from({ length: 3 }, () => draw.integer(2 ** 31));
  const network = mlp({
    inputs: 2,
    hidden,
    outputs: 2,
    activation: activation(condition.activation),
    seed: networkSeed,
  });
  const run = await train(network, {
    data: mappings[mapping](samples, trainingSeed),
    loss: crossEntropy(),
    optimizer: adam({ learningRate: 0.01 }),
    schedule: cosine(),
    epochs,
    batchSize: 50,
    seed,
    signal,
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const { accuracy } = evaluate(network, mappings[mapping](samples, testSeed), crossEntropy());
  const common = { mapping, activation: condition.activation, seed };
  return [
    { ...common, kind: 'mapping', status: run.status, accuracy: run.status === 'completed' ? accuracy : null },
    ...answers(network, grid).map((answer) => ({ ...common, kind: 'answer', ...answer })),
  ];
}

function answers(network: Network, side: number): Row[] {
  const at = (i: number): number => -reach + (2 * reach * i) / (side - 1);
  const points = Array.from({ length: side * side }, (_, i) => ({ x: at(i % side), y: at(Math.floor(i / side)) }));
  if (points.length === 0) return [];
  const logits = network.predict(Float32Array.from(points.flatMap(({ x, y }) => [x, y])));
  return points.map((point, i) => ({
    ...point,
    probability: 1 / (1 + Math.exp(logits[2 * i] - logits[2 * i + 1])),
  }));
}
