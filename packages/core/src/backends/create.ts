import type { Arena } from '../arena.ts';
import type { Backend, BackendBuild, BackendName, BackendOptions } from '../backend.ts';
import { ParameterError } from '../errors.ts';
import { refuseUnknown } from '../options.ts';
import { whatLoads, whatLoadsAndWhatNot } from './available.ts';
import type { BackendProvider, BuildStatus } from './provider.ts';
import { backendNames, providerOf } from './providers.ts';
import { warnOfRefusal } from './refusal.ts';
import { faultsOf } from './self-check.ts';
import { wasmBackend } from './wasm.ts';

/** Names the default backend, in runtimes that have environment variables. */
const variable = 'RELU_LAB_BACKEND';

/** A build that runs here. */
interface Candidate {
  readonly provider: BackendProvider;
  readonly build: BackendBuild;
}

/**
 * The operations of {@link Backend} on the numbers of `arena`.
 *
 * `wasm`, the default, is for float32 arenas in a runtime with WebAssembly SIMD, takes some 320 KiB of the arena for its
 * own use, and allocates nothing afterwards. Its build is `simd` unless `build` says otherwise, also where a faster one
 * would run: one seed gives the same bytes everywhere. `native` is as fast as the processor, where the package
 * `@relu-lab/native` is installed and built; it too is only for float32.
 *
 * The first time in a process that a build is used it is compared with the reference. One that computes wrong numbers is
 * refused, with a warning, and the next slower one is taken.
 *
 * @param choice - a name, or {@link BackendOptions}. A name that is not given is that of the environment variable
 *   `RELU_LAB_BACKEND`, or else `wasm`.
 * @throws ParameterError when there is no backend or build of that name, when it does not load here (with those that do,
 *   and why it does not), or when it cannot work on this arena.
 */
export function createBackend(arena: Arena, choice: BackendName | BackendOptions = {}): Backend {
  const options: BackendOptions = typeof choice === 'string' ? { name: choice } : choice;
  refuseUnknown('createBackend', options, ['name', 'build', 'onRefusal']);
  const { build, onRefusal = warnOfRefusal } = options;
  const name = checkedName(options.name);
  if (name !== 'reference' && arena.precision !== 'float32') {
    throw new ParameterError(
      `The backend '${name}' computes in float32, and this arena holds ${arena.precision}; use the backend 'reference' there`,
    );
  }
  let candidate = wanted(name, build);
  for (;;) {
    const { provider, build: found } = candidate;
    const faults = faultsOf(provider, found);
    if (faults.length === 0) return provider.create(arena, found, () => wasmBackend(arena, 'simd'));
    onRefusal({ name: provider.name, build: found, faults });
    candidate = next(candidate);
  }
}

function checkedName(given: string | undefined): BackendName {
  const name = given ?? defaultName();
  const found = backendNames.find((each) => each === name);
  if (found !== undefined) return found;
  const origin = given === undefined ? ` as ${variable} says` : '';
  throw new ParameterError(
    `There is no backend '${name}'${origin}; there are ${backendNames.join(', ')}: ${whatLoadsAndWhatNot()}`,
  );
}

function defaultName(): string {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return process?.env?.[variable] || 'wasm';
}

/** The build that was asked for. */
function wanted(name: BackendName, build: BackendOptions['build']): Candidate {
  if (name === 'reference' && build !== undefined) {
    throw new ParameterError(
      `The backend 'reference' has no builds, so not '${build}'; those are of the backends 'wasm' and 'native'`,
    );
  }
  const { provider, builds } = loaded(name);
  const usual = build ?? provider.usualBuild ?? 'fastest';
  const status = builds.find(
    usual === 'fastest' ? ({ reason }) => reason === null : ({ build: each }) => each === usual,
  );
  if (status?.reason === null) return { provider, build: status.build };
  if (status !== undefined) throw doesNotLoad(`build '${status.build}' of the backend '${name}'`, status.reason);
  if (usual === 'fastest') throw doesNotLoad(`backend '${name}'`, builds.map(({ reason }) => reason).join(', '));
  const names = builds.map(({ build: each }) => each);
  throw new ParameterError(
    `There is no build '${usual}' of the backend '${name}'; there are ${names.join(', ')} and fastest`,
  );
}

function loaded(name: BackendName): { readonly provider: BackendProvider; readonly builds: readonly BuildStatus[] } {
  try {
    const provider = providerOf(name);
    return { provider, builds: provider.builds() };
  } catch (error) {
    throw doesNotLoad(`backend '${name}'`, error instanceof Error ? error.message : String(error));
  }
}

function doesNotLoad(what: string, reason: string): ParameterError {
  return new ParameterError(`The ${what} does not load here: ${reason}; ${whatLoads()}`);
}

/** What is tried after a build that was refused: the slower builds of its backend, then the backends below. */
function next({ provider, build }: Candidate): Candidate {
  const builds = provider.builds();
  const slower = builds.slice(builds.findIndex((each) => each.build === build) + 1);
  const running = slower.find(({ reason }) => reason === null);
  if (running !== undefined) return { provider, build: running.build };
  const below = backendNames[backendNames.indexOf(provider.name) - 1];
  try {
    return wanted(below, undefined);
  } catch {
    return wanted('reference', undefined);
  }
}
