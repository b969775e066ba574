/** Hidden layers of the networks whose steps are timed; inputs are as many as units in each. */
export const hiddenLayers = 3;

/** Classes that they tell apart. */
export const classes = 10;

/** Operations of one training step. */
export interface Work {
  /** Outputs of activations. */
  readonly elements: number;
  /** Multiplications, each with its addition, in the matrix products forward and backward. */
  readonly multiplyAdds: number;
}

/**
 * What a training step of a network has to do whose `width` inputs go through three hidden layers of `width` units to ten classes.
 *
 * Each layer has three products of the same size: its outputs, the gradient of its weights, and the gradient of its inputs, which the
 * first layer does not need. Of maxout's pieces each has its own columns in them.
 */
export function workOf(width: number, batchSize: number, pieces = 1): Work {
  const hidden = width * width * pieces;
  const last = width * classes;
  return {
    elements: batchSize * hiddenLayers * width,
    multiplyAdds: batchSize * (3 * (hiddenLayers * hidden + last) - hidden),
  };
}

/** The share of ReLU in the operations of a step: one max and one comparison an element. */
export function shareOfOperations(width: number, batchSize: number): number {
  const { elements, multiplyAdds } = workOf(width, batchSize);
  return (2 * elements) / (2 * elements + multiplyAdds);
}
