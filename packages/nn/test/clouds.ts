import { type Dataset, random, relu } from '@relu-lab/core';
import { type Loss, type Network, type Optimizer, crossEntropy, mlp, sgd } from '../src/index.ts';

/** Two Gaussian clouds, class 0 around (−1, −1) and class 1 around (1, 1). */
export function clouds(rows: number): Dataset {
  const stream = random(3).stream('clouds');
  const targets = Int32Array.from({ length: rows }, (_, r) => r % 2);
  const inputs = Float32Array.from({ length: rows * 2 }, (_, i) => stream.normal(targets[i >> 1] ? 1 : -1, 0.5));
  return { name: 'clouds', rows, features: 2, classes: 2, inputs, targets };
}

/** A network that can tell them apart. */
export function small(seed = 1, hidden: readonly number[] = [8]): Network {
  return mlp({ inputs: 2, hidden, outputs: 2, activation: relu, seed });
}

/** How it is trained where a test does not say otherwise. */
export const common: {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly batchSize: number;
} = { loss: crossEntropy(), optimizer: sgd({ learningRate: 0.1 }), epochs: 3, batchSize: 16 };
