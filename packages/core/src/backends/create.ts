import type { Arena } from '../arena.ts';
import type { Backend, BackendName } from '../backend.ts';
import { ParameterError } from '../errors.ts';
import { referenceBackend } from './reference.ts';
import { wasmBackend } from './wasm.ts';

const backends: Readonly<Record<BackendName, (arena: Arena) => Backend>> = {
  reference: referenceBackend,
  wasm: wasmBackend,
};

/**
 * The operations of {@link Backend} on the numbers of `arena`.
 *
 * `wasm` takes some 320 KiB of the arena for its own use; nothing is allocated afterwards.
 *
 * @param name - `wasm`, the default, for float32 arenas in a runtime with WebAssembly SIMD; or `reference`.
 * @throws ParameterError when there is no backend of that name, or `wasm` cannot work on this arena or in this runtime.
 */
export function createBackend(arena: Arena, name: BackendName = 'wasm'): Backend {
  const create = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (create === undefined) {
    throw new ParameterError(`There is no backend '${String(name)}'; there are ${Object.keys(backends).join(' and ')}`);
  }
  return create(arena);
}
