import type { Row } from '@relu-lab/sweep';
import { select } from '../measurements.ts';

/**
 * Of the runs of each network and seed that with the learning rate whose loss on the training digits ended lowest: the test digits have no part in the choice.
 * A run that diverged is chosen only where all did.
 */
export function atBestRate(rows: readonly Row[]): readonly Row[] {
  const best = new Map<string, Row>();
  for (const row of select(rows, { kind: 'run' })) {
    const key = [row.weightVariance, row.normalization, row.seed].join(' ');
    const held = best.get(key);
    if (!held || lossOf(row) < lossOf(held)) best.set(key, row);
  }
  return [...best.values()];
}

function lossOf({ trainingLoss }: Row): number {
  return trainingLoss === null ? Infinity : Number(trainingLoss);
}
