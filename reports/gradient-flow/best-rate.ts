import type { Row } from '@relu-lab/sweep';
import { type Selection, select } from '../measurements.ts';

/**
 * Of the runs that a selection means, for each seed and depth that with the learning rate whose loss on the training digits ended lowest: the test digits have
 * no part in the choice. A run that diverged is chosen only where all did.
 */
export function atBestRate(rows: readonly Row[], selection: Selection = {}): readonly Row[] {
  const best = new Map<string, Row>();
  for (const row of select(rows, { ...selection, kind: 'run' })) {
    const key = JSON.stringify([row.activation, row.initializer, row.depth, row.seed]);
    const held = best.get(key);
    if (!held || lossOf(row) < lossOf(held)) best.set(key, row);
  }
  return [...best.values()];
}

function lossOf({ trainingLoss }: Row): number {
  return trainingLoss === null ? Infinity : Number(trainingLoss);
}
