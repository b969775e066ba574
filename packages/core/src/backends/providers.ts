import type { BackendName } from '../backend.ts';
import { loadNative } from './load-native.ts';
import type { BackendProvider } from './provider.ts';
import { referenceProvider } from './reference.ts';
import { wasmProvider } from './wasm.ts';

/** The names of all backends there are, slowest first. */
export const backendNames: readonly BackendName[] = ['reference', 'wasm', 'native'];

const providers = new Map<BackendName, BackendProvider>([
  ['reference', referenceProvider],
  ['wasm', wasmProvider],
]);

/** Why `native` did not load: asked for once. */
let nativeFailure: Error | undefined;

/**
 * Makes `provider` the one for its name, in this process and before the first backend of that name is created. Needed
 * only where `@relu-lab/native` is not found by its name: in a bundle.
 */
export function registerBackend(provider: BackendProvider): void {
  providers.set(provider.name, provider);
}

/**
 * What makes the backends of that name.
 *
 * @throws Error with the reason where they do not load.
 */
export function providerOf(name: BackendName): BackendProvider {
  let provider = providers.get(name);
  if (provider !== undefined) return provider;
  if (nativeFailure !== undefined) throw nativeFailure;
  try {
    provider = loadNative();
  } catch (error) {
    nativeFailure = error as Error;
    throw error;
  }
  providers.set(name, provider);
  return provider;
}
