import { type Dataset, ShapeError, checkDataset } from '@relu-lab/core';
import type { ForwardOptions, Network } from '@relu-lab/nn';

const rowsOfABatch = 256;

/**
 * Refuses data that a network cannot read.
 *
 * @throws ShapeError naming both shapes; ShapeError, DataError for data that is not sound in itself.
 */
export function checkReadable(network: Network, data: Dataset): void {
  checkDataset(data);
  if (data.features !== network.inputs) {
    throw new ShapeError(
      `'${data.name}' has ${data.features} features a row; the network takes ${network.inputs} inputs`,
    );
  }
}

/** Passes a whole data set forward in batches, and calls `visit` with the rows of each, while their values stand in the network. */
export function visitBatches(
  network: Network,
  data: Dataset,
  visit: (rows: number) => void,
  options?: ForwardOptions,
): void {
  const capacity = network.capacity > 0 ? network.capacity : Math.min(data.rows, rowsOfABatch);
  for (let start = 0; start < data.rows; start += capacity) {
    const end = Math.min(start + capacity, data.rows);
    network.forward(data.inputs.subarray(start * data.features, end * data.features), options);
    visit(end - start);
  }
}
