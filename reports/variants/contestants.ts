import { type Activation, type ActivationName, activation } from '@relu-lab/core';
import { type Network, mlp } from '@relu-lab/nn';

/** A variant of ReLU as it enters a comparison: plain data, for a worker to make an activation from. */
export interface Contestant {
  readonly name: string;
  readonly activation: ActivationName;
  /** Slope below 0, where it is not the activation's own default. */
  readonly alpha?: number;
  /** Hidden layers are as wide as they may be without more parameters than ReLU's, not as wide as ReLU's. */
  readonly equalParameters?: boolean;
}

/** What everything else is compared with. */
export const reference: Contestant = { name: 'relu', activation: 'relu' };

/** The variants of the card, each as it is usually taken; maxout of two pieces, at equal width and at equal parameters. */
export const variants: readonly Contestant[] = [
  { name: 'leaky-relu', activation: 'leaky-relu', alpha: 0.01 },
  { name: 'prelu', activation: 'prelu' },
  { name: 'elu', activation: 'elu' },
  { name: 'selu', activation: 'selu' },
  { name: 'maxout', activation: 'maxout' },
  { name: 'maxout, equal parameters', activation: 'maxout', equalParameters: true },
];

/** Leaky ReLU with the slope that PReLU starts from: what PReLU would be if it did not learn. */
export const fixedSlope: Contestant = { name: 'leaky-relu, α = 0.25', activation: 'leaky-relu', alpha: 0.25 };

/** Inputs, widths and outputs of a network. */
export interface Shape {
  readonly inputs: number;
  readonly hiddenLayers: number;
  /** Units of each of ReLU's hidden layers. */
  readonly width: number;
  readonly outputs: number;
}

/** The activation that a contestant enters with. */
export function activationOf({ activation: name, alpha }: Contestant): Activation {
  return activation(name, alpha === undefined ? {} : { alpha });
}

/** A contestant's network, from the initialisation that its activation is made for. */
export function networkOf(contestant: Contestant, shape: Shape, seed: number): Network {
  const width = contestant.equalParameters ? widthOfEqualParameters(shape) : shape.width;
  return mlp({
    inputs: shape.inputs,
    hidden: Array.from({ length: shape.hiddenLayers }, () => width),
    outputs: shape.outputs,
    activation: activationOf(contestant),
    seed,
  });
}

/** The greatest width at which a maxout network of two pieces has no more parameters than a ReLU network of this shape. */
export function widthOfEqualParameters(shape: Shape): number {
  const allowed = parametersOf(shape, 1);
  let width = shape.width;
  while (width > 1 && parametersOf({ ...shape, width }, 2) > allowed) width--;
  return width;
}

/** Weights and biases of a network whose units take the largest of so many pieces. */
export function parametersOf({ inputs, hiddenLayers, width, outputs }: Shape, pieces: number): number {
  const first = pieces * width * (inputs + 1);
  const others = (hiddenLayers - 1) * pieces * width * (width + 1);
  return first + others + outputs * (width + 1);
}

/** Multiplications that one sample takes on its way forward: the weights, each once. */
export function multiplicationsOf(network: Network): number {
  return network.parameters
    .filter(({ name }) => name.endsWith('.weight'))
    .reduce((sum, { name }) => sum + network.parameterValues(name).length, 0);
}
