import type { Dataset } from '@relu-lab/core';

/** Some rows of a data set, for passes forward: it has no targets. */
export function someRows(data: Dataset, rows: readonly number[]): Dataset {
  const { name, features } = data;
  const inputs = new Float32Array(rows.length * features);
  rows.forEach((row, i) => inputs.set(data.inputs.subarray(row * features, (row + 1) * features), i * features));
  return { name, rows: rows.length, features, inputs, targets: new Float32Array(0) };
}
