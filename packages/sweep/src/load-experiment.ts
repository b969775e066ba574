import { type Jiti, createJiti } from 'jiti';
import { ExperimentError } from './errors.ts';
import type { Experiment, ExperimentReference } from './experiment.ts';

const loaded = new Map<string, Promise<Record<string, unknown>>>();
let jiti: Jiti | undefined;

/**
 * Loads the function that a reference names. A module is loaded once a thread.
 *
 * @throws ExperimentError when the module cannot be loaded, or does not export such a function.
 */
export async function loadExperiment(reference: ExperimentReference): Promise<Experiment<unknown>> {
  const { module, export: name } = reference;
  let pending = loaded.get(module);
  if (pending === undefined) {
    pending = importModule(module);
    loaded.set(module, pending);
  }
  const exports = await pending.catch((cause: unknown) => {
    throw new ExperimentError(`Cannot load the experiment module ${module}: ${String(cause)}`, { cause });
  });
  const run = exports[name];
  if (typeof run !== 'function') {
    const functions = Object.keys(exports).filter((key) => typeof exports[key] === 'function');
    throw new ExperimentError(
      `${module} exports no function '${name}'; it exports ${functions.length > 0 ? functions.join(', ') : 'no function at all'}`,
    );
  }
  return run as Experiment<unknown>;
}

/**
 * TypeScript goes through jiti, everything else through `import()`. Packages that a TypeScript file imports are loaded
 * natively by jiti, so they are the very instances that JavaScript gets.
 */
function importModule(url: string): Promise<Record<string, unknown>> {
  const isTypeScript = /\.[cm]?tsx?$/.test(new URL(url).pathname);
  // Where this very file is TypeScript, the host reads it without help.
  if (!isTypeScript || import.meta.url.endsWith('.ts')) return import(/* @vite-ignore */ url);
  jiti ??= createJiti(import.meta.url);
  return jiti.import(url);
}
