import type { Arena } from '../src/arena.ts';
import type { Backend, KernelBuild } from '../src/backend.ts';
import { createBackend } from '../src/backends/create.ts';
import { supportedBuilds } from '../src/backends/wasm/instantiate.ts';

/** What kernels are tested on: a build of the compiled ones, or plain JavaScript. */
export type TestedBackend = 'reference' | KernelBuild;

/** The compiled kernels that this runtime can run. */
export const buildsHere: readonly KernelBuild[] = supportedBuilds();

export const backendsHere: readonly TestedBackend[] = ['reference', ...buildsHere];

export function createTested(arena: Arena, tested: TestedBackend): Backend {
  return createBackend(arena, tested === 'reference' ? tested : { name: 'wasm', build: tested });
}
