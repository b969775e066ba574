import { rmSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ExperimentReference, type SweepStore, openStore } from '@relu-lab/sweep';
import { codeFingerprint } from './code-fingerprint.ts';
import { usualKernels } from './provenance.ts';

/** The finished runs of a build, kept in its folder until the report is there. */
export interface RunStores {
  /** The store of an experiment; opened when it is first asked for. */
  storeOf(experiment: ExperimentReference): SweepStore;
  /** How many runs there are. */
  readonly size: number;
  /** The file of the first store. */
  readonly file: string;
  /** Removes the files. */
  remove(): void;
}

/**
 * Stores in `folder`: `runs.jsonl` for the first module that has experiments, `runs-2/runs.jsonl` for the next. Each goes
 * by the code of its module and the kernels, so that a change to figures or prose loses no run, and no run comes from
 * other kernels than the provenance says.
 *
 * @param onNotice - hears that finished runs are used again, or thrown away since the code or the kernels have changed.
 */
export function runStores(folder: string, onNotice: (notice: string) => void): RunStores {
  const stores = new Map<string, SweepStore>();
  const open = (module: string): SweepStore => {
    const own = stores.size === 0 ? folder : join(folder, `runs-${stores.size + 1}`);
    const store = openStore(own, {
      fingerprint: `${codeFingerprint(fileURLToPath(module))} on ${usualKernels()}`,
    });
    if (store.status === 'stale') {
      onNotice('Code or kernels have changed since the last build: its finished runs are run again.');
      store.discard();
    } else if (store.size > 0) {
      onNotice(`Continuing: ${store.size} finished ${store.size === 1 ? 'run is' : 'runs are'} there already.`);
    }
    stores.set(module, store);
    return store;
  };
  return {
    storeOf: ({ module }) => stores.get(module) ?? open(module),
    get size() {
      return [...stores.values()].reduce((sum, { size }) => sum + size, 0);
    },
    file: join(folder, 'runs.jsonl'),
    remove() {
      for (const [i, { file }] of [...stores.values()].entries()) {
        rmSync(file, { force: true });
        if (i > 0) rmdirSync(dirname(file)); // Its own folder, which is empty now.
      }
    },
  };
}
