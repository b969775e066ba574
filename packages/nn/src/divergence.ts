import type { Network } from './network.ts';

/** Where the first value that is not finite was found. */
export interface Divergence {
  /** Steps begun, the failing one included. */
  readonly step: number;
  /** Name of the layer. */
  readonly layer: string;
  /**
   * `output` in the forward pass, `statistic` (a running mean or variance) after it, `gradient` in the backward pass, or
   * `parameter` after the update.
   */
  readonly quantity: 'output' | 'statistic' | 'gradient' | 'parameter';
}

/** The first layer, in the order of the forward pass, whose output over `rows` rows is not finite; null for none. */
export function divergentOutput(network: Network, rows: number): string | null {
  const { backend, layers } = network;
  const found = layers.find(({ name, outputs }) => !backend.allFinite(network.outputOffsetOf(name), rows * outputs));
  return found?.name ?? null;
}

/** The first layer whose running statistics are not finite; null for none. */
export function divergentStatistic({ backend, layers }: Network): string | null {
  const found = layers.find(({ statistics }) =>
    statistics.some(({ offset, length }) => !backend.allFinite(offset, length)),
  );
  return found?.name ?? null;
}

/** The first layer, in the order of the backward pass, whose gradients are not finite; null for none. */
export function divergentGradient(network: Network): string | null {
  const found = [...network.layers].reverse().find(({ name, parameters }) => {
    const gradients = parameters.map((parameter) => network.parameterGradient(parameter.name));
    return [network.gradient(name), ...gradients].some((values) => !values.every(isFinite));
  });
  return found?.name ?? null;
}

/** The first layer whose parameters are not finite; null for none. */
export function divergentParameter({ backend, block, parameters }: Network): string | null {
  // All at once first: they lie in one block, and in nearly every step all are finite.
  if (backend.allFinite(block.parameters, block.length)) return null;
  const found = parameters.find(({ offset, length }) => !backend.allFinite(offset, length));
  return found?.layer ?? null;
}
