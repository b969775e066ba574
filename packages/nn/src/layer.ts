import type { Activation, Arena, Backend, RandomStream } from '@relu-lab/core';

/** `training` draws noise and uses batch statistics; `evaluation` does neither. */
export type Mode = 'training' | 'evaluation';

/** What a layer is for: analyses ask for weight layers or activation layers, not for kinds. */
export type LayerRole = 'weights' | 'activation' | 'normalization' | 'regularization' | 'structure';

export type LayerKind =
  | 'dense'
  | 'activation'
  | 'prelu'
  | 'rrelu'
  | 'maxout'
  | 'batch-norm'
  | 'layer-norm'
  | 'dropout'
  | 'alpha-dropout'
  | 'add'
  | 'flatten';

/** What a parameter does in its layer. */
export type ParameterRole = 'weight' | 'bias' | 'slope' | 'scale' | 'shift';

/** Learned numbers of one layer, in the network's arena. */
export interface Parameter {
  /** `<layer>.<role>`, such as `dense1.weight`. */
  readonly name: string;
  readonly layer: string;
  readonly role: ParameterRole;
  /** Row-major; a dense weight is `units × inputs`. */
  readonly shape: readonly number[];
  readonly length: number;
  /** Where the values are, in floats. */
  readonly offset: number;
  /** Where the gradient of the last backward pass is, in floats. */
  readonly gradient: number;
  /** Whether weight decay applies: to all but learned slopes (He et al. 2015, section 2.1). */
  readonly decays: boolean;
}

/** Numbers that a layer keeps between passes without learning them by gradient: running means and variances. */
export interface Statistic {
  /** `<layer>.<role>`, such as `batch-norm1.mean`. */
  readonly name: string;
  readonly length: number;
  readonly offset: number;
}

/** One pass over a batch. */
export interface Pass {
  readonly rows: number;
  readonly mode: Mode;
  /** Whether running statistics move in this pass; only in training. */
  readonly updateStatistics: boolean;
}

/** Where a layer reads and writes: offsets into the arena, all of them `rows × features`, row-major. */
export interface Wires {
  readonly inputs: readonly number[];
  readonly output: number;
  /** Gradient of the loss with respect to the output. */
  readonly outputGradient: number;
  /** Where the gradient with respect to each input goes, overwriting; 0 where nobody needs it. */
  readonly inputGradients: readonly number[];
}

/** A layer in a network: the shapes, the parameters, and the two passes. */
export interface Layer {
  readonly name: string;
  readonly kind: LayerKind;
  readonly role: LayerRole;
  /** Names of the layers it reads; `input` is the network's input. */
  readonly from: readonly string[];
  /** Features of each input. */
  readonly inputs: readonly number[];
  /** Features of the output. */
  readonly outputs: number;
  readonly parameters: readonly Parameter[];
  readonly statistics: readonly Statistic[];
  /** The function of an activation layer. */
  readonly activation?: Activation;
  /** For batch and layer norm: ε, which is added to the variance. */
  readonly epsilon?: number;
  /**
   * For activation layers: slope of the output of `unit` as a function of its pre-activation `z`, as in evaluation.
   * For maxout, whose units always pass slope 1 to one piece, 1.
   */
  slopeAt?(z: number, unit: number): number;
  /** Draws the initial parameters from the layer's own stream. */
  initialize?(stream: RandomStream): void;
  /** Allocates what passes of up to `rows` rows need beyond the outputs. */
  reserve?(rows: number): void;
  /** `noise` is the layer's own stream, which training draws from. */
  forward(wires: Wires, pass: Pass, noise: RandomStream): void;
  /** Writes the gradients of inputs and parameters from `wires.outputGradient`, after a forward pass over the same rows. */
  backward(wires: Wires, pass: Pass): void;
}

/** What a definition finds when its network is built. */
export interface Site {
  readonly name: string;
  readonly from: readonly string[];
  /** Features of each layer in `from`. */
  readonly inputs: readonly number[];
  readonly arena: Arena;
  readonly backend: Backend;
  /** Registers a parameter of the layer; its memory is there before `initialize` is called. */
  parameter(role: ParameterRole, shape: readonly number[], options?: { readonly decays?: boolean }): Parameter;
  /** Registers numbers kept between passes, filled with `initial`. */
  statistic(role: string, length: number, initial: number): Statistic;
}

/** Where a layer stands in the graph, and how it is called. */
export interface Placement {
  /** Default: the kind (for activations the function's name) and a running number, such as `dense2` or `relu1`. */
  readonly name?: string;
  /** Name or names of the layers to read; default: the layer before, or `input` for the first. */
  readonly from?: string | readonly string[];
}

/** A layer before it has shapes: plain data, and how to create the layer at a site. It can be used in many networks. */
export interface LayerDefinition extends Placement {
  readonly kind: LayerKind;
  /** Stem of the default name. */
  readonly stem: string;
  /** How many inputs the layer takes: exactly one, or at least two. */
  readonly arity: 'one' | 'many';
  create(site: Site): Layer;
}
