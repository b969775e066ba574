import type { ExperimentContext, Row } from '@relu-lab/sweep';

/** How a grid is run in this thread. */
export interface GridRunOptions {
  /** Stops between two runs, and within those that look at it. */
  readonly signal?: AbortSignal;
  /** Share of the runs that are done, from 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Runs every cell with every seed, one after another: the rows that a sweep of the same experiment gives.
 *
 * @throws the reason of the signal when it aborts.
 */
export async function runGrid<Cell, Result extends Row>(
  cells: readonly Cell[],
  seeds: readonly number[],
  run: (cell: Cell, seed: number, context: ExperimentContext) => Promise<readonly Result[]>,
  { signal = new AbortController().signal, onProgress }: GridRunOptions,
): Promise<readonly Result[]> {
  const rows: Result[] = [];
  const total = cells.length * seeds.length;
  let done = 0;
  for (const cell of cells) {
    for (const seed of seeds) {
      signal.throwIfAborted();
      const part = (fraction: number): void => onProgress?.((done + fraction) / total);
      rows.push(...(await run(cell, seed, { signal, onProgress: part })));
      done++;
      onProgress?.(done / total);
    }
  }
  return rows;
}
