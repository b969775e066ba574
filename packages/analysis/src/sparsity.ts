import type { Dataset } from '@relu-lab/core';
import type { Network } from '@relu-lab/nn';
import { checkReadable, visitBatches } from './batches.ts';

/** Zeros in the output of one activation layer. */
export interface LayerSparsity {
  readonly name: string;
  readonly units: number;
  /** Share of elements (samples × units) that are exactly 0. */
  readonly zeroFraction: number;
  /** For each unit, the share of samples on which it is exactly 0. */
  readonly unitZeroFractions: Float64Array;
  /** Spread of `unitZeroFractions`: deviation over units (dividing by their number), least and most. */
  readonly unitSpread: { readonly deviation: number; readonly minimum: number; readonly maximum: number };
}

/** Sparsity of every activation layer over a data set. */
export interface Sparsity {
  readonly kind: 'sparsity';
  readonly samples: number;
  /** In the order of the forward pass; the logits are no activation layer. */
  readonly layers: readonly LayerSparsity[];
}

/**
 * Share of exact zeros in each activation layer's output over a data set, in evaluation mode. A property of samples and
 * units together; it does not tell dead units ({@link deadUnits} does).
 *
 * @throws ShapeError when `data.features` is not `network.inputs`; DataError for unsound data, and naming the layer when an
 * output is not finite.
 */
export function sparsity(network: Network, data: Dataset): Sparsity {
  checkReadable(network, data);
  const layers = network.layers
    .filter(({ role }) => role === 'activation')
    .map(({ name, outputs }) => ({ name, zeros: new Float64Array(outputs) }));
  visitBatches(network, data, () => {
    for (const { name, zeros } of layers) {
      const outputs = network.output(name);
      for (let i = 0; i < outputs.length; i++) if (outputs[i] === 0) zeros[i % zeros.length]++;
    }
  });
  return {
    kind: 'sparsity',
    samples: data.rows,
    layers: layers.map(({ name, zeros }) => layerSparsity(name, zeros, data.rows)),
  };
}

function layerSparsity(name: string, zeros: Float64Array, samples: number): LayerSparsity {
  const units = zeros.length;
  const zeroFraction = zeros.reduce((sum, count) => sum + count, 0) / (units * samples);
  const unitZeroFractions = zeros.map((count) => count / samples);
  const squares = unitZeroFractions.reduce((sum, share) => sum + (share - zeroFraction) ** 2, 0);
  return {
    name,
    units,
    zeroFraction,
    unitZeroFractions,
    unitSpread: {
      deviation: Math.sqrt(squares / units),
      minimum: unitZeroFractions.reduce((a, b) => Math.min(a, b), Infinity),
      maximum: unitZeroFractions.reduce((a, b) => Math.max(a, b), -Infinity),
    },
  };
}
