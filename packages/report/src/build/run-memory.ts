import { createHash } from 'node:crypto';
import type { EndedSweep } from './study-sweep.ts';

/** What a study computed: what `run` returned, and the rows of its sweeps. */
export interface Computed {
  readonly result: unknown;
  readonly sweeps: readonly EndedSweep[];
}

/** Keeps what a study computed last, for builds of this process that would compute the same. */
export interface RunMemory {
  /** What is kept, if it was computed by the same code under the same conditions; else what `compute` gives, which is then kept. */
  recall(conditions: unknown, compute: () => Promise<Computed>): Promise<Computed>;
}

/**
 * A memory that holds one result. Claims, figures and tables see the same object again: they must not change it.
 *
 * @param codeHash - gives a hash of the study's code as it is now, such as `codeHash(file)` of `@relu-lab/sweep`.
 */
export function runMemory(codeHash: () => string): RunMemory {
  let kept: { readonly key: string; readonly computed: Computed } | undefined;
  return {
    async recall(conditions, compute) {
      const key = createHash('sha256')
        .update(JSON.stringify([codeHash(), conditions]))
        .digest('hex');
      if (kept?.key !== key) kept = { key, computed: await compute() };
      return kept.computed;
    },
  };
}
