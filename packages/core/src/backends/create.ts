import type { Arena } from '../arena.ts';
import type { Backend, BackendName } from '../backend.ts';
import { ParameterError } from '../errors.ts';
import { referenceBackend } from './reference.ts';

const backends: Readonly<Record<BackendName, (arena: Arena) => Backend>> = {
  reference: referenceBackend,
  wasm: referenceBackend,
};

/**
 * The operations of {@link Backend} on the numbers of `arena`.
 *
 * @param name - `wasm`, the default, or `reference`.
 * @throws ParameterError when there is no backend of that name.
 */
export function createBackend(arena: Arena, name: BackendName = 'wasm'): Backend {
  const create = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (create === undefined) {
    throw new ParameterError(`There is no backend '${String(name)}'; there are ${Object.keys(backends).join(', ')}`);
  }
  return create(arena);
}
