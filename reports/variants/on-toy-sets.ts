import { type Dataset, random } from '@relu-lab/core';
import { checkerboard, circles, spirals, twoMoons } from '@relu-lab/datasets';
import { adam, cosine, crossEntropy, evaluate, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';
import { type Contestant, networkOf } from './contestants.ts';

/** Sets of two classes in the plane, with noise. */
export const toySets = {
  moons: (samples: number, seed: number): Dataset => twoMoons({ samples, seed, noise: 0.2 }),
  circles: (samples: number, seed: number): Dataset => circles({ samples, seed }),
  spirals: (samples: number, seed: number): Dataset => spirals({ samples, seed, turns: 1 }),
  checkerboard: (samples: number, seed: number): Dataset => checkerboard({ samples, seed, cells: 3 }),
} as const;

export type ToySet = keyof typeof toySets;

export interface ToyCondition {
  readonly set: ToySet;
  readonly contestant: Contestant;
  readonly hiddenLayers: number;
  /** Units of each of ReLU's hidden layers. */
  readonly width: number;
  /** Points to learn from. */
  readonly samples: number;
  /** Other points to be tested on. */
  readonly testSamples: number;
  readonly epochs: number;
}

/** Trains one contestant on a set in the plane: one row of kind `toy` with its accuracy on points that it has not seen. */
export async function trainOnToySet(
  condition: ToyCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  const { set, contestant, hiddenLayers, width, samples, testSamples, epochs } = condition;
  const draw = random(seed).stream(set);
  const [trainingSeed, testSeed, networkSeed] = Array.from({ length: 3 }, () => draw.integer(2 ** 31));
  const network = networkOf(contestant, { inputs: 2, hiddenLayers, width, outputs: 2 }, networkSeed);
  const run = await train(network, {
    data: toySets[set](samples, trainingSeed),
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
  const end = run.status === 'diverged' ? null : evaluate(network, toySets[set](testSamples, testSeed), crossEntropy());
  return [
    {
      kind: 'toy',
      set,
      contestant: contestant.name,
      seed,
      status: run.status,
      accuracy: end?.accuracy ?? null,
      parameters: network.parameterCount,
    },
  ];
}
