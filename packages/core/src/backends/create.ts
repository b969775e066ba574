import type { Arena } from '../arena.ts';
import type { Backend, BackendName, BackendOptions } from '../backend.ts';
import { ParameterError } from '../errors.ts';
import { refuseUnknown } from '../options.ts';
import { referenceBackend } from './reference.ts';
import { wasmBackend } from './wasm.ts';

const names: readonly BackendName[] = ['reference', 'wasm'];

/** Names the default backend, in runtimes that have environment variables. */
const variable = 'RELU_LAB_BACKEND';

/**
 * The operations of {@link Backend} on the numbers of `arena`.
 *
 * `wasm`, the default, is for float32 arenas in a runtime with WebAssembly SIMD, takes some 320 KiB of the arena for its
 * own use, and allocates nothing afterwards. Its build is `simd` unless `build` says otherwise, also where a faster one
 * would run: one seed gives the same bytes everywhere.
 *
 * @param choice - a name, or {@link BackendOptions}. A name that is not given is that of the environment variable
 *   `RELU_LAB_BACKEND`, or else `wasm`.
 * @throws ParameterError when there is no backend or build of that name, when `reference` is asked for a build, or when
 *   `wasm` cannot work on this arena or in this runtime.
 */
export function createBackend(arena: Arena, choice: BackendName | BackendOptions = {}): Backend {
  const options: BackendOptions = typeof choice === 'string' ? { name: choice } : choice;
  refuseUnknown('createBackend', options, ['name', 'build']);
  const { name, build } = options;
  const wanted = name ?? defaultName();
  checkName(wanted, name === undefined ? ` as ${variable} says` : '');
  if (wanted === 'wasm') return wasmBackend(arena, build);
  if (build === undefined) return referenceBackend(arena);
  throw new ParameterError(`The backend 'reference' has no builds, so not '${build}'; those are of the backend 'wasm'`);
}

function defaultName(): string {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return process?.env?.[variable] || 'wasm';
}

function checkName(name: string, origin: string): asserts name is BackendName {
  if ((names as readonly string[]).includes(name)) return;
  throw new ParameterError(`There is no backend '${name}'${origin}; there are ${names.join(' and ')}`);
}
