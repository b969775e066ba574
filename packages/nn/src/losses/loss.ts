import { type Backend, type Dataset, ParameterError, ShapeError } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkNotNegative } from '../checks.ts';

/** Where a loss reads and writes: offsets into the arena. */
export interface LossWires {
  /** rows × outputs. */
  readonly output: number;
  /** Class indices (integers, rows) or values (floats, rows × outputs). */
  readonly targets: number;
  /** Receives the gradient with respect to the outputs. */
  readonly gradient: number;
  readonly rows: number;
  readonly outputs: number;
}

export interface LossOptions {
  /**
   * λ of an L1 penalty on activations: adds λ Σ |a| over the outputs of all activation layers, averaged over rows
   * (Glorot, Bordes & Bengio 2011 use it for sparsity). Default 0.
   */
  readonly activationPenalty?: number;
}

/** What a network is trained to make small: a mean over rows, and its gradient with respect to the outputs. */
export interface Loss {
  readonly name: string;
  readonly targets: 'classes' | 'values';
  /** λ of the L1 penalty on activations; 0 for none. */
  readonly activationPenalty: number;
  /** Writes the gradient and returns the mean loss (without the penalty). */
  measure(backend: Backend, wires: LossWires): number;
}

/**
 * Softmax cross-entropy over class indices: the mean over rows of −log softmax(output)[label].
 *
 * @throws ParameterError when `activationPenalty` is negative or not finite.
 */
export function crossEntropy(options: LossOptions = {}): Loss {
  const activationPenalty = readPenalty('crossEntropy', options);
  return {
    name: 'cross-entropy',
    targets: 'classes',
    activationPenalty,
    measure: (backend, { output, targets, gradient, rows, outputs }) =>
      backend.softmaxCrossEntropy(output, targets, gradient, rows, outputs),
  };
}

/**
 * Mean squared error: the mean over all rows and outputs of (output − target)².
 *
 * @throws ParameterError when `activationPenalty` is negative or not finite.
 */
export function meanSquaredError(options: LossOptions = {}): Loss {
  const activationPenalty = readPenalty('meanSquaredError', options);
  return {
    name: 'mean-squared-error',
    targets: 'values',
    activationPenalty,
    measure: (backend, { output, targets, gradient, rows, outputs }) =>
      backend.meanSquaredError(output, targets, gradient, rows * outputs),
  };
}

function readPenalty(owner: string, options: LossOptions): number {
  refuseUnknown(owner, options, ['activationPenalty']);
  const { activationPenalty = 0 } = options;
  checkNotNegative('activationPenalty', activationPenalty);
  return activationPenalty;
}

/**
 * Refuses data whose shapes do not fit a network and its loss.
 *
 * @throws ShapeError naming both shapes; ParameterError when loss and targets are of different kinds.
 */
export function checkFit(
  network: { readonly inputs: number; readonly outputs: number },
  data: Dataset,
  loss: Loss,
): void {
  if (data.features !== network.inputs) {
    throw new ShapeError(
      `'${data.name}' has ${data.features} features a row; the network takes ${network.inputs} inputs`,
    );
  }
  const classes = data.targets instanceof Int32Array;
  if (classes !== (loss.targets === 'classes')) {
    const [has, right] = classes ? ['class indices', 'crossEntropy()'] : ['values', 'meanSquaredError()'];
    throw new ParameterError(`The targets of '${data.name}' are ${has}, which ${loss.name} cannot read; use ${right}`);
  }
  if (classes && (data.classes ?? 0) > network.outputs) {
    throw new ShapeError(`'${data.name}' has ${data.classes} classes; the network has ${network.outputs} outputs`);
  }
  if (!classes && data.targets.length !== data.rows * network.outputs) {
    throw new ShapeError(
      `'${data.name}' has ${data.targets.length / data.rows} target values a row; the network has ${network.outputs} outputs`,
    );
  }
}
