import { type ActivationName, type InitializerName, activation, initializer, random } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, mlp } from '@relu-lab/nn';

/** The three rules for weights that are compared, all normal, and what they are called. */
export const initializers = {
  'xavier-normal': 'Xavier',
  'he-normal': 'He',
  'lecun-normal': 'LeCun',
} as const satisfies Partial<Record<InitializerName, string>>;

/** A deep network for digits. */
export interface DeepNetwork {
  readonly activation: ActivationName;
  readonly initializer: InitializerName;
  /** Weight layers, with that of the ten logits. */
  readonly depth: number;
  /** Units of each hidden layer. */
  readonly width: number;
}

/** Draws it: the same weights up to their scale for every activation and rule of one seed. */
export function drawn({ activation: phi, initializer: rule, depth, width }: DeepNetwork, seed: number): Network {
  return mlp({
    inputs: 784,
    hidden: Array.from({ length: depth - 1 }, () => width),
    outputs: 10,
    activation: activation(phi),
    weights: initializer(rule),
    bias: 0,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
}

let digits: ReturnType<typeof loadMnist> | undefined;

/** All digits, read once. */
export function allDigits(): ReturnType<typeof loadMnist> {
  digits ??= loadMnist();
  return digits;
}
