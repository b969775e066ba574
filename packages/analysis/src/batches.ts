import { DataError, type Dataset, ShapeError, checkDataset } from '@relu-lab/core';
import type { Network } from '@relu-lab/nn';

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

/**
 * Passes a whole data set forward in batches, in evaluation mode, and calls `visit` after each, while its values stand in the
 * network.
 *
 * @throws DataError naming the first layer whose output is not finite.
 */
export function visitBatches(network: Network, data: Dataset, visit: () => void): void {
  const batch = network.batchRows(data.rows);
  for (let start = 0; start < data.rows; start += batch) {
    const end = Math.min(start + batch, data.rows);
    network.forward(data.inputs.subarray(start * data.features, end * data.features));
    checkFinite(network, data);
    visit();
  }
}

/** Nothing can be said of the zeros of a network that has diverged: NaN is no value, and −∞ looks like silence behind a ReLU. */
function checkFinite(network: Network, data: Dataset): void {
  const broken = network.layers.find(({ name }) => !allFinite(network.output(name)));
  if (!broken) return;
  throw new DataError(
    `The output of '${broken.name}' on '${data.name}' is not finite everywhere; look at a network before it diverges`,
  );
}

/** x × 0 is 0 for a finite x and NaN for any other: one sum tells them apart, at the speed of reading. */
function allFinite(values: Float32Array | Float64Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i] * 0;
  return zero === 0;
}
