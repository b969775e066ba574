import { DataError, type Dataset, ShapeError, checkDataset } from '@relu-lab/core';
import { type Network, checkNetwork } from '@relu-lab/nn';

/**
 * Refuses data that a network cannot read.
 *
 * @throws ShapeError naming both shapes; ShapeError, DataError for data that is not sound in itself.
 */
export function checkReadable(network: Network, data: Dataset): void {
  checkNetwork(network);
  checkDataset(data);
  if (data.features !== network.inputs) {
    throw new ShapeError(
      `'${data.name}' has ${data.features} features a row; the network takes ${network.inputs} inputs`,
    );
  }
}

/**
 * Passes a whole data set forward in batches, in evaluation mode, and calls `visit` after each, while its values stand in the
 * network.
 *
 * @throws DataError naming the first layer whose output is not finite.
 */
export function visitBatches(network: Network, data: Dataset, visit: (rows: number) => void): void {
  const broken = visitFiniteBatches(network, data, visit);
  if (broken === null) return;
  throw new DataError(
    `The output of '${broken}' on '${data.name}' is not finite everywhere; look at a network before it diverges`,
  );
}

/** As {@link visitBatches}; stops at the first batch with an output that is not finite, and returns the layer's name: null for none. */
export function visitFiniteBatches(network: Network, data: Dataset, visit: (rows: number) => void): string | null {
  const batch = network.batchRows(data.rows);
  for (let start = 0; start < data.rows; start += batch) {
    const end = Math.min(start + batch, data.rows);
    network.forward(data.inputs.subarray(start * data.features, end * data.features));
    const broken = layerNotFinite(network, end - start);
    if (broken !== null) return broken;
    visit(end - start);
  }
  return null;
}

/** Nothing can be said of the zeros of a network that has diverged: NaN is no value, and −∞ looks like silence behind a ReLU. */
function layerNotFinite(network: Network, rows: number): string | null {
  const broken = network.layers.find(({ name, outputs }) => {
    const squares = network.backend.sumOfSquares(network.outputOffsetOf(name), rows * outputs);
    return !Number.isFinite(squares);
  });
  return broken?.name ?? null;
}
