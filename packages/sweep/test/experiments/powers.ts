import type { ExperimentContext, ExperimentResult, Row } from '../../src/index.ts';

export interface PowersParameters {
  readonly base: number;
  readonly steps: number;
  /** How long to take, in milliseconds: jobs finish in another order than they start in. */
  readonly delay?: number;
}

/** The rows `base^step + seed`, and how long they took. */
export async function powers(
  { base, steps, delay = 0 }: PowersParameters,
  seed: number,
  { onProgress }: ExperimentContext,
): Promise<ExperimentResult> {
  const start = performance.now();
  const rows: Row[] = [];
  let value = 1;
  for (let step = 0; step < steps; step++) {
    rows.push({ base, seed, step, value: value + seed });
    value *= base;
    onProgress((step + 1) / steps);
    await new Promise((resolve) => setTimeout(resolve, delay / steps));
  }
  return { rows, timings: [{ milliseconds: performance.now() - start }] };
}
