import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { BackendOptions } from '@relu-lab/core';
import type { Engine } from '../engine.ts';
import * as inputs from '../inputs.ts';
import { networkWidths } from '../work.ts';
import { plainJavaScript } from './plain-javascript.ts';
import { reluLab } from './relu-lab.ts';

/** What a peer's module gets from here, so that it computes on the same numbers. */
export type PeerHelp = typeof inputs & { readonly networkWidths: typeof networkWidths };

/** Where the modules of other engines are, and what they import. */
export const peersFolder: string = join(import.meta.dirname, '..', '..', 'peers');

/**
 * An engine by name: `relu-lab` and `plain-javascript` are here, others are a module in `peers/` that exports
 * `createEngine(options, help)`.
 */
export async function loadEngine(name: string, options: unknown): Promise<Engine> {
  if (name === 'relu-lab') return reluLab(options as BackendOptions);
  if (name === 'plain-javascript') return plainJavaScript();
  const { createEngine } = (await import(pathToFileURL(join(peersFolder, `${name}.mjs`)).href)) as {
    createEngine(options: unknown, help: PeerHelp): Promise<Engine>;
  };
  return await createEngine(options, { ...inputs, networkWidths });
}
