import type { Network } from './network.ts';

/** Where the first value that is not finite was found. */
export interface Divergence {
  /** Steps done, the failing one included. */
  readonly step: number;
  /** Name of the layer. */
  readonly layer: string;
  /** `output` in the forward pass, `gradient` in the backward pass, or `parameter` after the update. */
  readonly quantity: 'output' | 'gradient' | 'parameter';
}

/** The first layer, in the order of the forward pass, whose output is not finite. */
export function divergentOutput(network: Network): string | null {
  for (const { name } of network.layers) if (!network.output(name).every(Number.isFinite)) return name;
  return null;
}

/** The first layer, in the order of the backward pass, whose gradients are not finite. */
export function divergentGradient(network: Network): string | null {
  for (const { name, parameters } of [...network.layers].reverse()) {
    if (!network.gradient(name).every(Number.isFinite)) return name;
    if (parameters.some((parameter) => !network.parameterGradient(parameter.name).every(Number.isFinite))) return name;
  }
  return null;
}

/** The first layer whose parameters are not finite. */
export function divergentParameter(network: Network): string | null {
  const { arena, parameters } = network;
  return (
    parameters.find(({ offset, length }) => !arena.values.subarray(offset, offset + length).every(Number.isFinite))
      ?.layer ?? null
  );
}
