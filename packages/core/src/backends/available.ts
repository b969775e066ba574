import type { BackendBuild, BackendName } from '../backend.ts';
import { backendNames, providerOf } from './providers.ts';
import { faultsOf } from './self-check.ts';

/** A build of a backend, and whether it can be used here. */
export interface AvailableBackend {
  readonly name: BackendName;
  /** `null` where the whole backend does not load. */
  readonly build: BackendBuild | null;
  readonly loads: boolean;
  /** Why it does not load, or what its self-check found; `null` when it loads. */
  readonly reason: string | null;
}

/** Every build of every backend, the reference first and then the fastest of each first; those that do not load with the reason. */
export function availableBackends(): readonly AvailableBackend[] {
  return backendNames.flatMap(buildsOf);
}

function buildsOf(name: BackendName): AvailableBackend[] {
  try {
    const provider = providerOf(name);
    return provider.builds().map(({ build, reason: missing }) => {
      const faults = missing === null ? faultsOf(provider, build) : [];
      const reason = faults.length > 0 ? `it computes wrong numbers: ${faults.join('; ')}` : missing;
      return { name, build, loads: reason === null, reason };
    });
  } catch (error) {
    return [{ name, build: null, loads: false, reason: error instanceof Error ? error.message : String(error) }];
  }
}

/** For errors: what loads here. */
export function whatLoads(): string {
  const loading = availableBackends().filter(({ loads }) => loads);
  return `those that load here are ${loading.map(label).join(', ')}`;
}

/** For errors: what loads here, and why the rest does not. */
export function whatLoadsAndWhatNot(): string {
  const others = availableBackends().filter(({ loads }) => !loads);
  return [whatLoads(), ...others.map((backend) => `${label(backend)} does not: ${backend.reason}`)].join('; ');
}

function label({ name, build }: AvailableBackend): string {
  return build === null ? name : `${name} (${build})`;
}
