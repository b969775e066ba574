import type { Arena } from '../src/arena.ts';
import type { Backend, KernelBuild, NativeBuild } from '../src/backend.ts';
import { availableBackends } from '../src/backends/available.ts';
import { createBackend } from '../src/backends/create.ts';
import { supportedBuilds } from '../src/backends/wasm/instantiate.ts';

/** What kernels are tested on: a build of the compiled ones, or plain JavaScript. */
export type TestedBackend = 'reference' | KernelBuild | NativeBuild;

/** The native kernels that this machine can run: none where they are not built (packages/native says so). */
const nativeBuildsHere: readonly NativeBuild[] = availableBackends()
  .filter(({ name, loads }) => name === 'native' && loads)
  .map(({ build }) => build as NativeBuild);

/** The compiled kernels that this machine can run. */
export const buildsHere: readonly (KernelBuild | NativeBuild)[] = [...supportedBuilds(), ...nativeBuildsHere];

export const backendsHere: readonly TestedBackend[] = ['reference', ...buildsHere];

export function createTested(arena: Arena, tested: TestedBackend): Backend {
  if (tested === 'reference') return createBackend(arena, tested);
  const isNative = tested === 'avx512' || tested === 'avx2' || tested === 'portable';
  return createBackend(arena, { name: isNative ? 'native' : 'wasm', build: tested });
}
