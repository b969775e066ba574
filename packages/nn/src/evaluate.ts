import { type Dataset, checkDataset } from '@relu-lab/core';
import { BatchFeed } from './batch-feed.ts';
import { checkNetwork } from './checks.ts';
import { type Loss, checkFit } from './losses/loss.ts';
import type { Network } from './network.ts';

/** How a network does on a data set, in evaluation mode. */
export interface Evaluation {
  /** Mean loss over all rows, without penalty. */
  readonly loss: number;
  /** Share of rows whose largest output is their class; null when the targets are values. */
  readonly accuracy: number | null;
}

/**
 * Loss and accuracy of a network on a data set, in evaluation mode.
 *
 * @throws ShapeError, DataError, ParameterError when data, network and loss do not fit.
 */
export function evaluate(network: Network, data: Dataset, loss: Loss): Evaluation {
  checkNetwork(network);
  checkDataset(data);
  checkFit(network, data, loss);
  return evaluateChecked(network, data, loss);
}

/** {@link evaluate} for data that was checked before. */
export function evaluateChecked(network: Network, data: Dataset, loss: Loss): Evaluation {
  const batch = network.batchRows(data.rows);
  const feed = new BatchFeed(network, loss, batch);
  try {
    let total = 0;
    let right: number | null = null;
    for (let start = 0; start < data.rows; start += batch) {
      const rows = Math.min(batch, data.rows - start);
      feed.load(data, start, rows);
      network.run(rows);
      total += feed.measure(rows) * rows;
      const correct = feed.correct(rows);
      if (correct !== null) right = (right ?? 0) + correct;
    }
    return { loss: total / data.rows, accuracy: right === null ? null : right / data.rows };
  } finally {
    feed.release();
  }
}
